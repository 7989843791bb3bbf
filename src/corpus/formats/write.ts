import { InputError } from '../../common/errors';
import type { Column, CorpusFile } from '../corpus';
import { LineScanner, splitRow } from './rows';

/**
 * The text with other labels: on each token's row the field of `column` is replaced, and everything else
 * stays as it is, to the byte: comments, ranges, rows that were left out, separators, line ends, a byte order
 * mark.
 *
 * @param text the text that `corpusFile` was read from.
 * @param labels one for each token.
 * @throws {InputError} the format has no such column.
 */
export function relabel(
  text: string,
  corpusFile: CorpusFile,
  column: string,
  labels: readonly string[],
): string {
  const { format, line, tokens } = corpusFile;
  const index = format.columns.indexOf(column);
  if (index < 0) {
    const hint = `Columns here: ${format.columns.join(', ')}.`;
    throw new InputError(`There is no column ${column} to write labels to.`, { file: corpusFile.file, hint });
  }
  if (labels.length !== tokens) throw new RangeError(`${labels.length} labels for ${tokens} tokens`);
  const scanner = new LineScanner(text);
  const bounds: number[] = [];
  const pieces: string[] = [];
  let written = 0;
  for (let token = 0; token < tokens && scanner.advance();) {
    if (scanner.line !== line[token]) continue;
    splitRow(text, scanner.start, scanner.end, format.separator, format.columns.length, bounds);
    pieces.push(text.slice(written, bounds[2 * index]), labels[token]);
    written = bounds[2 * index + 1];
    token++;
  }
  pieces.push(text.slice(written));
  return pieces.join('');
}

/**
 * The text with one more field at the end of each token's row, behind the format's separator; everything else
 * stays as it is, to the byte.
 *
 * @param text the text that `corpusFile` was read from.
 * @param labels one for each token.
 */
export function appendColumn(text: string, corpusFile: CorpusFile, labels: readonly string[]): string {
  const { format, line, tokens } = corpusFile;
  if (labels.length !== tokens) throw new RangeError(`${labels.length} labels for ${tokens} tokens`);
  const scanner = new LineScanner(text);
  const pieces: string[] = [];
  let written = 0;
  for (let token = 0; token < tokens && scanner.advance();) {
    if (scanner.line !== line[token]) continue;
    pieces.push(text.slice(written, scanner.end), format.separator, labels[token]);
    written = scanner.end;
    token++;
  }
  pieces.push(text.slice(written));
  return pieces.join('');
}

/**
 * The text with predicted labels: in the column of that name where the format has one, else as one more field
 * of each token's row. Nothing that stands in the file under another name is lost.
 */
export function writeLabels(
  text: string,
  corpusFile: CorpusFile,
  column: string,
  labels: readonly string[],
): string {
  return corpusFile.format.columns.includes(column)
    ? relabel(text, corpusFile, column, labels)
    : appendColumn(text, corpusFile, labels);
}

/** Words by sentence, as a tagger takes them. */
export function formsBySentence(file: CorpusFile): string[][] {
  const { format, columns } = file;
  return valuesBySentence(
    file,
    columns.find(({ name }) => name === format.columns[format.form])!,
  );
}

/** A column's values, one for each token, by sentence. */
export function valuesBySentence(
  { sentences, sentenceStart }: CorpusFile,
  { values, ids }: Column,
): string[][] {
  return Array.from({ length: sentences }, (_, s) =>
    Array.from(ids.subarray(sentenceStart[s], sentenceStart[s + 1]), (id) => values[id]),
  );
}

/**
 * Labelled sentences as two columns: word, tab, label; a blank line after each sentence. Tabs and line ends
 * inside a word, which the format cannot hold, become spaces.
 */
export function writeTwoColumns(
  sentences: readonly (readonly { readonly form: string; readonly label: string }[])[],
): string {
  return sentences
    .filter((sentence) => sentence.length > 0)
    .map(
      (sentence) =>
        `${sentence.map(({ form, label }) => `${form.replace(/[\t\r\n]+/g, ' ')}\t${label}\n`).join('')}\n`,
    )
    .join('');
}
