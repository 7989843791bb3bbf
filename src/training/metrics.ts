import type { Span } from '../corpus/corpus';
import type { Dataset } from '../corpus/dataset';
import { cutsWords, wordsOf } from '../corpus/labels/segmentation';
import type { LabelReading } from '../corpus/labels/segmentation';
import { spansOf } from '../corpus/labels/spans';
import type { MatchScores, Scores } from './scores';

export type { LabelReading } from '../corpus/labels/segmentation';

/** What a model says of each token of a set. */
export interface Predictions {
  /** Numbers of the predicted labels. */
  readonly labels: ArrayLike<number>;
  /** Mean cross-entropy per token, in nats. */
  readonly loss: number;
}

/** A set's sentences and gold labels. */
export type GoldSet = Pick<Dataset, 'sentences' | 'tokens' | 'start' | 'labels' | 'gold'>;

/** Scores predictions against gold. `reading.labels` are the model's labels by number. */
export function scorePredictions(dataset: GoldSet, predictions: Predictions, reading: LabelReading): Scores {
  const { sentences, tokens } = dataset;
  let right = 0;
  for (let token = 0; token < tokens; token++)
    if (dataset.labels[token] === predictions.labels[token]) right++;
  const scores = { tokens, sentences, loss: predictions.loss, accuracy: share(right, tokens) };
  if (reading.scheme === 'none') return scores;
  const counts = { gold: 0, predicted: 0, correct: 0 };
  for (const { gold, predicted } of sentenceSpans(dataset, predictions, reading)) {
    counts.gold += gold.length;
    counts.predicted += predicted.length;
    counts.correct += inBoth(gold, predicted).length;
  }
  return { ...scores, spans: matchScores(counts) };
}

/** The spans of each sentence in its turn, words where the labels cut text into words. */
export function* sentenceSpans(
  { sentences, start, gold }: GoldSet,
  predictions: Predictions,
  reading: LabelReading,
): Generator<{ readonly sentence: number; readonly gold: Span[]; readonly predicted: Span[] }, void> {
  const { labels, scheme } = reading;
  const read = cutsWords(reading) ? wordsOf : spansOf;
  for (let sentence = 0; sentence < sentences; sentence++) {
    const goldLabels: string[] = [];
    const predictedLabels: string[] = [];
    for (let token = start[sentence]; token < start[sentence + 1]; token++) {
      goldLabels.push(gold.values[gold.ids[token]]);
      predictedLabels.push(labels[predictions.labels[token]]);
    }
    yield { sentence, gold: read(goldLabels, scheme), predicted: read(predictedLabels, scheme) };
  }
}

/**
 * The spans that the two have in common: same tokens and same type. Spans of a sentence are in order and
 * apart.
 */
export function inBoth(a: readonly Span[], b: readonly Span[]): Span[] {
  const common: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i].start === b[j].start && a[i].end === b[j].end && a[i].type === b[j].type) common.push(a[i]);
    if (a[i].end <= b[j].end) i++;
    else j++;
  }
  return common;
}

/**
 * Precision, recall and F1 (the harmonic mean of the two: 2 · correct / (gold + predicted)) from counts, as
 * `conlleval` gives them.
 */
export function matchScores({
  gold,
  predicted,
  correct,
}: Pick<MatchScores, 'gold' | 'predicted' | 'correct'>): MatchScores {
  return {
    precision: share(correct, predicted),
    recall: share(correct, gold),
    f1: share(2 * correct, gold + predicted),
    gold,
    predicted,
    correct,
  };
}

/** 0 of nothing. */
export function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
