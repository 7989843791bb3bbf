import assert from 'node:assert/strict';
import { hash32, uniform } from '../../../../src/common/random';
import { startSimdThread } from '../../../../src/engine/node/simdThreads';
import type { Device, Shard, UpdateMethod, UpdateOptions } from '../../../../src/kernels/kernels';
import { createSimdDevice } from '../../../../src/kernels/simd/device';
import { GradientSum } from '../../../../src/model/gradients';
import type { Network } from '../../../../src/model/network';
import { createOptimiserState, update } from '../../../../src/model/optimiser';
import { copyParameters, plainArrays, tablesOf } from '../../../../src/model/parameters';
import type { Parameters } from '../../../../src/model/parameters';
import { trainingRecipe } from '../../../../src/model/shard';
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
function fill(shards: readonly Shard<string, string>[], network: Network, step: number): void {
  shards.forEach(({ starts, ids, inputs }, index) => {
    let at = 0;
    for (let r = 0; r < T * B; r++) {
      starts[r] = at;
      const features = network.E > 0 ? hash32(step, index, r, 1) % 5 : 1;
      for (let n = 0; n < features; n++)
        ids[at++] = Math.floor(occurring * uniform(step, index, r, 10 + n) ** 2);
      inputs.mask[r] = 1;
      inputs.y[r] = hash32(step, index, r, 2) % network.L;
    }
    starts[T * B] = at;
    for (const [name, values] of Object.entries(inputs))
      if (name.startsWith('h0') || name === 'zeros') values.fill(0);
  });
}

/** What learns on a device, step by step. */
function onDevice(device: Device, network: Network, method: UpdateMethod) {
  const parameters = copyParameters(randomParameters(network, K, 5, 0.3), (length) =>
    device.allocate(length),
  );
  const { moments } = createOptimiserState(parameters.sizes, method, (length) => device.allocate(length));
  const program = device.shard!(trainingRecipe(parameters, network, moments));
  const step = (options: UpdateOptions) => {
    const shards = program.prepare(T, B, shardCount, 4 * T * B);
    fill(shards, network, options.step);
    return { norm: program.update(options), shards };
  };
  return { parameters, moments, step, dispose: () => program.dispose() };
}

function hostCopy(parameters: Parameters): Parameters {
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
          const { parameters, moments, step, dispose } = onDevice(device, network, method);
          const expected = hostCopy(parameters);
          const expectedMoments = moments.map(hostCopy);
          const sum = new GradientSum(parameters.sizes);
          for (let n = 1; n <= 4; n++) {
            const options = { ...plain, method, ...given, step: n };
            const { norm, shards } = step(options);
            sum.clear();
            for (const { outputs, starts, ids } of shards) sum.add(outputs, starts, ids);
            const expectedNorm = update(expected, sum, expectedMoments, options);
            assert.ok(Math.abs(norm / expectedNorm - 1) < 1e-6, `the norm is ${norm}, not ${expectedNorm}`);
            [parameters, ...moments].forEach((set, index) => {
              for (const [parameter, values] of Object.entries(
                [expected, ...expectedMoments][index].values,
              )) {
                const error = relativeError(set.values[parameter], values);
                assert.ok(
                  error < tolerance,
                  `${parameter} of set ${index} deviates by ${error} in step ${n}`,
                );
              }
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
        for (const { name: table, width } of tablesOf(parameters.sizes)) {
          for (let row = 0; row < K; row++) {
            const of = (set: Parameters): number[] =>
              Array.from(set.values[table].subarray(row * width, (row + 1) * width));
            assert.equal(
              of(parameters).join() === of(before).join(),
              !touched.has(row),
              `row ${row} of ${table}`,
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
          const sets = [parameters, ...moments].flatMap(({ values }) =>
            Object.values(values).map((numbers) =>
              Buffer.from(Float32Array.from(numbers).buffer).toString('hex'),
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
    const program = device.shard!({
      program: (k, { x }) => ({ y: k.add(x, x) }),
      shapes: (t, b) => ({ x: { rows: t * b, columns: 4 } }),
      shared: {},
      tables: [{ input: 'x', values: device.allocate(8) }],
    });
    program.prepare(1, 1, 1, 1);
    assert.throws(() => program.update(plain), /learns nothing/);
    device.dispose();
  });
});
