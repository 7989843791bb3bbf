import type { CorpusFile } from '../../corpus';
import { checkLabel, fieldValue, isQuoted, splitFields, trimFields } from './fields';
import { keyPlace, rowsOf, withValue } from './keyColumns';
import type { KeyPlace } from './keyColumns';
import { lineStart } from './lineKinds';
import { scanRows } from './rowScanner';

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
  const place = index < 0 ? undefined : keyPlace(file.layout, index);
  if (place) return writeKey(text, file, place, labels);
  const pieces: string[] = [];
  const checked = new Set<string>();
  let written = 0;
  forEachRow(text, file, (token, bounds, end) => {
    const [from, to] = index < 0 ? [end, end] : [bounds[2 * index], bounds[2 * index + 1]];
    // What stands there may hold a line end.
    if (quoted && from < to && fieldValue(text, from, to, true) === labels[token]) return;
    // In quotation marks, a field may hold any character of its line.
    const fits = quoted && labels[token] !== '' && !/[\r\n]/.test(labels[token]);
    if (!fits && !checked.has(labels[token])) checkLabel(labels[token], separator, file.line[token]);
    checked.add(labels[token]);
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

/** The text with labels under a key of a field. */
function writeKey(
  text: string,
  file: CorpusFile,
  { field, key }: KeyPlace,
  labels: readonly string[],
): string {
  const writesOutside = text.includes(`${key}=O`);
  const pieces: string[] = [];
  let written = 0;
  forEachRow(text, file, (token, bounds) => {
    const [from, to] = [bounds[2 * field], bounds[2 * field + 1]];
    pieces.push(
      text.slice(written, from),
      withValue(text.slice(from, to), key, labels[token], writesOutside),
    );
    written = to;
  });
  pieces.push(text.slice(written));
  return pieces.join('');
}

/** A label for a field of a table, in quotation marks where the field has them or needs them. */
function quoteAsNeeded(label: string, separator: string, text: string, from: number, to: number): string {
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
  const field = keyPlace(file.layout, index)?.field ?? index;
  const ends = new Uint32Array(file.tokens);
  forEachRow(text, file, (token, bounds, _, start) => {
    ends[token] = bounds[2 * field + 1] - start;
  });
  return ends;
}

/**
 * Goes over the rows of a file's tokens, with the bounds of their fields and where the row ends and starts.
 */
function forEachRow(
  text: string,
  { layout: whole, line, tokens }: CorpusFile,
  visit: (token: number, bounds: readonly number[], end: number, start: number) => void,
): void {
  const layout = rowsOf(whole);
  const scanner = scanRows(text, layout.quoted, {
    separator: layout.separator,
    width: layout.columns.length,
  });
  const bounds: number[] = [];
  for (let token = 0; token < tokens && scanner.advance();) {
    // A word may stand on a later line of its row.
    if (line[token] < scanner.line || line[token] > scanner.lastLine) continue;
    splitFields(text, lineStart(text, scanner.start, scanner.end), scanner.end, layout, bounds);
    trimFields(text, bounds, layout);
    visit(token, bounds, scanner.end, scanner.start);
    token++;
  }
}
