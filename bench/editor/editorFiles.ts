/** A workspace with long files: the sample's sentences again and again, none of them twice the same. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchCorpus } from '../corpora';

export interface EditorFiles {
  readonly folder: string;
  /** Paths within the folder: corpus files of 100,000 lines, and plain texts of 2 MB. */
  readonly rows: readonly string[];
  readonly texts: readonly string[];
}

const lines = 100_000;
const textBytes = 2_000_000;

/** @param copies how many of each kind: one that was labelled before is known. */
export function writeEditorFiles(folder: string, { train, dev }: BenchCorpus, copies: number): EditorFiles {
  mkdirSync(path.join(folder, 'corpus'));
  for (const file of [train, dev]) copyFileSync(file, path.join(folder, 'corpus', path.basename(file)));
  const sentences = readFileSync(train, 'utf8').trim().split(/\n\n/);
  const names = (name: (copy: number) => string): string[] =>
    Array.from({ length: copies }, (_, copy) => name(copy + 1));
  // What is for testing is read, and not trained on.
  const rows = names((copy) => `corpus/long-${copy}-test.conllu`);
  rows.forEach((file, copy) => writeFileSync(path.join(folder, file), longRows(sentences, copy)));
  const texts = names((copy) => `long-${copy}.txt`);
  texts.forEach((file, copy) => writeFileSync(path.join(folder, file), longText(sentences, copy)));
  return { folder, rows, texts };
}

/** Exactly so many lines; each sentence has a number of its own. */
function longRows(sentences: readonly string[], copy: number): string {
  const written: string[] = [];
  for (let i = 0; written.length < lines; i++) {
    const rows = sentences[i % sentences.length].split('\n').filter((row) => !row.startsWith('# sent_id'));
    written.push(`# sent_id = ${copy}-${i}`, ...rows, '');
  }
  return `${written.slice(0, lines - 1).join('\n')}\n`;
}

/** A sentence a line. */
function longText(sentences: readonly string[], copy: number): string {
  const written: string[] = [];
  for (let i = 0, length = 0; length < textBytes; i++) {
    const text = /^# text = (.*)$/m.exec(sentences[i % sentences.length])?.[1] ?? '';
    written.push(`${text} (${copy}-${i})`);
    length += (written.at(-1)?.length ?? 0) + 1;
  }
  return `${written.join('\n')}\n`;
}
