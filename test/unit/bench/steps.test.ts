import assert from 'node:assert/strict';
import { checkAgreement, lossesOf } from '../../../bench/step/agreement';
import type { Contender } from '../../../bench/step/contender';
import { productStep } from '../../../bench/step/productStep';
import { floatingPointOperations, initialStepParameters, StepData } from '../../../bench/step/stepData';
import { batchShapes, tableProgram, weightShapes } from '../../../bench/step/tableSession';
import { tableStep } from '../../../bench/step/tableStep';
import type { MatrixData } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { mapLeaves } from '../../../src/kernels/tree';

const shape = { B: 3, T: 5, E: 6, H: 8, L: 4, K: 30 };

describe('bench: steps', () => {
  it('draws words and labels within their ranges, the same ones each time', () => {
    const draw = () => new StepData(shape, 4);
    const [a, b] = [draw(), draw()];
    const batches = Array.from({ length: 5 }, () => [a.batch(), b.batch()]);
    for (const [one, other] of batches) {
      assert.deepEqual(one, other);
      assert.equal(one.words.length, shape.B * shape.T);
      assert.ok(one.words.every((word) => word < shape.K) && one.labels.every((label) => label < shape.L));
    }
    assert.deepEqual(batches[4][0], batches[0][0]);
    assert.notDeepEqual(batches[1][0], batches[0][0]);
  });

  it('counts the products of a step, each three times', () => {
    // B=1, T=1: W 8×6, U 8×8 and V 4×8, forward, back and for the gradient.
    const one = { ...shape, B: 1, T: 1 };
    assert.equal(floatingPointOperations(one, 'table'), 3 * 2 * (8 * 6 + 8 * 8 + 4 * 8));
    assert.equal(floatingPointOperations(one, 'one-hot'), 3 * 2 * (8 * 8 + 4 * 8));
  });

  it('gives the gradients of the mean loss, for the rows of the table too', async () => {
    const { B, T, E, H } = shape;
    const R = B * T;
    const { words, labels } = new StepData(shape, 1).batch();
    const { table, ...dense } = initialStepParameters(shape);
    const x = Float64Array.from({ length: R * E }, (_, i) => table[words[Math.floor(i / E)] * E + (i % E)]);
    const float64 = (from: ArrayLike<number>): MatrixData => Float64Array.from(from);
    const weights = mapLeaves(dense, float64);
    const inputs = {
      weights,
      sums: [x],
      batch: {
        mask: new Float64Array(R).fill(1),
        h0: new Float64Array(B * H),
        y: Float64Array.from(labels),
      },
    };
    const shapes = {
      weights: weightShapes(shape),
      sums: [{ rows: R, columns: E }],
      batch: batchShapes(shape, T, B),
    };
    const plan = await createReferenceDevice().compile(tableProgram, shapes);
    const run = async () => plan.run(inputs);
    const total = async () => Array.from((await run()).results.loss).reduce((sum, loss) => sum + loss, 0);
    const { gradients } = await run();
    assert.ok(gradients);
    for (const [what, values, gradient] of [
      ['x', x, gradients.sums[0]],
      ...(['W', 'b', 'U', 'V', 'c'] as const).map((n) => [n, weights[n], gradients.weights[n]] as const),
    ] as const) {
      const analytic = gradient.slice();
      const step = 1e-5;
      for (const i of [0, Math.floor(analytic.length / 2), analytic.length - 1]) {
        const value = values[i];
        values[i] = value + step;
        const above = await total();
        values[i] = value - step;
        const below = await total();
        values[i] = value;
        assert.ok(Math.abs((above - below) / (2 * step) - analytic[i]) < 1e-7, `∂E/∂${what}[${i}]`);
      }
    }
  });

  for (const [name, step] of [
    ['table', tableStep],
    ['one-hot', productStep],
  ] as const) {
    it(`${name}: learns a batch by heart, and agrees between devices`, async () => {
      const expected = await lossesOf(step('reference', 1), shape);
      assert.ok(
        expected.every((loss, n) => n === 0 || loss < expected[n - 1]),
        String(expected),
      );
      for (const device of ['webasm', 'cpu', 'simd'] as const)
        checkAgreement(device, await lossesOf(step(device, 1), shape), expected);
    });

    it(`${name}: agrees in shards on several threads`, async () => {
      const several = { ...shape, B: 32 };
      const expected = await lossesOf(step('reference', 1), several);
      for (const threads of [1, 2])
        checkAgreement(`simd, ${threads} threads`, await lossesOf(step('simd', threads), several), expected);
    });
  }

  it('does not let a contender pass that computes something else', async () => {
    const honest = tableStep('reference', 1);
    const expected = await lossesOf(honest, shape);
    const lazy: Contender = {
      ...honest,
      async prepare(...args) {
        const { step, dispose } = await honest.prepare(...args);
        let n = 0;
        let last = 0;
        return { step: async () => (last = n++ % 2 === 0 ? await step() : last), dispose };
      },
    };
    assert.throws(() => checkAgreement('lazy', [], expected), /lazy does not compute this step/);
    const losses = await lossesOf(lazy, shape);
    assert.throws(() => checkAgreement('lazy', losses, expected), /its loss in step 2/);
  });
});
