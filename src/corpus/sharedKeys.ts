/** Files of one corpus that do not all have the same keys with entities: what one lacks is outside of them. */
import type { CorpusFile, CorpusFileSummary, CorpusLayout } from './corpus';
import { allKeys, keysOf, withKeysOf } from './formats/rows/keyColumns';

/** The files, each with a column for each key that any of them has. */
export function shareKeys(files: readonly CorpusFile[]): readonly CorpusFile[] {
  const names = allKeys(files.map(({ layout }) => layout));
  if (files.every(({ layout }) => haveSameKeys(layout, names))) return files;
  return files.map((file): CorpusFile => {
    const missing = names.filter((name) => !keysOf(file.layout).includes(name));
    const outside = missing.map((name) => ({ name, values: ['O'], ids: new Uint32Array(file.tokens) }));
    return { ...file, layout: withKeysOf(file.layout, names), columns: [...file.columns, ...outside] };
  });
}

/** The same of summaries. */
export function shareKeysOfSummaries(files: readonly CorpusFileSummary[]): readonly CorpusFileSummary[] {
  const names = allKeys(files.map(({ layout }) => layout));
  if (files.every(({ layout }) => haveSameKeys(layout, names))) return files;
  return files.map((file) => {
    const layout = withKeysOf(file.layout, names);
    const columns = file.columns.map((column) => ({ ...column, index: layout.columns.indexOf(column.name) }));
    return { ...file, layout, columns };
  });
}

function haveSameKeys(layout: CorpusLayout, names: readonly string[]): boolean {
  return keysOf(layout).join(',') === names.join(',');
}
