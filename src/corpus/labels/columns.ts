import type { ColumnSummary, CorpusLayout, LabelColumn, SchemeEvidence } from '../corpus';
import { formatOf } from '../formats';
import { addEvidence, schemeOf } from './scheme';

/** A column with more distinct values than this is not offered for labels, unless its format says so. */
export const maximumLabels = 300;

/** Columns that hold no labels, whatever the format. */
const neverLabels = new Set(['ID', 'FORM', 'LEMMA', 'HEAD', 'DEPS', 'MISC']);

/** Columns that may be read, but are not offered for labels. ANNOTATOR is Universal NER's last column. */
const neverOffered = new Set([...neverLabels, 'ANNOTATOR']);

/** Positions of the columns that are kept of a file: the word, and those that may hold labels. */
export function keptColumns(layout: CorpusLayout): number[] {
  const others = layout.columns
    .map((_, index) => index)
    .filter((index) => index !== layout.form && mayHoldLabels(layout, index));
  return [layout.form, ...others];
}

/** Whether a column may be trained on, by its name and position. */
export function mayHoldLabels(layout: CorpusLayout, index: number): boolean {
  return index !== layout.form && !neverLabels.has(layout.columns[index].toUpperCase());
}

/** Whether a column holds labels by its format, however many values it has. */
export function isLabelColumn(layout: CorpusLayout, name: string): boolean {
  return formatOf(layout).labelColumns.includes(name);
}

/** Label counts of one column over several files; undefined once there are too many to be labels. */
class ColumnTally {
  private readonly counts = new Map<string, number>();
  private tooMany = false;
  private evidence: SchemeEvidence | undefined;

  constructor(
    readonly name: string,
    /** Offered however many values it has. */
    private readonly isLabelColumn: boolean,
  ) {}

  add(column: ColumnSummary): void {
    this.evidence = this.evidence ? addEvidence(this.evidence, column.evidence) : column.evidence;
    if (column.counts.length === 0 && column.evidence.tokens > 0) this.tooMany = true;
    for (const [value, count] of column.counts) this.counts.set(value, (this.counts.get(value) ?? 0) + count);
  }

  /** The column as it is offered, or undefined: fewer than two values, or too many. */
  finish(): LabelColumn | undefined {
    if (!this.evidence || this.tooMany || this.counts.size < 2) return undefined;
    if (!this.isLabelColumn && this.counts.size > maximumLabels) return undefined;
    const labels = [...this.counts]
      .map(([label, count]) => ({ label, count }))
      .sort((a, b) => b.count - a.count);
    return { name: this.name, labels, scheme: schemeOf(this.evidence) };
  }
}

/**
 * Label columns on offer, in their order: those of the format with at least two values; then the others with
 * 2 to {@link maximumLabels} values, the last first.
 */
export function offeredColumns(
  layout: CorpusLayout,
  files: readonly (readonly ColumnSummary[])[],
): LabelColumn[] {
  const byIndex = new Map<number, ColumnTally>();
  for (const columns of files) {
    for (const column of columns) {
      const name = layout.columns[column.index];
      if (neverOffered.has(name.toUpperCase()) || column.index === layout.form) continue;
      let tally = byIndex.get(column.index);
      if (!tally) byIndex.set(column.index, (tally = new ColumnTally(name, isLabelColumn(layout, name))));
      tally.add(column);
    }
  }
  const { labelColumns } = formatOf(layout);
  const rank = (index: number): number => {
    const known = labelColumns.indexOf(layout.columns[index]);
    return known >= 0 ? known : labelColumns.length + layout.columns.length - index;
  };
  return [...byIndex]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([, tally]) => tally.finish())
    .filter((column) => column !== undefined);
}
