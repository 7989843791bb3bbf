import { uniform } from '../../../src/common/random';
import type { BatchStep } from '../../../src/corpus/batches';
import type { Activation, Device } from '../../../src/kernels/kernels';
import { WordColumns } from '../../../src/model/gradients';
import { Minibatch } from '../../../src/model/minibatch';
import { forwardProgram, forwardShapes, trainingProgram, trainingShapes } from '../../../src/model/network';
import { allocateParameters, parameterNames } from '../../../src/model/parameters';
import type { ParameterName, Parameters, Sizes } from '../../../src/model/parameters';

export interface LabelledSentence {
  readonly words: readonly number[];
  readonly labels: readonly number[];
}

/** Parameters drawn uniformly from −bound to bound. */
export function randomParameters(sizes: Sizes, seed: number, bound = 0.8): Parameters {
  const parameters = allocateParameters(sizes, (length) => new Float64Array(length));
  parameterNames.forEach((name, n) => parameters[name].forEach((_, i) => (parameters[name][i] = bound * (2 * uniform(seed, n, i) - 1))));
  return parameters;
}

export function randomSentence({ K, L }: Sizes, T: number, seed: number): LabelledSentence {
  const draw = (n: number, t: number, stream: number): number => Math.floor(uniform(seed, t, stream) * n);
  return {
    words: Array.from({ length: T }, (_, t) => draw(K, t, 1)),
    labels: Array.from({ length: T }, (_, t) => draw(L, t, 2)),
  };
}

/** f and its inputs s_t, and E, of one sentence: the derivation's formulas, one number at a time, without any kernel. */
export function byHand({ U, V, W, b, c, H, L }: Parameters, activation: Activation, { words, labels }: LabelledSentence) {
  const f = { tanh: Math.tanh, sigmoid: (x: number) => 1 / (1 + Math.exp(-x)), relu: (x: number) => Math.max(0, x) }[activation];
  let h = new Float64Array(H);
  let E = 0;
  const s: number[] = [];
  const yHat: number[][] = [];
  words.forEach((word, t) => {
    const next = new Float64Array(H);
    for (let i = 0; i < H; i++) {
      let sum = W[word * H + i] + b[i];
      for (let j = 0; j < H; j++) sum += U[i * H + j] * h[j];
      s.push(sum);
      next[i] = f(sum);
    }
    h = next;
    const exponentials = Array.from({ length: L }, (_, l) => Math.exp(h.reduce((sum, value, j) => sum + V[l * H + j] * value, c[l])));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    yHat.push(exponentials.map((value) => value / total));
    E -= Math.log(yHat[t][labels[t]]);
  });
  return { E, s, yHat };
}

/** One minibatch through the training and the forward program. Gradients by the parameters' symbols; dW in full. */
export async function runMinibatch(device: Device, parameters: Parameters, activation: Activation, sentences: readonly (LabelledSentence | undefined)[], T: number) {
  const { K, H, U, V, W, b, c } = parameters;
  const B = sentences.length;
  const start = new Uint32Array(B + 1);
  sentences.forEach((sentence, s) => (start[s + 1] = start[s] + (sentence?.words.length ?? 0)));
  const words = Uint32Array.from(sentences.flatMap((sentence) => sentence?.words ?? []));
  const labels = Int32Array.from(sentences.flatMap((sentence) => sentence?.labels ?? []));
  const step: BatchStep = {
    sentences: Int32Array.from(sentences, (sentence, s) => (sentence ? s : -1)),
    count: sentences.filter(Boolean).length,
    offset: 0,
    length: T,
    tokens: words.length,
  };
  const minibatch = new Minibatch(device, H);
  const { Wx, y, mask, h0, words: rowWords } = minibatch.fill(step, { start, words }, W, labels);
  const training = await device.compile(trainingProgram(activation), trainingShapes(parameters, T, B));
  const forward = await device.compile(forwardProgram(activation), forwardShapes(parameters, T, B));
  const outputs = { ...(await training.run({ Wx, U, V, b, c, mask, h0, y })) };
  const { yHat, hLast } = await forward.run({ Wx, U, V, b, c, mask, h0 });
  const columns = new WordColumns(K, H);
  columns.add(outputs.delta, rowWords);
  const dW = new Float64Array(K * H);
  for (let n = 0; n < columns.count; n++) dW.set(columns.values.subarray(n * H, (n + 1) * H), columns.words[n] * H);
  const gradients: Record<ParameterName, ArrayLike<number>> = { U: outputs.dU, V: outputs.dV, W: dW, b: outputs.db, c: outputs.dc };
  return { gradients, loss: outputs.loss, delta: outputs.delta, hLast: outputs.hLast, forwardLast: hLast, yHat, B, T };
}

/** Largest magnitude of `a − b`, relative to that of b. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return largest === 0 ? difference : difference / largest;
}
