/** What is asked at a place: by what questions are told apart, and how labels are written in them. */
import type { FileTokens, LabelDraft } from '../answers/labelDraft';
import type { Span } from '../corpus';
import type { Doubt } from './doubts';

/** Labels, as text or model have them. */
export type Said = Doubt['gold'];

/** Whose label is meant. */
export interface AskedColumn {
  /** The corpus, by its id. */
  readonly corpus: string;
  readonly column: string;
}

/** The same for all places at which one answer does. Where spans stand in the words counts, too. */
export function keyOf(
  { corpus, column }: AskedColumn,
  { words, gold, predicted, target, isGuess }: Omit<Doubt, 'uncertainty'>,
): string {
  const placed = ({ label, spans }: Said): unknown =>
    label ?? spans.map(({ start, end, type }) => [start - target.index, end - target.index, type]);
  return JSON.stringify([corpus, column, words, placed(gold), placed(predicted), isGuess]);
}

/**
 * What would be asked at a place next, once it has other labels and the model still says the same; undefined where
 * both agree then.
 */
export function keyOnceLabelled(
  { doubt, ...column }: AskedColumn & { readonly doubt: Doubt },
  gold: Said,
): string | undefined {
  // A guess is what the model finds second: it predicts that there is nothing.
  const predicted = doubt.isGuess ? { spans: [] } : doubt.predicted;
  if (isSaid(gold, predicted)) return undefined;
  return keyOf(column, { ...doubt, gold, predicted, isGuess: false });
}

/** "PER + LOC". */
export function joinedLabels({ label, spans }: Said): string {
  return label ?? spans.map(({ type }) => type).join(' + ');
}

export function isSaid(a: Said, b: Said): boolean {
  return (
    a.label === b.label &&
    a.spans.length === b.spans.length &&
    a.spans.every(({ start, end, type }, i) => {
      const own = b.spans[i];
      return start === own.start && end === own.end && type === own.type;
    })
  );
}

/** What a draft says of the tokens of a doubt by now. */
export function saidNow(
  draft: LabelDraft,
  at: FileTokens,
  { gold, target }: Pick<Doubt, 'gold' | 'target'>,
): Said {
  if (gold.label !== undefined) return { label: draft.labelOf(at), spans: [] };
  const start = at.first - target.index;
  const spans: Span[] = [];
  for (let token = at.first; token < at.end; token++) {
    const span = draft.spanAt(at.sentence, token);
    if (!span || spans.some((known) => known.start === span.first - start)) continue;
    spans.push({ start: span.first - start, end: span.end - start, type: span.type });
  }
  return { spans };
}
