import assert from 'node:assert/strict';
import { CompiledSession } from '../../../src/kernels/compiledSession';
import type { Device } from '../../../src/kernels/device';
import { GradientSum } from '../../../src/kernels/gradients';
import type { MatrixData, Shape } from '../../../src/kernels/kernels';
import { leavesAlong, leavesOf, mapLeaves } from '../../../src/kernels/tree';
import type { Leaves } from '../../../src/kernels/tree';
import type { Sweep } from '../../../src/model/batches';
import { trainingShapes } from '../../../src/model/network/programShapes';
import type { DropoutMasks } from '../../../src/model/network/programShapes';
import { copyParameters, mapParameters, tablesOf } from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import { forwardRecipe, trainingRecipe } from '../../../src/model/sessionRecipes';
import type { Network } from '../../../src/model/sizes';
import { SweepFiller } from '../../../src/model/sweepFiller';
import type { FeatureSource } from '../../../src/model/tokenRows';
import { named } from './named';
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
  parameters: NetworkParameters<MatrixData>,
  network: Network,
  sentences: readonly (LabelledSentence | undefined)[],
  T: number,
) {
  const B = sentences.length;
  const present = sentences.filter((sentence) => sentence !== undefined);
  const start = new Uint32Array(B + 1);
  sentences.forEach((sentence, s) => (start[s + 1] = start[s] + (sentence?.labels.length ?? 0)));
  const sweep: Sweep = {
    sentences: Int32Array.from(sentences, (sentence, s) => (sentence ? s : -1)),
    count: present.length,
    offset: 0,
    length: T,
    tokens: start[B],
  };
  const words = Uint32Array.from({ length: start[B] }, (_, token) => token);
  const labels = Int32Array.from(present.flatMap((sentence) => sentence.labels));
  const features = featuresFrom(present.flatMap((sentence) => sentence.features));
  const own = copyParameters(parameters, (length) => device.allocate(length));

  // In one piece on every device, so that all rows can be looked at.
  const forward = new CompiledSession(device, forwardRecipe(own, network, 1));
  const [forwardShard] = new SweepFiller(forward, network, features).fill(sweep, { start, words }).shards;
  await forward.run();
  const { yHat, hLast } = copies(forwardShard.outputs.results);
  forward.dispose();

  const recipe = trainingRecipe(own, network, []);
  const training = new CompiledSession(device, recipe);
  const filler = new SweepFiller(training, network, features);
  const [shard] = filler.fill(sweep, { start, words }, labels).shards;
  fillDrops(shard.batch.drops, network, sentences, T);
  await training.run();
  const { gradients, results } = copies(shard.outputs);
  assert.ok(gradients);
  const sum = new GradientSum(recipe.learned);
  sum.add(gradients, shard);
  training.dispose();
  return {
    gradients: gradientsOf(sum, parameters),
    sums: gradients.sums,
    loss: results.loss,
    hLast: results.hLast,
    yHat,
    forwardLast: hLast,
  };
}

function copies<T>(tree: T): Leaves<T, MatrixData> {
  return mapLeaves(tree, (values: MatrixData): MatrixData => values.slice());
}

function fillDrops(
  masks: DropoutMasks<MatrixData>,
  network: Network,
  sentences: readonly (LabelledSentence | undefined)[],
  T: number,
): void {
  const B = sentences.length;
  const list = leavesOf<MatrixData>(masks);
  const columns = leavesOf<Shape>(trainingShapes(network, T, B).drops).map((shape) => shape.columns);
  list.forEach((mask, n) => {
    const width = columns[n];
    // Padding has masks as well, which must not matter.
    mask.fill(2);
    sentences.forEach((sentence, beta) => {
      if (!sentence) return;
      const own = leavesAlong<MatrixData>(masks, sentence.drops)[n];
      for (let t = 0; t < Math.min(T, sentence.labels.length); t++)
        mask.set(own.subarray(t * width, (t + 1) * width), (t * B + beta) * width);
    });
  });
}

function gradientsOf(
  sum: GradientSum,
  parameters: NetworkParameters<MatrixData>,
): Record<string, ArrayLike<number>> {
  const { rows } = sum;
  let weight = 0;
  let table = 0;
  const tables = new Set(tablesOf(parameters));
  return named(
    mapParameters(parameters, (values): ArrayLike<number> => {
      if (!tables.has(values)) return sum.weights[weight++];
      const width = rows.values[table].length / rows.ids.length;
      const gradient = new Float64Array(values.length);
      for (let n = 0; n < rows.count; n++)
        gradient.set(rows.values[table].subarray(n * width, (n + 1) * width), rows.ids[n] * width);
      table++;
      return gradient;
    }),
  );
}
