import type { CorpusLayout } from '../corpus';
import { isBlank, LineScanner } from '../text/lines';
import { documentRow, parseRowId, splitRow } from './fields';

/** The beginning of a file, by which its format is recognised. */
export class FileSample {
  private sampled: RowSample | undefined;
  private first: string | undefined;

  constructor(readonly text: string) {}

  /** What it looks like as rows of columns. */
  get rows(): RowSample {
    return (this.sampled ??= sampleRows(this.text));
  }

  /** The first line that is neither blank nor begins with `#`; empty where there is none. */
  get firstRow(): string {
    return (this.first ??= firstRow(this.text));
  }
}

function firstRow(text: string): string {
  const scanner = new LineScanner(text);
  while (scanner.advance()) {
    const { start, end } = scanner;
    if (!isBlank(text, start, end) && text[start] !== '#') return text.slice(start, end);
  }
  return '';
}

/** Rows looked at to recognise a format. */
const sampleRowCount = 2000;

/** Fields of a row that are looked at: no format has as many columns. */
const mostFields = 100;

/** What the first rows of a file look like. */
export interface RowSample {
  readonly separator: NonNullable<CorpusLayout['separator']>;
  /** The most frequent number of columns. */
  readonly width: number;
  /**
   * Rows, blank lines and comments left out; those with `width` columns; those that begin with white space.
   */
  readonly count: number;
  readonly uniform: number;
  readonly indented: number;
  readonly sentences: number;
  /** The first column counts the words of each sentence. */
  readonly numbered: boolean;
  /** Fields of a column, in the rows with `width` columns. */
  valuesOf(column: number): readonly string[];
}

/**
 * Samples a text's first rows. Document rows (`-DOCSTART-`) are left out, as are lines that only a comment
 * would look like.
 */
function sampleRows(text: string): RowSample {
  const { lines, truncated } = firstLines(text);
  const separator =
    lines.filter((line) => line.includes('\t')).length * 2 >= lines.filter((line) => line !== '').length
      ? '\t'
      : ' ';
  const split = (line: string): string[] => {
    const bounds: number[] = [];
    const count = splitRow(line, 0, line.length, separator, 2, bounds, mostFields);
    return Array.from({ length: Math.min(count, mostFields) }, (_, i) =>
      line.slice(bounds[2 * i], bounds[2 * i + 1]),
    );
  };
  const all = lines.map((line) => (line === '' ? [] : split(line)));
  if (truncated) while (all.length > 0 && all.at(-1)?.length) all.pop();
  const plain = all.filter((row) => row.length > 0 && !row[0].startsWith('#') && row[0] !== documentRow);
  const width = mostFrequent(plain.map((row) => row.length));
  const numbered = isNumbered(all, width);
  const isRow = (row: readonly string[]): boolean =>
    row.length > 0 &&
    row[0] !== documentRow &&
    !(row[0].startsWith('#') && (numbered || row.length !== width));
  const rows = all.filter(isRow);
  const uniform = rows.filter((row) => row.length === width && row.every((field) => field !== ''));
  let sentences = 0;
  all.forEach((row, i) => {
    if (isRow(row) && (i === 0 || !isRow(all[i - 1]))) sentences++;
  });
  return {
    separator,
    width,
    count: rows.length,
    uniform: uniform.length,
    indented: lines.filter((line) => /^\s/.test(line)).length,
    sentences,
    numbered,
    valuesOf: (column) => uniform.map((row) => row[column]),
  };
}

/**
 * The lines of the first {@link sampleRowCount} rows; blank ones become empty, a run of them one. `truncated`: the last sentence
 * may be cut.
 */
function firstLines(text: string): { lines: string[]; truncated: boolean } {
  const scanner = new LineScanner(text);
  const lines: string[] = [];
  let rows = 0;
  while (scanner.advance()) {
    if (rows === sampleRowCount) return { lines, truncated: true };
    const blank = isBlank(text, scanner.start, scanner.end);
    if (!blank) rows++;
    if (!blank || lines.at(-1) !== '') lines.push(blank ? '' : text.slice(scanner.start, scanner.end));
  }
  return { lines, truncated: false };
}

function mostFrequent(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  let best = 0;
  for (const [count, time] of times) if (time > (times.get(best) ?? 0)) best = count;
  return best;
}

/** Whether the first fields count 1, 2, 3 … (or from 0) in nearly every sentence. */
function isNumbered(rows: readonly (readonly string[])[], width: number): boolean {
  if (width < 3) return false;
  let previous: number | undefined;
  let right = 0;
  let words = 0;
  for (const row of rows) {
    if (row.length === 0) {
      previous = undefined;
      continue;
    }
    if (row[0].startsWith('#') || row.length !== width) continue;
    const id = parseRowId(row[0], 0, row[0].length);
    if (id.kind === 'range' || id.kind === 'empty') continue;
    words++;
    if (id.kind === 'bad') continue;
    if (previous === undefined ? id.number <= 1 : id.number === previous + 1) right++;
    previous = id.number;
  }
  return words > 0 && right >= 0.8 * words;
}
