import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { decodeUtf8 } from '../../../src/corpus/decode';
import { isCorpusFileName } from '../../../src/corpus/formats';

/** A sound file of a format, which is damaged then. */
export interface Seed {
  readonly file: string;
  readonly text: string;
  /** The annotations beside it, as brat has them. */
  readonly annotations?: string;
}

/** Ways to part and to repeat: a tool's own file has enough rows to be told by them. */
const sentences = [
  'Rita B-PER lives O in O Oslo B-LOC . O',
  '👩‍👧 O 𝒜nna B-PER met O Tom B-PER Smith I-PER . O',
  'Die O # O Straße O 猫 O \u200b O _ O endet O . O',
].map((sentence) => {
  const cells = sentence.split(' ');
  return Array.from({ length: cells.length / 2 }, (_, i) => [cells[2 * i], cells[2 * i + 1]] as const);
});

type Row = (word: string, label: string, number: number, sentence: number) => string;

function rows(row: Row, between = '\n', end = '\n'): string {
  return [...sentences, ...sentences]
    .map((tokens, s) => tokens.map(([word, label], t) => row(word, label, t + 1, s + 1) + end).join(''))
    .join(between);
}

const conllu: Row = (word, label, n) =>
  `${n === 1 ? '# sent_id = s\n1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n' : ''}${n}\t${word}\tl\tNOUN\tNN\t_\t${n - 1}\tdep\t_\tNER=${label}${n === 2 ? '\n2.1\te\te\tVERB\t_\t_\t_\t_\t_\t_' : ''}`;

const brackets = (label: string): string => (label === 'O' ? '*' : `(${label.slice(2)})`);

/** Texts with spans, counted in code points: emoji and letters outside of the first plane stand before them. */
const texts = [
  {
    text: '😀 Rita lives in Oslo.',
    spans: [
      [2, 6, 'PER'],
      [16, 20, 'LOC'],
    ],
  },
  {
    text: 'Tom met 𝒜nna 👩‍👧. She\u00a0laughed.\nOslo',
    spans: [
      [8, 12, 'PER'],
      [31, 35, 'LOC'],
    ],
  },
  { text: 'Nobody is here. "Not \\ even" Ann-Marie.', spans: [[29, 32, 'PER']] },
] as const;

const json = (pattern: (text: string, spans: (typeof texts)[number]['spans']) => unknown): unknown[] =>
  texts.map(({ text, spans }) => pattern(text, spans));
const lines = (records: readonly unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

function prodigy(text: string, spans: (typeof texts)[number]['spans']): unknown {
  const points = Array.from(text);
  const tokens = [];
  for (let at = 0; at < points.length; at++) {
    let end = at;
    while (
      end < points.length &&
      /\S/.test(points[end]) &&
      !spans.some((span) => span[1] === end && end > at)
    )
      end++;
    if (end > at) tokens.push({ text: points.slice(at, end).join(''), start: at, end, id: tokens.length });
    at = spans.some((span) => span[1] === end) && points[end] !== ' ' ? end - 1 : end;
  }
  return {
    text,
    tokens,
    spans: spans.map(([start, end, label]) => ({ start, end, label })),
    answer: 'accept',
  };
}

const made: Readonly<Record<string, Seed>> = {
  columns: { file: 'f.conll', text: rows((word, label) => `${word} NN ${label}`) },
  'two columns, label first': {
    file: 'f.iob2',
    text: rows((word, label) => `${label}\t${word}`, '\t\n', '\r\n'),
  },
  'columns with a header': {
    file: 'f.tsv',
    text: `token\tpos\tner\n${rows((word, label) => `${word}\tNN\t${label}`)}`,
  },
  'Universal NER': { file: 'f.iob2', text: rows((word, label, n) => `${n}\t${word}\t${label}\t-\t-`) },
  'CoNLL-2003': {
    file: 'f.conll',
    text: `-DOCSTART- -X- O O\n\n${rows((word, label) => `${word} NN B-NP ${label}`)}`,
  },
  'CoNLL-U': { file: 'f.conllu', text: rows(conllu) },
  'CoNLL-U Plus': {
    file: 'f.conllup',
    text: `# global.columns = FORM LEMMA CONLL:NER\n${rows((word, label) => `${word}\tl\t${label}`)}`,
  },
  'CoNLL-2012': {
    file: 'f.gold_conll',
    text: `#begin document (a); part 000\n${rows(
      (word, label, n) => `a 0 ${n - 1} ${word} NN (S*) - - - - ${brackets(label)} -`,
    )}\n#end document\n`,
  },
  CSV: {
    file: 'f.csv',
    text: `sentence,word,tag\n${rows((word, label, n, s) => `${n === 1 ? s : ''},"${word}",${label}`, '')}`,
  },
  'CSV with semicolons': { file: 'f.csv', text: rows((word, label) => `${word};"x "" ;y";${label}`) },
  'words with tags': {
    file: 'f.txt',
    text: rows((word, label) => `${word}/${label === 'O' ? 'NN' : 'NNP'}`, '\n', ' '),
  },
  'words with two tags': { file: 'f.txt', text: rows((word, label) => `${word}|NN|${label}`, '\n', ' ') },
  'words of a script without spaces': {
    file: 'f.txt',
    text: '我 在 北京 大学 学习 。\r\n他 说 ： “ 你 好 ” 。\r\n𠮷野家 的 牛肉 饭 很 好吃 ， 我 喜欢 😀 。\r\n\r\n今天\u3000天气\u3000很\u3000好 ！ iPhone 15 Pro\r\n',
  },
  doccano: { file: 'f.jsonl', text: lines(json((text, label) => ({ id: 1, text, label }))) },
  'doccano with objects': {
    file: 'f.jsonl',
    text: lines(
      json((text, spans) => ({
        text,
        entities: spans.map(([start, end, label], id) => ({
          id,
          label,
          start_offset: start,
          end_offset: end,
        })),
      })),
    ),
  },
  spaCy: {
    file: 'f.json',
    text: JSON.stringify(
      json((text, entities) => [text, { entities }]),
      undefined,
      1,
    ),
  },
  Prodigy: { file: 'f.jsonl', text: lines(json(prodigy)) },
  'Label Studio': {
    file: 'f.json',
    text: JSON.stringify(
      json((text, spans) => ({
        data: { text },
        annotations: [
          {
            result: spans.map(([start, end, label]) => ({
              value: { start, end, text: Array.from(text).slice(start, end).join(''), labels: [label] },
              from_name: 'label',
              to_name: 'text',
              type: 'labels',
            })),
          },
        ],
      })),
    ),
  },
  'JSON with lists': {
    file: 'f.jsonl',
    text: lines(
      [...sentences, ...sentences].map((tokens) => ({
        tokens: tokens.map(([word]) => word),
        ner_tags: tokens.map(([, label]) => label),
        ids: tokens.map(([, label]) => label.length),
      })),
    ),
  },
  brat: {
    file: 'f.txt',
    text: texts.map(({ text }) => `${text}\n`).join(''),
    annotations:
      'T1\tPER 2 6\tRita\nT2\tLOC 16 20\tOslo\n#1\tAnnotatorNotes T1\tnote\nR1\tIn Arg1:T1 Arg2:T2\nT3\tPER 30 34\t𝒜nna\nT4\tODD 0 1;7 12\t😀 lives\nA1\tOld T3\n',
  },
  'WebAnno TSV 3': {
    file: 'f.tsv',
    text: `#FORMAT=WebAnno TSV 3.2\n#T_SP=a.NamedEntity|identifier|value\n#T_SP=a.POS|PosValue\n\n\n${rows(
      (word, label, n, s) =>
        `${n === 1 ? '#Text=x\n' : ''}${s}-${n}\t0-${word.length}\t${word}\t${label === 'O' ? '_\t_' : `*[1]\t${label.slice(2)}[1]`}\tNN\t`,
    )}`,
  },
};

/** Texts of at most this many characters are damaged: the beginning of a file is like the rest. */
const longest = 3000;

/** A folder of real files, which are damaged too: `RNN_TAGGER_FUZZ_FOLDER`. */
function realSeeds(): Record<string, Seed> {
  const folder = process.env.RNN_TAGGER_FUZZ_FOLDER;
  if (folder === undefined) return {};
  const seeds: Record<string, Seed> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile() || !(isCorpusFileName(entry.name) || /\.(?:txt|jsonl?|csv)$/.test(entry.name)))
      continue;
    const beginning = decodeUtf8(file, new Uint8Array(readFileSync(file).subarray(0, 4 * longest))).text;
    const end = beginning.lastIndexOf('\n', longest);
    const text = beginning.length > longest && end > 0 ? beginning.slice(0, end + 1) : beginning;
    const beside = file.replace(/\.txt$/, '.ann');
    const isPair = beside !== file && statSync(beside, { throwIfNoEntry: false }) !== undefined;
    seeds[file] = { file: entry.name, text, ...(isPair && { annotations: readFileSync(beside, 'utf8') }) };
  }
  return seeds;
}

export const seeds: Readonly<Record<string, Seed>> = { ...made, ...realSeeds() };

/** The names of those that are made here: one or more for each format. */
export const madeSeeds = Object.keys(made);
