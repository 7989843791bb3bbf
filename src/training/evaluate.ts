import type { Dataset } from '../corpus/dataset';
import { calibrate, calibrationAt } from '../model/decoding/calibration';
import type { Calibration, LabelledProbabilities } from '../model/decoding/calibration';
import type { LabelledSentence, Labelling } from '../model/labelling';
import { mostLabelsOfEpoch } from '../run/epochRecord';
import type { LabelF1 } from '../run/epochRecord';
import { scoreDetails } from './details';
import { scorePredictions } from './metrics';
import type { LabelReading, Predictions } from './metrics';
import { isBetter } from './scores';
import type { ScoreDetails, Scores } from './scores';
import type { TrainingWords } from './trainingWords';

/** Scores of an epoch, and F1 of its most frequent labels. */
export interface EpochEvaluation {
  readonly scores: Scores;
  readonly labels: readonly LabelF1[];
}

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
): Promise<EpochEvaluation | undefined> {
  const biases = reading.scheme !== 'none' && reading.labels.includes('O') ? outsideBiases : [0];
  const predicted = biases.map(() => new Uint16Array(dataset.tokens));
  const loss = await visit(labelling, dataset, between, (sentence, at) =>
    biases.forEach((bias, i) => predicted[i].set(sentence.labels(bias), at)),
  );
  if (loss === undefined) return undefined;
  let best: { readonly scores: Scores; readonly labels: Uint16Array } | undefined;
  for (const [i, labels] of predicted.entries()) {
    const scores = {
      ...scorePredictions(dataset, { labels, loss }, reading),
      ...(biases.length > 1 && { outsideBias: biases[i] }),
    };
    if (!best || isBetter(scores, best.scores)) best = { scores, labels };
    const goOn = between?.() ?? true;
    if (!(goOn instanceof Promise ? await goOn : goOn)) return undefined;
  }
  return best && { scores: best.scores, labels: labelF1s(dataset, { labels: best.labels, loss }, reading) };
}

/** In thousandths, of the labels with the most support. */
function labelF1s(dataset: Dataset, predictions: Predictions, reading: LabelReading): LabelF1[] {
  return scoreDetails(dataset, predictions, reading)
    .labels.slice(0, mostLabelsOfEpoch)
    .map(({ label, f1 }) => [label, Math.round(1000 * f1) / 1000]);
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
  /** Called with what the scores were made of, before it is let go. */
  readonly inspect?: (evidence: Evidence) => void;
}

/** What a labelling says of a set. */
export interface Evidence {
  /** S: numbers of the predicted labels. */
  readonly labels: Uint16Array;
  /** N: −log p of each sentence's gold labels, in nats. */
  readonly losses: Float64Array;
  /** S×L: ŷ, where the set was calibrated. */
  readonly probabilities?: LabelledProbabilities;
  readonly calibration?: Calibration;
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
  const losses = new Float64Array(dataset.sentences);
  let next = 0;
  const loss = await visit(labelling, dataset, between, (sentence, at, own) => {
    // Sentences without tokens are not visited.
    while (dataset.start[next] !== at || dataset.start[next + 1] === at) next++;
    losses[next] = own;
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
  options.inspect?.({
    labels,
    losses,
    ...(calibrated && { probabilities: set }),
    ...(calibration && { calibration }),
  });
  const details = scoreDetails(dataset, predictions, reading, options.trainingWords);
  return {
    scores: scorePredictions(dataset, predictions, reading),
    details: { ...details, ...(calibration && { calibration }) },
  };
}

/**
 * Shows all sentences, with their losses; gives the mean loss per token whose label is known, or undefined where `between` said
 * no.
 */
async function visit(
  labelling: Labelling,
  dataset: Dataset,
  between: Between | undefined,
  show: (sentence: LabelledSentence, first: number, loss: number) => void,
): Promise<number | undefined> {
  let loss = 0;
  let known = 0;
  const done = await labelling.run(
    dataset,
    (sentence, first, tokens) => {
      for (let t = 0; t < tokens; t++) if (dataset.labels[first + t] >= 0) known++;
      const own = sentence.loss(dataset.labels, first);
      loss += own;
      show(sentence, first, own);
    },
    between,
  );
  if (!done) return undefined;
  return known > 0 ? loss / known : 0;
}
