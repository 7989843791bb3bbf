import type { Dataset } from '../corpus/dataset';
import { calibrate, calibrationAt } from '../model/decoding/calibration';
import type { LabelledSentence, Labelling } from '../model/labelling';
import { scoreDetails } from './details';
import { scorePredictions } from './metrics';
import type { LabelReading } from './metrics';
import { isBetter } from './scores';
import type { ScoreDetails, Scores } from './scores';
import type { TrainingWords } from './trainingWords';

/** Asked often whether to go on. */
type Between = () => boolean | Promise<boolean>;

/** Scores, and what lies behind them. */
export interface Evaluation {
  readonly scores: Scores;
  readonly details: ScoreDetails;
}

/** Biases of O that are tried. */
const outsideBiases = [0, 0.5, 1, 1.5, 2, 2.5, 3];

/**
 * Scores a labelling's parameters on a set; undefined where `between` said no. `reading.labels` are theirs,
 * by number. Where labels make spans and there is an O, with the bias that gives the best F1, which the
 * scores then name.
 */
export async function evaluate(
  labelling: Labelling,
  dataset: Dataset,
  reading: LabelReading,
  between?: Between,
): Promise<Scores | undefined> {
  const biases = reading.scheme !== 'none' && reading.labels.includes('O') ? outsideBiases : [0];
  const predicted = biases.map(() => new Uint16Array(dataset.tokens));
  const loss = await visit(labelling, dataset, between, (sentence, at) =>
    biases.forEach((bias, i) => predicted[i].set(sentence.labels(bias), at)),
  );
  if (loss === undefined) return undefined;
  let best: Scores | undefined;
  for (const [i, labels] of predicted.entries()) {
    const scores = {
      ...scorePredictions(dataset, { labels, loss }, reading),
      ...(biases.length > 1 && { outsideBias: biases[i] }),
    };
    if (!best || isBetter(scores, best)) best = scores;
    const goOn = between?.() ?? true;
    if (!(goOn instanceof Promise ? await goOn : goOn)) return undefined;
  }
  return best;
}

/**
 * Probabilities that are held at a time, 200 MB; with more of them (thousands of labels) a set is not
 * calibrated.
 */
const mostProbabilities = 50_000_000;

/** What a detailed evaluation is told besides. */
export interface DetailOptions {
  /** The words of the training data: words are scored by whether they are among them. */
  readonly trainingWords?: TrainingWords;
  /** A temperature that was fitted elsewhere; without, one is fitted on a half of the set. */
  readonly temperature?: number;
}

/** As {@link evaluate}, label by label too, and how far the probabilities can be trusted. */
export async function evaluateInDetail(
  labelling: Labelling,
  dataset: Dataset,
  reading: LabelReading,
  options: DetailOptions,
  between?: Between,
): Promise<Evaluation | undefined> {
  const L = reading.labels.length;
  const calibrated = dataset.tokens * L <= mostProbabilities;
  const yHat = new Float32Array(calibrated ? dataset.tokens * L : 0);
  const labels = new Uint16Array(dataset.tokens);
  const loss = await visit(labelling, dataset, between, (sentence, at) => {
    labels.set(sentence.labels(), at);
    if (calibrated) yHat.set(sentence.probabilities(), at * L);
  });
  if (loss === undefined) return undefined;
  const predictions = { labels, loss };
  const set = { yHat, L, gold: dataset.labels, sentenceStart: dataset.start, chosen: labels };
  const calibration = !calibrated
    ? undefined
    : options.temperature === undefined
      ? calibrate(set)
      : calibrationAt(set, options.temperature);
  const details = scoreDetails(dataset, predictions, reading, options.trainingWords);
  return {
    scores: scorePredictions(dataset, predictions, reading),
    details: { ...details, ...(calibration && { calibration }) },
  };
}

/**
 * Shows all sentences; gives the mean loss per token whose label is known, or undefined where `between` said
 * no.
 */
async function visit(
  labelling: Labelling,
  dataset: Dataset,
  between: Between | undefined,
  show: (sentence: LabelledSentence, first: number) => void,
): Promise<number | undefined> {
  let loss = 0;
  let known = 0;
  const done = await labelling.run(
    dataset,
    (sentence, first, tokens) => {
      for (let t = 0; t < tokens; t++) if (dataset.labels[first + t] >= 0) known++;
      loss += sentence.loss(dataset.labels, first);
      show(sentence, first);
    },
    between,
  );
  if (!done) return undefined;
  return known > 0 ? loss / known : 0;
}
