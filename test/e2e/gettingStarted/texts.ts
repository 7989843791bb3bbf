import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Documents of the sample, by the names of the texts that they become. */
const documents = {
  'al-qaeda.txt': 'weblog-juancole.com_juancole_20030911085700_ENG_20030911_085700',
  'anthrax.txt': 'weblog-blogspot.com_dakbangla_20050311135387_ENG_20050311_135387',
  'chernobyl.txt': 'weblog-typepad.com_ripples_20040407125600_ENG_20040407_125600',
  'iraq.txt': 'weblog-juancole.com_juancole_20040604210986_ENG_20040604_210986',
};

/** Real texts with no label, in a folder: paragraphs of short lines. */
export function writeTexts(folder: string): void {
  const corpus = readFileSync('sample/UD_English-EWT/en_ewt-excerpt-train.conllu', 'utf8');
  const wholes = corpus.split(/^# newdoc id = /m);
  for (const [name, id] of Object.entries(documents)) {
    const document = wholes.find((whole) => whole.startsWith(`${id}\n`)) ?? '';
    const paragraphs = document
      .split(/^# newpar id = /m)
      .map((paragraph) => [...paragraph.matchAll(/^# text = (.*)$/gm)].map(([, text]) => text).join(' '))
      .filter((text) => text !== '');
    writeFileSync(path.join(folder, name), `${paragraphs.map(inShortLines).join('\n\n')}\n`);
  }
}

const inShortLines = (paragraph: string): string => paragraph.replace(/(.{1,90})(\s|$)/g, '$1\n').trimEnd();
