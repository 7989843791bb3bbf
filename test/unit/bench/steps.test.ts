import assert from 'node:assert/strict';
import { checkAgreement, lossesOf } from '../../../bench/step/agreement';
import type { Contender } from '../../../bench/step/contender';
import { productStep } from '../../../bench/step/productStep';
import { shardedTableStep } from '../../../bench/step/shardedStep';
import { floatingPointOperations, initialStepParameters, StepData } from '../../../bench/step/stepData';
import { tableProgram, tableStep } from '../../../bench/step/tableStep';
import type { MatrixData } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';

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
    const { B, T, E, H, L } = shape;
    const R = B * T;
    const { words, labels } = new StepData(shape, 1).batch();
    const { table, ...dense } = initialStepParameters(shape);
    const x = Float64Array.from({ length: R * E }, (_, i) => table[words[Math.floor(i / E)] * E + (i % E)]);
    const inputs: Record<'x' | 'W' | 'b' | 'U' | 'V' | 'c' | 'mask' | 'h0' | 'y', MatrixData> = {
      x,
      W: Float64Array.from(dense.W),
      b: Float64Array.from(dense.b),
      U: Float64Array.from(dense.U),
      V: Float64Array.from(dense.V),
      c: Float64Array.from(dense.c),
      mask: new Float64Array(R).fill(1),
      h0: new Float64Array(B * H),
      y: Float64Array.from(labels),
    };
    const [rows, columns] = [
      { x: R, W: H, b: 1, U: H, V: L, c: 1, mask: R, h0: B, y: R },
      { x: E, W: E, b: H, U: H, V: H, c: L, mask: 1, h0: H, y: 1 },
    ];
    const shapes = Object.fromEntries(
      Object.keys(inputs).map((name) => [name, { rows: rows[name as 'x'], columns: columns[name as 'x'] }]),
    ) as Record<keyof typeof inputs, { rows: number; columns: number }>;
    const plan = await createReferenceDevice().compile(tableProgram, shapes);
    const run = async () => plan.run(inputs);
    const total = async () => Array.from((await run()).loss).reduce((sum, loss) => sum + loss, 0);
    const outputs = await run();
    for (const [name, gradient] of [
      ['x', 'dX'],
      ['W', 'dW'],
      ['b', 'db'],
      ['U', 'dU'],
      ['V', 'dV'],
      ['c', 'dc'],
    ] as const) {
      const analytic = outputs[gradient].slice();
      const step = 1e-5;
      for (const i of [0, Math.floor(analytic.length / 2), analytic.length - 1]) {
        const value = inputs[name][i];
        inputs[name][i] = value + step;
        const above = await total();
        inputs[name][i] = value - step;
        const below = await total();
        inputs[name][i] = value;
        assert.ok(Math.abs((above - below) / (2 * step) - analytic[i]) < 1e-7, `${gradient}[${i}]`);
      }
    }
  });

  for (const [name, step, onSimd] of [
    ['table', tableStep, shardedTableStep],
    ['one-hot', productStep, productStep],
  ] as const) {
    it(`${name}: learns a batch by heart, and agrees between devices`, async () => {
      const expected = await lossesOf(step('reference', 1), shape);
      assert.ok(
        expected.every((loss, n) => n === 0 || loss < expected[n - 1]),
        String(expected),
      );
      for (const device of ['webasm', 'cpu'] as const)
        checkAgreement(device, await lossesOf(step(device, 1), shape), expected);
      checkAgreement('simd', await lossesOf(onSimd('simd', 1), shape), expected);
    });

    it(`${name}: agrees in shards on several threads`, async () => {
      const several = { ...shape, B: 32 };
      const expected = await lossesOf(step('reference', 1), several);
      for (const threads of [1, 2])
        checkAgreement(
          `simd, ${threads} threads`,
          await lossesOf(onSimd('simd', threads), several),
          expected,
        );
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
