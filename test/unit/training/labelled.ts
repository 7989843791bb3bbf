import type { LabelScheme } from '../../../src/corpus/corpus';
import type { GoldSet, LabelReading, Predictions } from '../../../src/training/metrics';

/** A token by its gold and its predicted label, and the word where it matters. */
export type LabelledToken = readonly [gold: string, predicted: string, word?: string];

export interface LabelledSet {
  readonly dataset: GoldSet & { readonly words: Uint32Array };
  readonly predictions: Predictions;
  readonly reading: LabelReading;
}

/**
 * Sentences as a set with predictions for it, their words numbered as in `words`. The model knows the
 * predicted labels and `known`.
 */
export function labelledSet(
  sentences: readonly (readonly LabelledToken[])[],
  scheme: LabelScheme,
  {
    known = [],
    characters = false,
    words = [],
  }: { known?: readonly string[]; characters?: boolean; words?: readonly string[] } = {},
): LabelledSet {
  const tokens = sentences.flat();
  const labels = [...new Set([...known, ...tokens.map(([, predicted]) => predicted)])];
  const values = [...new Set(tokens.map(([gold]) => gold))];
  const start = new Uint32Array(sentences.length + 1);
  sentences.forEach((sentence, s) => (start[s + 1] = start[s] + sentence.length));
  return {
    dataset: {
      sentences: sentences.length,
      tokens: tokens.length,
      start,
      words: Uint32Array.from(tokens, ([, , word = '']) => Math.max(0, words.indexOf(word))),
      labels: Int32Array.from(tokens, ([gold]) => labels.indexOf(gold)),
      gold: { values, ids: Uint32Array.from(tokens, ([gold]) => values.indexOf(gold)) },
    },
    predictions: { labels: tokens.map(([, predicted]) => labels.indexOf(predicted)), loss: 0.25 },
    reading: { labels, scheme, characters },
  };
}

/** A sentence of labels that are written with spaces between them. */
export function zip(gold: string, predicted: string): LabelledToken[] {
  const labels = predicted.split(' ');
  return gold.split(' ').map((label, t) => [label, labels[t]]);
}
