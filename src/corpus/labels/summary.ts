import type { Column, ColumnSummary, CorpusFile, CorpusLayout } from '../corpus';
import { isLabelColumn, mostListedLabels } from './columns';
import { evidenceOf } from './scheme';

/** Label counts and scheme evidence of one column of a file, most frequent value first. */
export function summariseColumn(file: CorpusFile, column: Column, layout: CorpusLayout): ColumnSummary {
  const index = layout.columns.indexOf(column.name);
  const listed = isLabelColumn(layout, column.name) || column.values.length <= mostListedLabels;
  const counts = new Uint32Array(listed ? column.values.length : 0);
  if (listed) for (let t = 0; t < column.ids.length; t++) counts[column.ids[t]]++;
  return {
    name: column.name,
    index,
    counts: Array.from(counts, (count, id) => [column.values[id], count] as const).sort(
      (a, b) => b[1] - a[1],
    ),
    evidence: evidenceOf(file, column),
  };
}
