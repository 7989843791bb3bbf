/** A workspace of many files, made up: the same for the same numbers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface ScaleWorkspace {
  readonly folder: string;
  /** The folder of the files of columns within it. */
  readonly columns: string;
  readonly files: number;
  /** Of the files of columns, and of all. */
  readonly columnTokens: number;
  readonly tokens: number;
  readonly bytes: number;
}

const sentenceTokens = 20;
/** Distinct words; the frequent ones are short, as in any language. */
const words = 60_000;

/**
 * Writes files of columns (word, pos, chunk, ner), of so many tokens each, and one more of CoNLL-U with as
 * many.
 */
export function writeScaleWorkspace(folder: string, files: number, tokensOfEach: number): ScaleWorkspace {
  const random = generator(1);
  const columns = path.join(folder, 'columns');
  const treebank = path.join(folder, 'treebank');
  mkdirSync(columns);
  mkdirSync(treebank);
  let bytes = 0;
  const write = (file: string, text: string): void => {
    bytes += text.length;
    writeFileSync(file, text);
  };
  for (let i = 0; i + 1 < files; i++)
    write(path.join(columns, `part-${i}.conll`), columnRows(tokensOfEach, random));
  write(path.join(treebank, 'all.conllu'), treebankRows(tokensOfEach, random));
  const columnTokens = (files - 1) * tokensOfEach;
  return { folder, columns, files, columnTokens, tokens: columnTokens + tokensOfEach, bytes };
}

const tags = ['NN', 'IN', 'DT', 'NNP', 'JJ', 'VBD', 'RB', 'CC', 'NNS', 'VB'];
const chunks = ['B-NP', 'B-VP', 'B-PP', 'O'];
const types = ['PER', 'LOC', 'ORG', 'MISC'];

function columnRows(tokens: number, random: () => number): string {
  const rows: string[] = [];
  let span = '';
  let chunk = '';
  for (let t = 0; t < tokens; t++) {
    if (t > 0 && t % sentenceTokens === 0) rows.push('');
    if (t % sentenceTokens === 0) span = chunk = '';
    chunk = chunk.endsWith('NP') && random() < 0.5 ? 'I-NP' : pick(chunks, random);
    const goesOn = span !== '' && random() < 0.5;
    if (!goesOn) span = random() < 0.1 ? types[Math.floor(random() * types.length)] : '';
    const label = span === '' ? 'O' : `${goesOn ? 'I' : 'B'}-${span}`;
    rows.push(`${word(random)} ${pick(tags, random)} ${chunk} ${label}`);
  }
  return `${rows.join('\n')}\n`;
}

function treebankRows(tokens: number, random: () => number): string {
  const rows: string[] = [];
  for (let t = 0; t < tokens; t++) {
    const id = (t % sentenceTokens) + 1;
    if (id === 1) rows.push(`${t > 0 ? '\n' : ''}# sent_id = ${t / sentenceTokens}`);
    const form = word(random);
    rows.push(`${id}\t${form}\t${form}\tNOUN\t${pick(tags, random)}\t_\t${id - 1}\tdep\t_\t_`);
  }
  return `${rows.join('\n')}\n\n`;
}

function pick(values: readonly string[], random: () => number): string {
  return values[Math.floor(random() ** 2 * values.length)];
}

/** A word, the frequent ones first (the share of the first n of them is about the cube root of n). */
function word(random: () => number): string {
  const rank = Math.floor(random() ** 3 * words);
  return `w${rank.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)])}`;
}

/** Numbers from 0 to below 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
