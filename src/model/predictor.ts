import type { Span } from '../corpus/corpus';
import { FeatureEncoder } from '../corpus/features/encoder';
import { spansOf } from '../corpus/labels/spans';
import type { Device } from '../kernels/device';
import type { MatrixData } from '../kernels/kernels';
import { applyTemperature } from './decoding/calibration';
import { SpanProbability } from './decoding/spanProbability';
import { ForwardPass } from './forwardPass';
import { Labelling, overflowError } from './labelling';
import type { LabelledSentence } from './labelling';
import { unrollNetwork } from './network/unrolled';
import type { UnrolledNetwork } from './network/unrolled';
import { copyParameters, listParameters } from './parameters';
import { networkOf } from './settings/networkOf';
import type { TaggerModel } from './taggerModel';
import type { Sentences as NumberedSentences } from './tokenRows';

/** One sentence's labels. */
export interface Prediction {
  /** The number of each token's label: together the best sequence that the label scheme allows. */
  readonly labels: Uint16Array;
  /**
   * T×L: how probable each label is at each token, by the temperature that was fitted on development data.
   */
  readonly probabilities: MatrixData;
  /** The spans that the labels make, where their scheme has any, in order. */
  readonly spans: readonly PredictedSpan[];
}

/** Where the error is that goes back through time. */
export interface UnrolledError {
  /** t, from 0. */
  readonly at: number;
  /** The number of the label y_t; without one, the most probable label that the model does not give. */
  readonly label?: number;
}

/** A sentence with what the network computes of it. */
export interface UnrolledPrediction {
  /** The same as {@link Predictor.predict} gives. */
  readonly prediction: Prediction;
  readonly network: UnrolledNetwork;
  /** The number of the label y_t. */
  readonly label: number;
  /** By token: the rows of the table that its features have. */
  readonly rows: readonly Int32Array[];
}

export interface PredictedSpan extends Span {
  /** How probable it is that a span of this type stands just there: see {@link SpanProbability}. */
  readonly probability: number;
}

/** Words by sentence, or what stands at them in another column. */
type Sentences = readonly (readonly string[])[];

/**
 * Values of the further columns that a model reads, by its names of them. One that is left out adds nothing.
 */
export type ColumnValues = ReadonlyMap<string, Sentences>;

/** Labels sentences with a model on a device. */
export interface Predictor {
  /** The further columns that the model reads. */
  readonly columns: readonly string[];
  /**
   * Any number of sentences of any length, empty ones included; words that the model does not know go as the
   * unknown one. A sentence gets the same labels alone and among others. Calls are answered one after the
   * other.
   * @throws {InputError} where the model's numbers overflow.
   */
  predict(sentences: Sentences, columns?: ColumnValues): Promise<Prediction[]>;
  /** The labels alone: see {@link Prediction.labels}. */
  labels(sentences: Sentences, columns?: ColumnValues): Promise<Uint16Array[]>;
  /**
   * The network over one sentence of at least one word and at most {@link windowLength}, step by step, with the
   * error of one step going back through time.
   * @param columns of this sentence alone.
   * @throws {InputError} where the model's numbers overflow.
   */
  unroll(
    words: readonly string[],
    columns: ColumnValues | undefined,
    error: UnrolledError,
  ): Promise<UnrolledPrediction>;
  dispose(): void;
}

export function createPredictor(device: Device, model: TaggerModel): Predictor {
  const L = model.labels.length;
  const encoder = new FeatureEncoder(model.features);
  const temperature = model.calibration?.temperature ?? 1;
  const parameters = copyParameters(model.parameters, (length) => device.allocate(length));
  const release = (): void => {
    for (const { leaf } of listParameters(parameters)) device.release(leaf);
  };
  const spanProbability =
    model.scheme === 'none'
      ? undefined
      : new SpanProbability(
          model.labels,
          model.scheme,
          parameters.A?.map((score) => score / temperature),
        );
  const forward = orRelease(
    () => new ForwardPass(device, parameters, networkOf(model.settings, L), encoder),
    release,
  );
  const labelling = new Labelling(forward, model.labels, model.scheme, parameters.A, model.outsideBias);
  let last: Promise<unknown> = Promise.resolve();

  /** Runs what is asked for once all that was asked for before is done. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  async function run(
    sentences: Sentences,
    columns: ColumnValues | undefined,
    take: (sentence: LabelledSentence) => Prediction,
  ): Promise<Prediction[]> {
    const encoded = encode(sentences, columns, encoder);
    const found = new Map<number, Prediction>();
    await labelling.run(encoded, (sentence, first) => {
      if (!sentence.sound) throw overflowError();
      found.set(first, take(sentence));
    });
    const none = { labels: new Uint16Array(0), probabilities: new Float32Array(0), spans: [] };
    return sentences.map(({ length }, s) => (length === 0 ? none : found.get(encoded.start[s])!));
  }

  function predict(sentences: Sentences, columns?: ColumnValues): Promise<Prediction[]> {
    return run(sentences, columns, (sentence) => {
      const probabilities = sentence.probabilities().slice();
      for (let offset = 0; offset < probabilities.length; offset += L)
        applyTemperature(probabilities, offset, L, temperature);
      const labels = sentence.labels();
      return { labels, probabilities, spans: spansIn(labels, probabilities, sentence.z) };
    });
  }

  function spansIn(
    labels: Uint16Array,
    probabilities: MatrixData,
    z: MatrixData | undefined,
  ): PredictedSpan[] {
    if (!spanProbability) return [];
    const spans = spansOf(
      Array.from(labels, (label) => model.labels[label]),
      model.scheme,
    );
    if (spans.length === 0) return [];
    // softmax(z/T), of a whole sequence of labels too.
    if (z)
      spanProbability.take(
        z.map((score) => score / temperature),
        0,
        labels.length,
      );
    else spanProbability.takeProbabilities(probabilities, 0, labels.length);
    return spans.map((span) => ({ ...span, probability: spanProbability.of(span, labels, 0) }));
  }

  async function labels(sentences: Sentences, columns?: ColumnValues): Promise<Uint16Array[]> {
    const predictions = await run(sentences, columns, (sentence) => ({
      labels: sentence.labels(),
      probabilities: new Float32Array(0),
      spans: [],
    }));
    return predictions.map((prediction) => prediction.labels);
  }

  async function unroll(
    words: readonly string[],
    columns: ColumnValues | undefined,
    { at, label }: UnrolledError,
  ): Promise<UnrolledPrediction> {
    const [prediction] = await predict([words], columns);
    const { start, words: types, columns: values } = encode([words], columns, encoder);
    const T = words.length;
    const starts = new Int32Array(T + 1);
    const ids = new Int32Array(encoder.roomFor(types, 0, T, values));
    for (let t = 0; t < T; t++)
      starts[t + 1] = encoder.write(types, 0, start[1], t, ids, starts[t], undefined, values);
    const y = label ?? nextBest(prediction, at, L);
    const network = await unrollNetwork(device, parameters, networkOf(model.settings, L), {
      starts,
      ids,
      at,
      label: y,
    });
    return {
      prediction,
      network,
      label: y,
      rows: words.map((_, t) => ids.subarray(starts[t], starts[t + 1])),
    };
  }

  return {
    columns: encoder.columns,
    unroll: (words, columns, error) => inTurn(() => unroll(words, columns, error)),
    labels: (sentences, columns) => inTurn(() => labels(sentences, columns)),
    predict: (sentences, columns) => inTurn(() => predict(sentences, columns)),
    dispose() {
      // Not under a prediction that is going on.
      void last.finally(() => {
        forward.dispose();
        release();
      });
    },
  };
}

/** The most probable label of token t but for the one that is given to it; that one where there is no other. */
function nextBest({ labels, probabilities }: Prediction, t: number, L: number): number {
  let best: number = labels[t];
  for (let l = 0; l < L; l++) {
    const isBetter = best === labels[t] || probabilities[t * L + l] > probabilities[t * L + best];
    if (l !== labels[t] && isBetter) best = l;
  }
  return best;
}

/** What `make` gives; where that fails, what was taken before is given back. */
function orRelease<Result>(make: () => Result, release: () => void): Result {
  try {
    return make();
  } catch (error) {
    release();
    throw error;
  }
}

/** Sentences in the encoder's numbers. */
function encode(
  sentences: Sentences,
  columns: ColumnValues | undefined,
  encoder: FeatureEncoder,
): NumberedSentences {
  if (encoder.full) encoder.reset();
  const start = new Uint32Array(sentences.length + 1);
  for (let s = 0; s < sentences.length; s++) start[s + 1] = start[s] + sentences[s].length;
  const numbered = (values: Sentences, numberOf: (value: string) => number): Uint32Array => {
    const numbers = new Uint32Array(start[sentences.length]);
    sentences.forEach(({ length }, s) => {
      if (values[s].length !== length)
        throw new RangeError(`${values[s].length} values for ${length} tokens`);
      for (let t = 0, at = start[s]; t < length; t++, at++) numbers[at] = numberOf(values[s][t]);
    });
    return numbers;
  };
  return {
    start,
    words: numbered(sentences, (word) => encoder.typeOf(word)),
    columns: encoder.columns.map((name, column) => {
      const values = columns?.get(name);
      return values && numbered(values, (value) => encoder.columnTypeOf(column, value));
    }),
  };
}
