import type { Dataset } from '../corpus/dataset';
import type { ForwardPass } from '../model/forwardPass';
import { largest } from '../model/predictor';
import { scoreDetails } from './details';
import { scorePredictions } from './metrics';
import type { LabelReading, Predictions } from './metrics';
import type { ScoreDetails, Scores } from './scores';
import type { TrainingWords } from './trainingWords';

/** The least probability that a loss is taken of: float32's smallest number, so that one token costs at most 103 nats. */
const leastProbability = 2 ** -149;

/** Asked often whether to go on. */
type Between = () => boolean | Promise<boolean>;

/** Scores, and what lies behind them. */
export interface Evaluation {
  readonly scores: Scores;
  readonly details: ScoreDetails;
}

/** Scores the forward pass's parameters on a set; undefined where `between` said no. `reading.labels` are theirs, by number. */
export async function evaluate(forward: ForwardPass, dataset: Dataset, reading: LabelReading, between?: Between): Promise<Scores | undefined> {
  const predictions = await predict(forward, dataset, reading, between);
  return predictions && scorePredictions(dataset, predictions, reading);
}

/** As {@link evaluate}, label by label too; and where the words of the training data are given, by whether a word is one of them. */
export async function evaluateInDetail(
  forward: ForwardPass,
  dataset: Dataset,
  reading: LabelReading,
  trainingWords?: TrainingWords,
  between?: Between,
): Promise<Evaluation | undefined> {
  const predictions = await predict(forward, dataset, reading, between);
  return predictions && { scores: scorePredictions(dataset, predictions, reading), details: scoreDetails(dataset, predictions, reading, trainingWords) };
}

async function predict(forward: ForwardPass, dataset: Dataset, { labels }: LabelReading, between: Between = () => true): Promise<Predictions | undefined> {
  const predicted = new Uint16Array(dataset.tokens);
  let loss = 0;
  let known = 0;
  const done = await forward.run(
    dataset,
    (token, yHat, offset) => {
      predicted[token] = largest(yHat, offset, labels.length);
      const gold = dataset.labels[token];
      if (gold < 0) return;
      // E_t = −y_tᵀ log ŷ_t
      loss -= Math.log(Math.max(yHat[offset + gold], leastProbability));
      known++;
    },
    between,
  );
  return done ? { labels: predicted, loss: known > 0 ? loss / known : 0 } : undefined;
}
