import { messageOf } from '../src/common/errors';
/** Tables for a terminal: columns of one width, numbers to the right. */

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What a reader must know to read it rightly, below it. */
  readonly notes?: readonly string[];
}

export function renderTable({ title, columns, rows, notes = [] }: Table): string {
  const widths = columns.map((column, c) =>
    Math.max(width(column), ...rows.map((row) => width(row[c] ?? ''))),
  );
  const right = columns.map((_, c) => c > 0 && rows.some((row) => /^[<>≈~]?\d/.test(row[c] ?? '')));
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, c) =>
      right[c] ? ' '.repeat(widths[c] - width(cell)) + cell : cell + ' '.repeat(widths[c] - width(cell)),
    );
    return padded.join('  ').trimEnd();
  };
  const rule = widths.map((n) => '─'.repeat(n)).join('  ');
  const body = rows.map((row) => line(columns.map((_, c) => row[c] ?? '')));
  return [title, '', line(columns), rule, ...body, ...notes.map((note) => `  ${note}`)].join('\n');
}

/** Characters as a terminal counts them: a letter with its accents is one. */
function width(text: string): number {
  return [...text.normalize('NFC')].length;
}

/** A number with three significant digits, and thousands apart: 0.0123, 1.23, 123, 12,346. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));
}

export function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : `${figure(bytes / 2 ** 20)} MB`;
}

export function threadCount(threads: number): string {
  return threads === 0 ? 'its own threads' : threads === 1 ? '1 thread' : `${threads} threads`;
}

/** Why something was not measured. */
export function reasonOf(error: unknown): string {
  return messageOf(error);
}
