import { InputError } from '../../common/errors';
import { shownName } from '../../common/shownText';
import type { CorpusLayout } from '../corpus';

const tab = 9;
const lineFeed = 10;
const space = 32;

/** The word of a row that is no token and begins a document, in the files of CoNLL-2003. */
export const documentRow = '-DOCSTART-';

/**
 * Finds a row's fields: `bounds[2·i]` and `bounds[2·i+1]` become start and end of field i in the text, for
 * the first `most` fields. Tabs separate one by one, so that fields may hold spaces; where the separator is a
 * space, so does any run of spaces and tabs, and those around the row count for nothing. Empty fields behind
 * the expected ones are dropped: many files have a tab at the row's end.
 *
 * @param most fields whose bounds are looked for: a row may be of millions.
 * @returns the number of fields, also of those behind the first `most`.
 */
export function splitRow(
  text: string,
  start: number,
  end: number,
  separator: CorpusLayout['separator'],
  expected: number,
  bounds: number[],
  most = expected,
): number {
  return separator === ' '
    ? splitAtSpaces(text, start, end, bounds, most)
    : splitAtTabs(text, start, end, expected, bounds, most);
}

function splitAtTabs(
  text: string,
  start: number,
  end: number,
  expected: number,
  bounds: number[],
  most: number,
): number {
  let count = 0;
  /** Fields up to the last one that is not empty. */
  let filled = 0;
  let from = start;
  for (let i = start; i <= end; i++) {
    if (i < end && text.charCodeAt(i) !== tab) continue;
    if (count < most) {
      bounds[2 * count] = from;
      bounds[2 * count + 1] = i;
    }
    count++;
    if (i > from) filled = count;
    from = i + 1;
  }
  return Math.max(filled, Math.min(count, Math.max(1, expected)));
}

function splitAtSpaces(text: string, start: number, end: number, bounds: number[], most: number): number {
  let count = 0;
  let from = -1;
  for (let i = start; i <= end; i++) {
    const code = i < end ? text.charCodeAt(i) : lineFeed;
    const separates = code === space || code === tab || i === end;
    if (separates && from >= 0) {
      if (count < most) {
        bounds[2 * count] = from;
        bounds[2 * count + 1] = i;
      }
      count++;
      from = -1;
    } else if (!separates && from < 0) {
      from = i;
    }
  }
  return count;
}

/**
 * Checks that a label can be a field of a row. Model files come from anywhere, and so do their labels.
 *
 * @param line of the row, from 0, where it is known.
 * @throws {InputError} it is empty, or holds a tab, a line end, or a space where spaces part the fields.
 */
export function checkLabel(label: string, separator: CorpusLayout['separator'], line?: number): void {
  const breaks = separator === ' ' ? /[ \t\r\n]/ : /[\t\r\n]/;
  if (label !== '' && !breaks.test(label)) return;
  const spaced = label !== '' && !/[\t\r\n]/.test(label);
  const what = label === '' ? 'is empty' : spaced ? 'holds a space' : 'holds a tab or a line end';
  throw new InputError(
    `The model’s label “${shownName(label)}” ${what}, so it cannot be written into a row.`,
    {
      line,
      hint: spaced
        ? 'Part the columns by tabs instead of spaces.'
        : 'Use another model, or train it again from a corpus without such labels.',
    },
  );
}

/** What the first column of a row says where rows are numbered. */
export interface RowId {
  readonly kind: 'word' | 'range' | 'empty' | 'bad';
  /** The word's number; 0 for the other kinds. */
  readonly number: number;
}

const range: RowId = { kind: 'range', number: 0 };
const empty: RowId = { kind: 'empty', number: 0 };
const bad: RowId = { kind: 'bad', number: 0 };

/** Reads an ID: a word's number, a range of words (`1-2`), an empty node (`8.1`), or none of these. */
export function parseRowId(text: string, start: number, end: number): RowId {
  let number = 0;
  let digits = 0;
  let other: RowId | undefined;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      number = 10 * number + code - 48;
      digits++;
    } else if (!other && digits > 0 && (code === 45 || code === 46)) {
      other = code === 45 ? range : empty;
      digits = 0;
    } else {
      return bad;
    }
  }
  if (digits === 0 || digits > 9) return bad;
  return other ?? { kind: 'word', number };
}
