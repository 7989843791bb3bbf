/** Training and development sentences for a simulated annotator, with the labels that are right. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { columnAt, formsBySentence } from '../../src/corpus/corpusFile';
import { findColumn } from '../../src/corpus/formats/layout';
import { readCorpusFile } from '../../src/corpus/formats/read';

export interface LabelledSentence {
  readonly words: readonly string[];
  /** One for each word. */
  readonly labels: readonly string[];
}

/**
 * Reads the words and one column of a file, or of all files of a folder.
 * @throws {Error} a file has no such column.
 */
export function readSentences(place: string, column: string): LabelledSentence[] {
  const files =
    path.extname(place) === ''
      ? readdirSync(place)
          .sort()
          .map((name) => path.join(place, name))
      : [place];
  return files.flatMap((file) => {
    const read = readCorpusFile(file, file, readFileSync(file, 'utf8'));
    const name = findColumn(read.layout, column);
    if (name === undefined) throw new Error(`${file} has no column ${column}.`);
    const { values, ids } = columnAt(read, read.layout.columns.indexOf(name));
    return formsBySentence(read).map((words, s) => ({
      words,
      labels: words.map((_, t) => values[ids[read.sentenceStart[s] + t]]),
    }));
  });
}

/** Two columns, FORM and LABEL, and an empty line after each sentence. */
export function rowsOf(sentences: readonly LabelledSentence[]): string {
  return sentences
    .map(({ words, labels }) => `${words.map((word, t) => `${word}\t${labels[t]}\n`).join('')}\n`)
    .join('');
}

/** The labels of such rows, sentence by sentence. */
export function labelsOfRows(rows: string): string[][] {
  return rows
    .split('\n\n')
    .filter((sentence) => sentence !== '')
    .map((sentence) => sentence.split('\n').map((row) => row.slice(row.lastIndexOf('\t') + 1)));
}
