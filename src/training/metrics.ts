import type { LabelScheme, Span } from '../corpus/corpus';
import type { Dataset } from '../corpus/dataset';
import { spansOf } from '../corpus/labels/spans';
import type { Scores, SpanScores } from './scores';

/** What a model says of each token of a set. */
export interface Predictions {
  /** Numbers of the predicted labels. */
  readonly labels: ArrayLike<number>;
  /** Mean cross-entropy per token, in nats. */
  readonly loss: number;
}

/** Scores predictions against gold. `labels` are the model's labels by number. */
export function scorePredictions(
  dataset: Pick<Dataset, 'sentences' | 'tokens' | 'start' | 'labels' | 'gold'>,
  predictions: Predictions,
  labels: readonly string[],
  scheme: LabelScheme,
): Scores {
  const { sentences, tokens, start, gold } = dataset;
  let right = 0;
  for (let token = 0; token < tokens; token++) if (dataset.labels[token] === predictions.labels[token]) right++;
  const scores = { tokens, sentences, loss: predictions.loss, accuracy: share(right, tokens) };
  if (scheme === 'none') return scores;
  const counts = { gold: 0, predicted: 0, correct: 0 };
  for (let s = 0; s < sentences; s++) {
    const goldLabels: string[] = [];
    const predictedLabels: string[] = [];
    for (let token = start[s]; token < start[s + 1]; token++) {
      goldLabels.push(gold.values[gold.ids[token]]);
      predictedLabels.push(labels[predictions.labels[token]]);
    }
    const goldSpans = spansOf(goldLabels, scheme);
    const predictedSpans = spansOf(predictedLabels, scheme);
    counts.gold += goldSpans.length;
    counts.predicted += predictedSpans.length;
    counts.correct += inBoth(goldSpans, predictedSpans);
  }
  return { ...scores, spans: spanScores(counts) };
}

/** Precision, recall and F1 (the harmonic mean of the two: 2 · correct / (gold + predicted)) from counts of spans, as `conlleval` gives them. */
export function spanScores({ gold, predicted, correct }: Pick<SpanScores, 'gold' | 'predicted' | 'correct'>): SpanScores {
  return { precision: share(correct, predicted), recall: share(correct, gold), f1: share(2 * correct, gold + predicted), gold, predicted, correct };
}

/** How many spans the two have in common: same tokens and same type. Spans of a sentence are in order and apart. */
function inBoth(a: readonly Span[], b: readonly Span[]): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i].start === b[j].start && a[i].end === b[j].end && a[i].type === b[j].type) common++;
    if (a[i].end <= b[j].end) i++;
    else j++;
  }
  return common;
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
