import type { LabelScheme, Span } from '../corpus';
import type { TrainingCorpus } from '../dataset';
import { partsUnder } from './notation';
import { spansOf } from './spans';

/** What decides how labels are read. */
export type LabelReading = Pick<TrainingCorpus, 'labels' | 'scheme' | 'characters'>;

/**
 * Whether labels cut text into words: tokens are characters, and the labels are prefixes alone, without O, so
 * that every character belongs to a word. Labels outside of the scheme are slips, and make no difference.
 */
export function cutsWords({ labels, scheme, characters }: LabelReading): boolean {
  if (!characters || scheme === 'none') return false;
  const parts = labels.map((label) => partsUnder(label, scheme));
  return parts.every((label) => label === undefined || (label.prefix !== 'O' && label.type === ''));
}

/**
 * The words of one sentence: its spans, and each character outside of them (its label is none of the scheme)
 * as one of its own.
 */
export function wordsOf(labels: readonly string[], scheme: LabelScheme): Span[] {
  const words: Span[] = [];
  let at = 0;
  const alone = (before: number): void => {
    for (; at < before; at++) words.push({ start: at, end: at + 1, type: '' });
  };
  for (const { start, end } of spansOf(labels, scheme)) {
    alone(start);
    words.push({ start, end, type: '' });
    at = end;
  }
  alone(labels.length);
  return words;
}
