import type { ColumnSummary, CorpusFormat, LabelColumn, SchemeEvidence } from '../corpus';
import { addEvidence, schemeOf } from './scheme';

/**
 * A column with more distinct values than this is not offered for labels (CoNLL-U's own label columns always
 * are).
 */
export const maximumLabels = 300;

/** CoNLL-U's label columns, in the order in which they are offered. */
const treebankLabels: readonly string[] = ['UPOS', 'XPOS', 'FEATS', 'DEPREL'];

/** Columns that hold no labels, whatever the format. ANNOTATOR is Universal NER's last column. */
const neverLabels = new Set(['ID', 'FORM', 'LEMMA', 'HEAD', 'DEPS', 'MISC', 'ANNOTATOR']);

/** Positions of the columns that are kept of a file: the word, and those that may hold labels. */
export function keptColumns(format: CorpusFormat): number[] {
  const others = format.columns
    .map((_, index) => index)
    .filter((index) => index !== format.form && mayHoldLabels(format, index));
  return [format.form, ...others];
}

/** Whether a column may be trained on, by its name and position. */
export function mayHoldLabels(format: CorpusFormat, index: number): boolean {
  if (index === format.form) return false;
  return (
    !neverLabels.has(format.columns[index].toUpperCase()) ||
    (format.kind === 'columns' && format.columns[index] === 'ANNOTATOR')
  );
}

/** Label counts of one column over several files; undefined once there are too many to be labels. */
class ColumnTally {
  private readonly counts = new Map<string, number>();
  private tooMany = false;
  private evidence: SchemeEvidence | undefined;

  constructor(
    readonly name: string,
    private readonly treebank: boolean,
  ) {}

  add(column: ColumnSummary): void {
    this.evidence = this.evidence ? addEvidence(this.evidence, column.evidence) : column.evidence;
    if (column.counts.length === 0 && column.evidence.tokens > 0) this.tooMany = true;
    for (const [value, count] of column.counts) this.counts.set(value, (this.counts.get(value) ?? 0) + count);
  }

  /** The column as it is offered, or undefined: fewer than two values, or too many. */
  finish(): LabelColumn | undefined {
    if (!this.evidence || this.tooMany || this.counts.size < 2) return undefined;
    if (!this.treebank && this.counts.size > maximumLabels) return undefined;
    const labels = [...this.counts]
      .map(([label, count]) => ({ label, count }))
      .sort((a, b) => b.count - a.count);
    return { name: this.name, labels, scheme: schemeOf(this.evidence) };
  }
}

/**
 * Label columns on offer, in their order: CoNLL-U's UPOS, XPOS, FEATS and DEPREL with at least two values;
 * then, and in column files, the columns with 2 to {@link maximumLabels} values, the last first.
 */
export function offeredColumns(
  format: CorpusFormat,
  files: readonly (readonly ColumnSummary[])[],
): LabelColumn[] {
  const byIndex = new Map<number, ColumnTally>();
  for (const columns of files) {
    for (const column of columns) {
      const name = format.columns[column.index];
      if (neverLabels.has(name.toUpperCase()) || column.index === format.form) continue;
      let tally = byIndex.get(column.index);
      if (!tally) byIndex.set(column.index, (tally = new ColumnTally(name, isTreebankLabel(format, name))));
      tally.add(column);
    }
  }
  const rank = (index: number): number => {
    const treebank = isTreebankLabel(format, format.columns[index])
      ? treebankLabels.indexOf(format.columns[index])
      : -1;
    return treebank >= 0 ? treebank : treebankLabels.length + format.columns.length - index;
  };
  return [...byIndex]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([, tally]) => tally.finish())
    .filter((column) => column !== undefined);
}

/** Whether a column is one of CoNLL-U's own, which are offered however many values they have. */
export function isTreebankLabel(format: CorpusFormat, name: string): boolean {
  return format.kind === 'conllu' && treebankLabels.includes(name);
}
