import { InputError } from '../../../common/errors';
import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { CorpusLayout } from '../../corpus';
import { isInvisible } from './lineKinds';
import { characterEnd } from './positionDigits';

const tab = 9;
const lineFeed = 10;
const space = 32;

/**
 * Finds a row's fields: `bounds[2·i]` and `bounds[2·i+1]` become start and end of field i in the text, for
 * the first `most` fields. Tabs, and any other sign, separate one by one, so that fields may hold spaces;
 * where the separator is a space, so does any run of spaces and tabs, and those around the row count for
 * nothing. Empty fields behind the expected ones are dropped: many files have a tab at the row's end.
 *
 * @param most fields whose bounds are looked for: a row may be of millions.
 * @param quoted fields may stand in quotation marks, which are outside of their bounds. A field whose mark is
 * not closed on its line, right before a separator, begins with that mark like with any other character.
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
  quoted = false,
): number {
  if (quoted) return splitQuoted(text, start, end, (separator ?? ',').charCodeAt(0), expected, bounds, most);
  return separator === ' '
    ? splitAtSpaces(text, start, end, bounds, most)
    : splitAtEach(text, start, end, (separator ?? '\t').charCodeAt(0), expected, bounds, most);
}

function splitAtEach(
  text: string,
  start: number,
  end: number,
  separator: number,
  expected: number,
  bounds: number[],
  most: number,
): number {
  let count = 0;
  /** Fields up to the last one that is not empty. */
  let filled = 0;
  let from = start;
  for (let i = start; i <= end; i++) {
    if (i < end && text.charCodeAt(i) !== separator) continue;
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

const quotationMark = 34;

function splitQuoted(
  text: string,
  start: number,
  end: number,
  separator: number,
  expected: number,
  bounds: number[],
  most: number,
): number {
  let count = 0;
  /** Fields up to the last one that is not empty. */
  let filled = 0;
  /** From here on no mark is closed. */
  let unclosed = end;
  for (let from = start; from <= end;) {
    let at = from;
    let inner = from;
    if (from < unclosed && text.charCodeAt(from) === quotationMark) {
      const closing = closingMark(text, from, end, separator);
      if (closing < 0) unclosed = from;
      else {
        inner = from + 1;
        at = closing + 1;
      }
    }
    while (at < end && text.charCodeAt(at) !== separator) at++;
    if (count < most) {
      bounds[2 * count] = inner;
      bounds[2 * count + 1] = inner > from ? at - 1 : at;
    }
    count++;
    if (at > from) filled = count;
    from = at + 1;
  }
  return Math.max(filled, Math.min(count, Math.max(1, expected)));
}

/** Where the mark is that closes a quoted field; −1 where the line ends first. */
function closingMark(text: string, from: number, end: number, separator: number): number {
  for (let i = from + 1; i < end; i++) {
    if (text.charCodeAt(i) !== quotationMark) continue;
    if (i + 1 === end || text.charCodeAt(i + 1) === separator) return i;
    if (text.charCodeAt(i + 1) === quotationMark) i++;
  }
  return -1;
}

/** Whether a field of a row stands in quotation marks, by where it starts and ends. */
export function isQuoted(text: string, from: number, to: number): boolean {
  return text.charCodeAt(from - 1) === quotationMark && text.charCodeAt(to) === quotationMark;
}

/** What a field says: in quotation marks a doubled one is one. */
export function fieldValue(text: string, from: number, to: number, quoted: boolean | undefined): string {
  const value = text.slice(from, to);
  return quoted && value.includes('""') && isQuoted(text, from, to) ? value.replaceAll('""', '"') : value;
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
 * Finds the fields of a row of a file: as {@link splitRow}, and where some rows of the file are parted by
 * spaces instead, those of such a row.
 */
export function splitFields(
  text: string,
  start: number,
  end: number,
  { separator, columns, mixed, quoted }: Pick<CorpusLayout, 'separator' | 'columns' | 'mixed' | 'quoted'>,
  bounds: number[],
): number {
  const { length } = columns;
  const fields = splitRow(text, start, end, separator, length, bounds, length, quoted);
  if (!mixed || fields === length) return fields;
  if (splitRow(text, start, end, ' ', length, bounds) === length) return length;
  return splitRow(text, start, end, separator, length, bounds);
}

/** Whether a field is empty. */
export function isEmpty(bounds: readonly number[], field: number): boolean {
  return bounds[2 * field] >= bounds[2 * field + 1];
}

/** Leaves out what is no part of the fields' values: around labels what is not to be seen, of words positions. */
export function trimFields(
  text: string,
  bounds: number[],
  { columns, form, positionDigits }: Pick<CorpusLayout, 'columns' | 'form' | 'positionDigits'>,
): void {
  for (let i = 0; i < columns.length; i++) if (i !== form) trimField(text, bounds, i);
  if (positionDigits) bounds[2 * form + 1] = characterEnd(text, bounds[2 * form], bounds[2 * form + 1]);
}

/** Leaves out what is not to be seen around a field's value: it is no part of a label. */
export function trimField(text: string, bounds: number[], field: number): void {
  let from = bounds[2 * field];
  let to = bounds[2 * field + 1];
  while (from < to && isInvisible(text.charCodeAt(from))) from++;
  while (to > from && isInvisible(text.charCodeAt(to - 1))) to--;
  bounds[2 * field] = from;
  bounds[2 * field + 1] = to;
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
  const what =
    label === ''
      ? l10n.t('is empty')
      : spaced
        ? l10n.t('holds a space')
        : l10n.t('holds a tab or a line end');
  throw new InputError(
    l10n.t('The model’s label “{0}” {1}, so it cannot be written into a row.', shownName(label), what),
    {
      line,
      hint: spaced
        ? l10n.t('Part the columns by tabs instead of spaces.')
        : l10n.t('Use another model, or train it again from a corpus without such labels.'),
    },
  );
}

/** What the first column of a row says where rows are numbered. */
export interface RowId {
  readonly kind: 'word' | 'range' | 'empty' | 'bad';
  /** The word's number; 0 for the other kinds. */
  readonly number: number;
  /** The number of a word, or of the first word of a range. */
  readonly first: number;
}

const bad: RowId = { kind: 'bad', number: 0, first: 0 };

/** Reads an ID: a word's number, a range of words (`1-2`), an empty node (`8.1`), or none of these. */
export function parseRowId(text: string, start: number, end: number): RowId {
  let number = 0;
  let digits = 0;
  let other: 'range' | 'empty' | undefined;
  let first = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      number = 10 * number + code - 48;
      digits++;
    } else if (!other && digits > 0 && (code === 45 || code === 46)) {
      other = code === 45 ? 'range' : 'empty';
      first = number;
      digits = 0;
    } else {
      return bad;
    }
  }
  if (digits === 0 || digits > 9) return bad;
  return other ? { kind: other, number: 0, first } : { kind: 'word', number, first: number };
}
