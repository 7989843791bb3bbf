import type { Vocabulary } from '../corpus/vocabulary';
import type { Device, MatrixData } from '../kernels/kernels';
import { largest } from './decoding/largest';
import { ForwardPass } from './forwardPass';
import type { TokenVisitor } from './forwardPass';
import type { Sentences } from './minibatch';
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
  /** The labels alone: see {@link Prediction.labels}. */
  labels(sentences: readonly (readonly string[])[]): Promise<Uint16Array[]>;
  dispose(): void;
}

export function createPredictor(device: Device, model: TaggerModel): Predictor {
  const parameters = copyParameters(model.parameters, (length) => device.allocate(length));
  const forward = new ForwardPass(device, parameters, model.settings.activation);
  const L = model.labels.length;
  let last: Promise<unknown> = Promise.resolve();

  /** Runs what is asked for once all that was asked for before is done. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  async function labels(sentences: readonly (readonly string[])[], also: TokenVisitor = () => undefined): Promise<Uint16Array[]> {
    const encoded = encode(sentences, model.vocabulary);
    const ids = new Uint16Array(encoded.words.length);
    await forward.run(encoded, (token, yHat, offset) => {
      ids[token] = largest(yHat, offset, L);
      also(token, yHat, offset);
    });
    return sentences.map((_, s) => ids.subarray(encoded.start[s], encoded.start[s + 1]));
  }

  async function predict(sentences: readonly (readonly string[])[]): Promise<Prediction[]> {
    const tokens = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
    const probabilities = device.precision === 'float64' ? new Float64Array(tokens * L) : new Float32Array(tokens * L);
    const found = await labels(sentences, (token, yHat, offset) => {
      for (let i = 0; i < L; i++) probabilities[token * L + i] = yHat[offset + i];
    });
    let from = 0;
    return found.map((ids) => ({ labels: ids, probabilities: probabilities.slice(from * L, (from += ids.length) * L) }));
  }

  return {
    labels: (sentences) => inTurn(() => labels(sentences)),
    predict: (sentences) => inTurn(() => predict(sentences)),
    dispose() {
      // Not under a prediction that is going on.
      void last.finally(() => {
        forward.dispose();
        for (const name of parameterNames) device.release(parameters[name]);
      });
    },
  };
}

/** Sentences in a model's numbers. */
function encode(sentences: readonly (readonly string[])[], vocabulary: Vocabulary): Sentences {
  const start = new Uint32Array(sentences.length + 1);
  for (let s = 0; s < sentences.length; s++) start[s + 1] = start[s] + sentences[s].length;
  const words = new Uint32Array(start[sentences.length]);
  let token = 0;
  for (const sentence of sentences) for (const word of sentence) words[token++] = vocabulary.idOf(word);
  return { start, words };
}
