import type { LabelScheme } from '../corpus/corpus';
import type { Dataset } from '../corpus/dataset';
import type { ForwardPass } from '../model/forwardPass';
import { largest } from '../model/decoding/largest';
import { scorePredictions } from './metrics';
import type { Scores } from './scores';

/** The least probability that a loss is taken of: float32's smallest number, so that one token costs at most 103 nats. */
const leastProbability = 2 ** -149;

/**
 * Scores the forward pass's parameters on a set. `between` is asked often whether to go on; undefined where it said no.
 */
export async function evaluate(
  forward: ForwardPass,
  dataset: Dataset,
  labels: readonly string[],
  scheme: LabelScheme,
  between: () => boolean | Promise<boolean> = () => true,
): Promise<Scores | undefined> {
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
  return done ? scorePredictions(dataset, { labels: predicted, loss: known > 0 ? loss / known : 0 }, labels, scheme) : undefined;
}
