/** CRFsuite on the same sets, scored by the same scorer. */
import { readFileSync } from 'node:fs';
import { scorePredictions } from '../../src/training/metrics';
import type { Scores } from '../../src/training/scores';
import { crfFeatures, crfModel, crfTag, readCrfLabels } from '../peers/crfsuite';
import type { CrfSentence } from '../peers/crfsuite';
import { percent } from './ourRun';
import type { AccuracySet } from './sets';

export interface CrfRun {
  /** On development data, in percent. */
  readonly score: number;
  /** Training alone, and with features written and read, and the development set labelled. */
  readonly seconds: number;
  readonly wholeSeconds: number;
  /** Tokens of the development set. */
  readonly tokens: number;
}

/** @param train a file: the whole training set or a part of it. */
export async function trainCrf(
  { dev, crfColumns: columns, crfFeatures: features, crfIterations: iterations, reading }: AccuracySet,
  train: string,
): Promise<CrfRun> {
  const beganMs = performance.now();
  const model = await crfModel({ train, columns, features, iterations });
  const { output } = await crfTag(model, await crfFeatures([dev], columns, features));
  const scores = scoreCrf(readCrfLabels(readFileSync(output, 'utf8')), reading);
  return {
    score: percent(scores),
    seconds: model.trainingSeconds,
    wholeSeconds: (performance.now() - beganMs) / 1000,
    tokens: scores.tokens,
  };
}

/** Scores as the product's own labels get them; there is no loss. */
export function scoreCrf(labelled: readonly CrfSentence[], reading: AccuracySet['reading']): Scores {
  const numbers = new Map<string, number>();
  const number = (label: string): number => {
    const known = numbers.get(label) ?? numbers.size;
    numbers.set(label, known);
    return known;
  };
  const gold = Int32Array.from(labelled.flatMap((sentence) => sentence.gold.map(number)));
  const predicted = labelled.flatMap((sentence) => sentence.predicted.map(number));
  const start = new Uint32Array(labelled.length + 1);
  labelled.forEach((sentence, s) => (start[s + 1] = start[s] + sentence.gold.length));
  const labels = [...numbers.keys()];
  const dataset = {
    sentences: labelled.length,
    tokens: gold.length,
    start,
    labels: gold,
    gold: { values: labels, ids: Uint32Array.from(gold) },
  };
  return scorePredictions(dataset, { labels: predicted, loss: NaN }, { ...reading, labels });
}
