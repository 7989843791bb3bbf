/** Spans in the notations of columns, told apart from how the project does it: `O`, `B:PER` and `I:PER`. */
import type { LabelScheme } from '../../../../src/corpus/corpus';

const typeOf = (label: string): string | undefined => (label === 'O' ? undefined : label.slice(2));
const begins = (label: string | undefined): boolean => label?.startsWith('B') === true;
const goesOn = (label: string | undefined): boolean => label?.startsWith('I') === true;

export function writeSpans(labels: readonly string[], scheme: LabelScheme): string[] {
  return labels.map((label, i) => {
    const type = typeOf(label);
    if (type === undefined) return 'O';
    const [before, after] = [labels.at(i - 1), labels.at(i + 1)];
    const touchesBefore = i > 0 && before !== undefined && typeOf(before) === type;
    const ends = !goesOn(after);
    const touchesAfter = after !== undefined && typeOf(after) === type;
    switch (scheme) {
      case 'IOB1':
        return `${begins(label) && touchesBefore ? 'B' : 'I'}-${type}`;
      case 'IOE1':
        return `${ends && touchesAfter ? 'E' : 'I'}-${type}`;
      case 'IOE2':
        return `${ends ? 'E' : 'I'}-${type}`;
      case 'IOBES':
        return `${begins(label) ? (ends ? 'S' : 'B') : ends ? 'E' : 'I'}-${type}`;
      case 'IO':
        return type;
      default:
        return `${begins(label) ? 'B' : 'I'}-${type}`;
    }
  });
}

export function readSpans(written: readonly string[], scheme: LabelScheme): string[] {
  const parts = written.map((label) =>
    label === 'O' ? undefined : scheme === 'IO' ? ['I', label] : [label[0], label.slice(2)],
  );
  return parts.map((part, i) => {
    if (!part) return 'O';
    const [letter, type] = part;
    const before = i > 0 ? parts[i - 1] : undefined;
    const isOther = before === undefined || before[1] !== type;
    const isFirst =
      scheme === 'IOBES' || scheme === 'IOB2'
        ? letter === 'B' || letter === 'S'
        : scheme === 'IOB1'
          ? letter === 'B' || isOther
          : isOther || before[0] === 'E';
    return `${isFirst ? 'B' : 'I'}:${type}`;
  });
}

/** Types alone do not tell neighbours apart. */
export function asScheme(labels: readonly string[], scheme: LabelScheme): string[] {
  if (scheme !== 'IO') return [...labels];
  return labels.map((label, i) =>
    begins(label) && i > 0 && typeOf(labels[i - 1]) === typeOf(label) ? `I${label.slice(1)}` : label,
  );
}

/** A range, or of one word in a span the whole span. */
function meant(labels: readonly string[], first: number, end: number): [first: number, end: number] {
  if (end - first > 1 || labels[first] === 'O') return [first, end];
  let [from, to] = [first, end];
  while (goesOn(labels[from])) from--;
  while (goesOn(labels.at(to)) && to < labels.length) to++;
  return [from, to];
}

/** What is left of a span behind a range is one of its own. */
function withRange(labels: readonly string[], [first, end]: [number, number], type?: string): string[] {
  return labels.map((label, i) => {
    if (i >= first && i < end) return type === undefined ? 'O' : `${i === first ? 'B' : 'I'}:${type}`;
    return i === end && goesOn(label) ? `B${label.slice(1)}` : label;
  });
}

export const labelled = (labels: readonly string[], first: number, end: number, type: string): string[] =>
  withRange(labels, meant(labels, first, end), type);

export const removed = (labels: readonly string[], first: number, end: number): string[] =>
  withRange(labels, meant(labels, first, end));

/** The span that a word is in, with one word more or less at a side; undefined where that is nothing. */
export function resized(
  labels: readonly string[],
  first: number,
  side: 'start' | 'end',
  by: 1 | -1,
): string[] | undefined {
  if (labels[first] === 'O') return undefined;
  const [from, to] = meant(labels, first, first + 1);
  const [start, end] = side === 'start' ? [from - by, to] : [from, to + by];
  if (start < 0 || end > labels.length || start >= end) return undefined;
  return withRange(withRange(labels, [from, to]), [start, end], labels[from].slice(2));
}

/** Spans in the place of all that touch a range. @param spans with starts and ends in the sentence. */
export function replaced(
  labels: readonly string[],
  first: number,
  end: number,
  spans: readonly { readonly start: number; readonly end: number; readonly type: string }[],
): string[] {
  let now = [...labels];
  for (let i = first; i < end; i++) if (labels[i] !== 'O') now = withRange(now, meant(labels, i, i + 1));
  for (const { start, end: to, type } of spans) now = withRange(now, [start, to], type);
  return now;
}
