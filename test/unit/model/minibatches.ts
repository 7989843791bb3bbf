import type { Device, MatrixData } from '../../../src/kernels/kernels';
import type { BatchStep } from '../../../src/model/batches';
import { RowGradients, denseGradients, sumGradients } from '../../../src/model/gradients';
import { Minibatch } from '../../../src/model/minibatch';
import {
  dropoutInputs,
  forwardProgram,
  forwardShapes,
  trainingProgram,
  trainingShapes,
} from '../../../src/model/network';
import type { Network } from '../../../src/model/network';
import { tablesOf } from '../../../src/model/parameters';
import type { Parameters } from '../../../src/model/parameters';
import type { FeatureSource } from '../../../src/model/windowRows';
import type { LabelledSentence } from './tiny';

/** Gives each token the features that a list has for it; the words are the tokens' places in the list. */
export function featuresFrom(list: readonly (readonly number[])[]): FeatureSource {
  return {
    write: (words, _first, _end, at, out, to) => {
      list[words[at]].forEach((feature, n) => (out[to + n] = feature));
      return to + list[words[at]].length;
    },
    roomFor: (words, first, end) => {
      let room = 0;
      for (let at = first; at < end; at++) room += list[words[at]].length;
      return room;
    },
  };
}

/**
 * One minibatch through the training and the forward program, padded to T. Gradients by the parameters'
 * names, of tables in full.
 */
export async function runMinibatch(
  device: Device,
  parameters: Parameters,
  network: Network,
  sentences: readonly (LabelledSentence | undefined)[],
  T: number,
) {
  const B = sentences.length;
  const present = sentences.filter((sentence) => sentence !== undefined);
  const start = new Uint32Array(B + 1);
  sentences.forEach((sentence, s) => (start[s + 1] = start[s] + (sentence?.labels.length ?? 0)));
  const step: BatchStep = {
    sentences: Int32Array.from(sentences, (sentence, s) => (sentence ? s : -1)),
    count: present.length,
    offset: 0,
    length: T,
    tokens: start[B],
  };
  const words = Uint32Array.from({ length: start[B] }, (_, token) => token);
  const labels = Int32Array.from(present.flatMap((sentence) => sentence.labels));
  const minibatch = new Minibatch(
    device,
    network,
    parameters,
    featuresFrom(present.flatMap(({ features }) => features)),
  );
  const forward = await device.compile(forwardProgram(network), forwardShapes(network, T, B));
  const { yHat, ...forwardLast } = copies(
    await forward.run(minibatch.fill(step, { start, words }, forwardShapes(network, T, B))),
  );
  const training = await device.compile(trainingProgram(network), trainingShapes(network, T, B));
  const inputs = minibatch.fill(step, { start, words }, trainingShapes(network, T, B), labels);
  fillDrops(inputs, network, sentences, T);
  const outputs = copies(await training.run(inputs));
  return {
    gradients: gradientsOf(outputs, parameters, minibatch),
    outputs,
    loss: outputs.loss,
    yHat,
    forwardLast,
    B,
    T,
  };
}

function copies(outputs: Readonly<Record<string, MatrixData>>): Record<string, MatrixData> {
  return Object.fromEntries(Object.entries(outputs).map(([name, values]) => [name, values.slice()]));
}

function fillDrops(
  inputs: Readonly<Record<string, MatrixData>>,
  network: Network,
  sentences: readonly (LabelledSentence | undefined)[],
  T: number,
): void {
  const B = sentences.length;
  for (const { name, columns } of dropoutInputs(network)) {
    // Padding has masks as well, which must not matter.
    inputs[name].fill(2);
    sentences.forEach((sentence, beta) => {
      for (let t = 0; t < Math.min(T, sentence?.labels.length ?? 0); t++) {
        inputs[name].set(
          sentence!.drops![name].subarray(t * columns, (t + 1) * columns),
          (t * B + beta) * columns,
        );
      }
    });
  }
}

function gradientsOf(
  outputs: Readonly<Record<string, MatrixData>>,
  { sizes, values }: Parameters,
  { rows: { starts, ids } }: Minibatch,
): Record<string, ArrayLike<number>> {
  const rows = new RowGradients(sizes);
  rows.add(sumGradients(outputs, sizes), starts, ids);
  const tables = tablesOf(sizes).map(({ name, width }, table): [string, ArrayLike<number>] => {
    const gradient = new Float64Array(values[name].length);
    for (let n = 0; n < rows.count; n++)
      gradient.set(rows.values[table].subarray(n * width, (n + 1) * width), rows.ids[n] * width);
    return [name, gradient];
  });
  return { ...Object.fromEntries(tables), ...denseGradients(outputs, sizes) };
}
