import type { CorpusFile } from '../../corpus';
import { LineScanner } from '../../text/lines';
import { checkLabel, fieldValue, isQuoted, splitFields, trimField } from './fields';
import { lineStart } from './lineKinds';

/**
 * The text with predicted labels: in the column of that name where the layout has one, else (and without a
 * name) as one more field of each token's row. Everything else stays as it is, to the byte: comments, ranges,
 * rows that were left out, separators, line ends, a byte order mark.
 *
 * @param text the text that `file` was read from.
 * @param labels one for each token.
 * @throws {InputError} a label would break its row, with the row's line.
 */
export function writeRowLabels(
  text: string,
  file: CorpusFile,
  column: string | undefined,
  labels: readonly string[],
): string {
  const { separator = '\t', columns, emptyOutside, quoted } = file.layout;
  if (labels.length !== file.tokens)
    throw new RangeError(`${labels.length} labels for ${file.tokens} tokens`);
  const index = column === undefined ? -1 : columns.indexOf(column);
  const pieces: string[] = [];
  const checked = new Set<string>();
  let written = 0;
  forEachRow(text, file, (token, bounds, end) => {
    // In quotation marks, a field may hold any character of its line.
    const fits = quoted && labels[token] !== '' && !/[\r\n]/.test(labels[token]);
    if (!fits && !checked.has(labels[token])) checkLabel(labels[token], separator, file.line[token]);
    checked.add(labels[token]);
    const [from, to] = index < 0 ? [end, end] : [bounds[2 * index], bounds[2 * index + 1]];
    const stays = emptyOutside && index >= 0 && labels[token] === 'O' && from === to;
    const label = stays
      ? ''
      : quoted
        ? quoteAsNeeded(labels[token], separator, text, from, to)
        : labels[token];
    pieces.push(text.slice(written, from), index < 0 ? separator : '', label);
    written = to;
  });
  pieces.push(text.slice(written));
  return pieces.join('');
}

/** A label for a field of a table, in quotation marks where the field has them or needs them. */
function quoteAsNeeded(label: string, separator: string, text: string, from: number, to: number): string {
  if (from < to && fieldValue(text, from, to, true) === label) return text.slice(from, to);
  const doubled = label.replaceAll('"', '""');
  if (from <= to && isQuoted(text, from, to)) return doubled;
  return label.includes(separator) || label.includes('"') ? `"${doubled}"` : label;
}

/**
 * For each token the UTF-16 column where its label's field ends, or the word's where there is no such field.
 */
export function labelFieldEnds(text: string, file: CorpusFile, column: string): Uint32Array {
  const index = file.layout.columns.indexOf(column);
  if (index < 0) return file.endColumn;
  const ends = new Uint32Array(file.tokens);
  forEachRow(text, file, (token, bounds, _, start) => {
    ends[token] = bounds[2 * index + 1] - start;
  });
  return ends;
}

/**
 * Goes over the rows of a file's tokens, with the bounds of their fields and where the row ends and starts.
 */
function forEachRow(
  text: string,
  { layout, line, tokens }: CorpusFile,
  visit: (token: number, bounds: readonly number[], end: number, start: number) => void,
): void {
  const scanner = new LineScanner(text);
  const bounds: number[] = [];
  for (let token = 0; token < tokens && scanner.advance();) {
    if (scanner.line !== line[token]) continue;
    splitFields(text, lineStart(text, scanner.start, scanner.end), scanner.end, layout, bounds);
    for (let i = 0; i < layout.columns.length; i++) if (i !== layout.form) trimField(text, bounds, i);
    visit(token, bounds, scanner.end, scanner.start);
    token++;
  }
}
