import type { CorpusFile } from '../../../../src/corpus/corpus';
import { formatOf } from '../../../../src/corpus/formats';

/** A column's values, one for each token. */
export function labelsOf(file: CorpusFile, name: string): string[] {
  const column = file.columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`no column ${name}`);
  return Array.from(column.ids, (id) => column.values[id]);
}

/** Each token as `word label`, by sentence. */
export function rowsOf(file: CorpusFile, column: string): string[][] {
  const words = labelsOf(file, file.layout.columns[file.layout.form]);
  const labels = labelsOf(file, column);
  return Array.from({ length: file.sentences }, (_, s) =>
    words.map((word, t) => `${word} ${labels[t]}`).slice(file.sentenceStart[s], file.sentenceStart[s + 1]),
  );
}

/** The text with other labels. */
export function rewrite(text: string, file: CorpusFile, column: string, labels: readonly string[]): string {
  return formatOf(file.layout).writeLabels(text, file, column, labels);
}

/** The characters of a text where each token stands. */
export function wordsInPlace(text: string, file: CorpusFile): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return Array.from(file.line, (line, t) => lines[line].slice(file.startColumn[t], file.endColumn[t]));
}
