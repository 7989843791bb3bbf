import type {
  ColumnSummary,
  Corpus,
  CorpusLayout,
  LabelColumn,
  LabelScheme,
  SchemeEvidence,
} from '../corpus';
import { formatOf } from '../formats';
import { splitLabel } from './notation';
import { addEvidence, schemeOf } from './scheme';

/** A column with more distinct values than this is learned only where its format, or somebody, says so. */
export const maximumLabels = 300;

/** A column with more distinct values than this is never offered, unless its format says so. */
export const mostListedLabels = 5000;

/** Columns that hold no labels, whatever the format. */
const neverLabels = new Set(['ID', 'SENTENCE', 'FORM', 'LEMMA', 'HEAD', 'DEPS', 'MISC']);

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
    /** Its place among the columns of which the format says that they hold labels; −1 for any other. */
    readonly known: number,
    /** The scheme that a person says. */
    private readonly stated: LabelScheme | undefined,
    /** It has no field of its own: what has goes before it. */
    private readonly isKey: boolean,
  ) {}

  add(column: ColumnSummary): void {
    this.evidence = this.evidence ? addEvidence(this.evidence, column.evidence) : column.evidence;
    if (column.counts.length === 0 && column.evidence.tokens > 0) this.tooMany = true;
    for (const [value, count] of column.counts) this.counts.set(value, (this.counts.get(value) ?? 0) + count);
  }

  /** The column as it is offered, or undefined: fewer than two values, or too many. */
  finish(): OfferedColumn | undefined {
    if (!this.evidence || this.tooMany || this.counts.size < 2) return undefined;
    // Words and their lemmas are no labels.
    if (this.known < 0 && this.counts.size > maximumLabels && this.counts.size > this.evidence.tokens / 2)
      return undefined;
    const labels = [...this.counts]
      .map(([label, count]) => ({ label, count }))
      .sort((a, b) => b.count - a.count);
    const scheme = this.stated ?? schemeOf(this.evidence);
    const column = { name: this.name, labels, scheme };
    return { column, group: this.groupOf(column), inside: insideOf(this.evidence, scheme) };
  }

  private groupOf({ labels, scheme }: LabelColumn): number {
    if (this.known >= 0) return 2;
    if (labels.length > maximumLabels) return 5;
    if (this.isKey) return 4;
    if (scheme !== 'none') return isChunks(labels, scheme) ? 1 : 0;
    return labels.every(({ label }) => /^[\d.,:%+_-]+$/.test(label)) ? 4 : 3;
  }
}

/** A column with what ranks it: its group, and how many tokens are in spans. */
interface OfferedColumn {
  readonly column: LabelColumn;
  readonly group: number;
  readonly inside: number;
}

function insideOf({ tokens, prefix, suffix, outside }: SchemeEvidence, scheme: LabelScheme): number {
  if (scheme === 'IO') return tokens - outside;
  const { begin, inside, end, single } = scheme.endsWith('suffix') ? suffix : prefix;
  return begin + inside + end + single;
}

const phrase = /^(?:[A-Z]*NP|VP|PP|ADJP|ADVP|SBAR|PRT|CONJP|INTJ|LST|UCP|NC|VC|PC)$/;

/** Whether spans are phrases of the kind of CoNLL-2000: people mean them less often than entities. */
function isChunks(labels: LabelColumn['labels'], scheme: LabelScheme): boolean {
  const typed = labels.filter(({ label }) => splitLabel(label, scheme).type !== '');
  const phrases = typed.filter(({ label }) => phrase.test(splitLabel(label, scheme).type));
  const tokens = (some: LabelColumn['labels']): number => some.reduce((sum, { count }) => sum + count, 0);
  return typed.length > 0 && tokens(phrases) >= 0.9 * tokens(typed);
}

/**
 * Label columns on offer, in their order: columns of spans, the fullest first, phrases behind others; those
 * of which the format says that they hold labels, in its order; other columns with 2 to
 * {@link maximumLabels} values, the last first, numbers behind others; and columns with more values, which
 * are learned where somebody says so alone.
 */
export function offeredColumns(
  layout: CorpusLayout,
  files: readonly (readonly ColumnSummary[])[],
): LabelColumn[] {
  const { labelColumns } = formatOf(layout);
  const byIndex = new Map<number, ColumnTally>();
  for (const columns of files) {
    for (const column of columns) {
      const name = layout.columns[column.index];
      if (neverOffered.has(name.toUpperCase()) || column.index === layout.form) continue;
      let tally = byIndex.get(column.index);
      if (!tally)
        byIndex.set(
          column.index,
          (tally = new ColumnTally(
            name,
            labelColumns.indexOf(name),
            layout.scheme,
            column.index >= layout.columns.length - (layout.keys ?? 0),
          )),
        );
      tally.add(column);
    }
  }
  return [...byIndex]
    .flatMap(([index, tally]) => {
      const offered = tally.finish();
      return offered ? [{ ...offered, rank: tally.known >= 0 ? tally.known : -index }] : [];
    })
    .sort(
      (a, b) =>
        Number(a.group === 5) - Number(b.group === 5) ||
        Number(isNameless(a.column.name)) - Number(isNameless(b.column.name)) ||
        a.group - b.group ||
        b.inside - a.inside ||
        a.rank - b.rank,
    )
    .map(({ column }) => column);
}

/** Whether a column has its number for a name, since nothing is known of it, or a person does not care. */
function isNameless(name: string): boolean {
  return /^COLUMN\d+$/.test(name);
}

/**
 * Label columns of which none is clearly meant more than the others, the first on offer among them: columns of
 * tags that have no names. One, where the format or a header says what the columns are, or labels make spans:
 * of those the fullest is meant.
 */
export function similarColumns({ layout, columns }: Pick<Corpus, 'layout' | 'columns'>): LabelColumn[] {
  const [first] = columns;
  if (!first || first.scheme !== 'none' || first.labels.length > maximumLabels) return columns.slice(0, 1);
  if (layout.header || formatOf(layout).columnNames === 'given') return [first];
  return columns.filter(
    (column) =>
      column === first ||
      (column.scheme === 'none' &&
        column.labels.length <= maximumLabels &&
        isNameless(column.name) &&
        !isMostly(column, /\d/) &&
        column.labels.some(({ label }) => /\p{L}/u.test(label))),
  );
}

/** Whether nearly all of a column's labels match, counted by tokens. */
function isMostly({ labels }: LabelColumn, pattern: RegExp): boolean {
  const tokens = (some: LabelColumn['labels']): number => some.reduce((sum, { count }) => sum + count, 0);
  return tokens(labels.filter(({ label }) => pattern.test(label))) >= 0.9 * tokens(labels);
}

/** Whether a column is learned only where somebody names it: it has very many values. */
export function isUnlikely(layout: CorpusLayout, { name, labels }: LabelColumn): boolean {
  return labels.length > maximumLabels && !isLabelColumn(layout, name);
}
