import type { Device, MatrixData } from '../kernels/kernels';
import { ForwardPass } from './forwardPass';
import type { TaggerModel } from './modelFile';
import { copyParameters, parameterNames } from './parameters';

/** One sentence's labels. */
export interface Prediction {
  /** The number of each token's most probable label; of equal ones, the lowest. */
  readonly labels: Uint16Array;
  /** ŷ, T×L. */
  readonly probabilities: MatrixData;
}

/** Labels sentences with a model on a device. */
export interface Predictor {
  /**
   * Any number of sentences of any length, empty ones included; words that the model does not know go as the unknown one.
   * A sentence gets the same labels alone and among others. Calls are answered one after the other.
   */
  predict(sentences: readonly (readonly string[])[]): Promise<Prediction[]>;
  dispose(): void;
}

export function createPredictor(device: Device, model: TaggerModel): Predictor {
  const parameters = copyParameters(model.parameters, (length) => device.allocate(length));
  const forward = new ForwardPass(device, parameters, model.settings.activation);
  const L = model.labels.length;
  let last: Promise<unknown> = Promise.resolve();

  async function predict(sentences: readonly (readonly string[])[]): Promise<Prediction[]> {
    const start = new Uint32Array(sentences.length + 1);
    sentences.forEach((sentence, s) => (start[s + 1] = start[s] + sentence.length));
    const words = new Uint32Array(start[sentences.length]);
    sentences.forEach((sentence, s) => sentence.forEach((word, t) => (words[start[s] + t] = model.vocabulary.idOf(word))));
    const labels = new Uint16Array(words.length);
    const probabilities = device.precision === 'float64' ? new Float64Array(words.length * L) : new Float32Array(words.length * L);
    await forward.run({ start, words }, (token, yHat, offset) => {
      labels[token] = largest(yHat, offset, L);
      for (let i = 0; i < L; i++) probabilities[token * L + i] = yHat[offset + i];
    });
    return sentences.map((_, s) => ({
      labels: labels.slice(start[s], start[s + 1]),
      probabilities: probabilities.slice(start[s] * L, start[s + 1] * L),
    }));
  }

  return {
    predict(sentences) {
      const result = last.then(() => predict(sentences));
      last = result.catch(() => undefined);
      return result;
    },
    dispose() {
      // Not under a prediction that is going on.
      void last.finally(() => {
        forward.dispose();
        for (const name of parameterNames) device.release(parameters[name]);
      });
    },
  };
}

/** The index, from `offset`, of the largest of `length` numbers; of equal ones, the first. */
export function largest(values: MatrixData, offset: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) if (values[offset + i] > values[offset + best]) best = i;
  return best;
}
