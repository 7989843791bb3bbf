import assert from 'node:assert/strict';
import { hash32, uniform } from '../../../../src/common/random';
import { startSimdThread } from '../../../../src/engine/node/simdThreads';
import type { Device } from '../../../../src/kernels/device';
import { GradientSum } from '../../../../src/kernels/gradients';
import { updateOnHost } from '../../../../src/kernels/hostUpdate';
import type { MatrixData } from '../../../../src/kernels/kernels';
import { openSession } from '../../../../src/kernels/openSession';
import { createSimdDevice } from '../../../../src/kernels/simd/device';
import type { UpdateMethod, UpdateOptions } from '../../../../src/kernels/update';
import { createOptimiserState } from '../../../../src/model/optimiser';
import {
  copyParameters,
  learnedOf,
  listParameters,
  plainArrays,
  tablesOf,
  zipParameters,
} from '../../../../src/model/parameters';
import type { NetworkParameters } from '../../../../src/model/parameters';
import { trainingRecipe } from '../../../../src/model/sessionRecipes';
import type { TrainingShard } from '../../../../src/model/sessionRecipes';
import type { Network } from '../../../../src/model/sizes';
import { bothWays, networkWith, randomParameters, relativeError } from '../../model/tiny';

const K = 60;
const [T, B, shardCount] = [7, 4, 3];
/** Of the tables only rows below this occur, and from one step to the next not the same. */
const occurring = 40;
const methods: readonly UpdateMethod[] = ['sgd', 'momentum', 'adam'];
const networks: Readonly<Record<string, Network>> = {
  'one-hot': networkWith({ H: 9, L: 5 }),
  'one-hot, both directions': networkWith({ H: 70, L: 5, directions: bothWays }),
  'features, two layers, both directions, a CRF': networkWith({
    E: 6,
    H: 12,
    L: 4,
    layers: 2,
    directions: bothWays,
    transitions: true,
  }),
};
/**
 * In float32 1 − β₂ is off by 1.3e-5 of its value, and so is what Adam remembers of the gradients' squares.
 */
const tolerance = 2e-5;
const plain: UpdateOptions = {
  method: 'sgd',
  learningRate: 0.05,
  tableRate: 0.05,
  clip: 0,
  sentences: 12,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  step: 1,
};

/** Tokens of a step: up to four features each, none included; with one-hot input, one. */
function fill(shards: readonly TrainingShard[], network: Network, step: number): void {
  shards.forEach(({ starts, ids, batch }, index) => {
    let at = 0;
    for (let r = 0; r < T * B; r++) {
      starts[r] = at;
      const features = network.E > 0 ? hash32(step, index, r, 1) % 5 : 1;
      for (let n = 0; n < features; n++)
        ids[at++] = Math.floor(occurring * uniform(step, index, r, 10 + n) ** 2);
      batch.mask[r] = 1;
      batch.y[r] = hash32(step, index, r, 2) % network.L;
    }
    starts[T * B] = at;
    for (const states of [...batch.h0, batch.zeros]) states?.fill(0);
  });
}

/** What learns on a device, step by step. */
function onDevice(device: Device, network: Network, method: UpdateMethod) {
  const parameters = copyParameters(randomParameters(network, K, 5, 0.3), (length) =>
    device.allocate(length),
  );
  const { moments } = createOptimiserState(parameters, method, (length) => device.allocate(length));
  const recipe = trainingRecipe(parameters, network, moments);
  const session = openSession(device, recipe);
  const step = (options: UpdateOptions) => {
    const shards = session.prepare(T, B, shardCount, 4 * T * B);
    fill(shards, network, options.step);
    const norm = session.update(options);
    assert.ok(!(norm instanceof Promise), 'there is nothing to wait for');
    return { norm, shards };
  };
  return { parameters, moments, recipe, step, dispose: () => session.dispose() };
}

function hostCopy(parameters: NetworkParameters<MatrixData>): NetworkParameters<MatrixData> {
  return copyParameters(parameters, plainArrays('float64'));
}

describe('the update of simd', function () {
  this.timeout(600_000);
  for (const method of methods) {
    for (const [form, network] of Object.entries(networks)) {
      const name = `${method}, ${form}`;

      it(`is that of the host, given its gradients: ${name}`, () => {
        const device = createSimdDevice();
        for (const given of [{}, { tableRate: 0.4 }, { clip: 0.05, tableRate: 0.01, sentences: 5 }]) {
          const { parameters, moments, recipe, step, dispose } = onDevice(device, network, method);
          const expected = hostCopy(parameters);
          const expectedMoments = moments.map(hostCopy);
          const sum = new GradientSum(recipe.learned);
          for (let n = 1; n <= 4; n++) {
            const options = { ...plain, method, ...given, step: n };
            const { norm, shards } = step(options);
            sum.clear();
            for (const shard of shards) sum.add(shard.outputs.gradients!, shard);
            const expectedNorm = updateOnHost(
              learnedOf(expected, network),
              sum,
              expectedMoments.map((moment) => learnedOf(moment, network)),
              options,
            );
            assert.ok(Math.abs(norm / expectedNorm - 1) < 1e-6, `the norm is ${norm}, not ${expectedNorm}`);
            [parameters, ...moments].forEach((set, index) => {
              zipParameters(set, [expected, ...expectedMoments][index], (actual, values, place) => {
                const error = relativeError(actual, values);
                assert.ok(
                  error < tolerance,
                  `${JSON.stringify(place)} of set ${index} deviates by ${error} in step ${n}`,
                );
              });
            });
          }
          dispose();
        }
        device.dispose();
      });

      it(`leaves rows alone that did not occur, and takes those that did: ${name}`, () => {
        const device = createSimdDevice();
        const { parameters, moments, step, dispose } = onDevice(device, network, method);
        const before = hostCopy(parameters);
        const { shards } = step({ ...plain, method });
        const touched = new Set(shards.flatMap(({ starts, ids }) => [...ids.subarray(0, starts[T * B])]));
        assert.ok(touched.size > 5 && touched.size < occurring);
        const width = network.E > 0 ? network.E : network.H;
        for (const table of tablesOf(parameters).keys()) {
          for (let row = 0; row < K; row++) {
            const of = (set: NetworkParameters<MatrixData>): number[] =>
              Array.from(tablesOf(set)[table].subarray(row * width, (row + 1) * width));
            assert.equal(
              of(parameters).join() === of(before).join(),
              !touched.has(row),
              `row ${row} of table ${table}`,
            );
            for (const moment of moments)
              assert.equal(
                of(moment).every((value) => value === 0),
                !touched.has(row),
              );
          }
        }
        dispose();
        device.dispose();
      });

      it(`gives the same bits for any number of threads: ${name}`, () => {
        const outcomes = [1, 2, 3].map((threads) => {
          const device = createSimdDevice({ threads, startThread: startSimdThread });
          const { parameters, moments, step, dispose } = onDevice(device, network, method);
          const norms = [1, 2, 3, 4, 5].map((n) => step({ ...plain, method, clip: 0.1, step: n }).norm);
          const sets = [parameters, ...moments].flatMap((set) =>
            listParameters(set).map(({ leaf }) =>
              Buffer.from(Float32Array.from(leaf).buffer).toString('hex'),
            ),
          );
          dispose();
          device.dispose();
          return [...norms, ...sets].join();
        });
        assert.equal(outcomes[1], outcomes[0]);
        assert.equal(outcomes[2], outcomes[0]);
      });
    }
  }

  it('is refused for a program that learns nothing', () => {
    const device = createSimdDevice();
    const session = openSession(device, {
      program: (k, { sums: [x] }) => ({ results: k.add(x, x) }),
      weightShapes: {},
      batchShapes: () => ({}),
      learned: { weights: {}, tables: [{ width: 4, values: device.allocate(8) }] },
      plans: 1,
    });
    session.prepare(1, 1, 1, 1);
    assert.throws(() => session.update(plain), /learns nothing/);
    device.dispose();
  });
});
