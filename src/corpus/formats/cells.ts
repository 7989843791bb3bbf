import type { CorpusFormat } from '../corpus';
import { splitRow } from './rows';

/**
 * Where in a token's row a column's value stands, in UTF-16 units. `row`: one line, with or without its line
 * end.
 */
export function cellRange(row: string, format: CorpusFormat, column: number): { start: number; end: number } {
  const bounds: number[] = [];
  const length = row.length - (/\r?\n?$/.exec(row)?.[0].length ?? 0);
  const count = splitRow(row, 0, length, format.separator, format.columns.length, bounds);
  if (column >= count) throw new RangeError(`column ${column} of a row with ${count}`);
  return { start: bounds[2 * column], end: bounds[2 * column + 1] };
}
