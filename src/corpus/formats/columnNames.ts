import type { CorpusFormat } from '../corpus';

/**
 * The column that a person means by its name, in any case, or by its number, from 1; undefined if the format
 * has none such. A name goes before a number.
 */
export function findColumn(format: CorpusFormat, nameOrNumber: string): string | undefined {
  const wanted = nameOrNumber.trim();
  const named =
    format.columns.find((name) => name === wanted) ??
    format.columns.find((name) => name.toUpperCase() === wanted.toUpperCase());
  if (named !== undefined) return named;
  return /^\d+$/.test(wanted) ? format.columns[Number(wanted) - 1] : undefined;
}
