import assert from 'node:assert/strict';
import { GradientSum, WordColumns, globalNorm } from '../../../src/model/gradients';
import type { Gradients } from '../../../src/model/gradients';
import { descend } from '../../../src/model/optimiser';
import { allocateParameters, parameterNames } from '../../../src/model/parameters';

const sizes = { K: 3, H: 2, L: 2 };

function zeroParameters() {
  return allocateParameters(sizes, (length) => new Float64Array(length));
}

/** Gradients whose norm is 13 (squares: 144 in U, 9 in W, 16 in c). Word 1 occurs twice, word 0 never. */
function gradients(): Gradients {
  const dW = new WordColumns(sizes.K, sizes.H);
  dW.add(Float64Array.of(1, 0, 9, 9, 1, 0, 0, 1), Int32Array.of(1, -1, 1, 2));
  dW.add(Float64Array.of(0, 1), Int32Array.of(2));
  dW.add(Float64Array.of(0, -1), Int32Array.of(1));
  return { dU: Float64Array.of(12, 0, 0, 0), dV: new Float64Array(4), db: new Float64Array(2), dc: Float64Array.of(0, 4), dW };
}

describe('gradient columns of W', () => {
  it('add up δ_t by word and leave out padding', () => {
    const { dW } = gradients();
    assert.deepEqual([...dW.words.subarray(0, dW.count)], [1, 2]);
    assert.deepEqual([...dW.values.subarray(0, 4)], [2, -1, 0, 2]);
    dW.clear();
    dW.add(Float64Array.of(5, 6), Int32Array.of(2));
    assert.equal(dW.count, 1);
    assert.deepEqual([...dW.values.subarray(0, 2)], [5, 6]);
  });

  it('grow beyond their first size', () => {
    const dW = new WordColumns(1000, 2);
    for (let round = 0; round < 2; round++) for (let word = 0; word < 1000; word++) dW.add(Float64Array.of(word, 1), Int32Array.of(word));
    assert.equal(dW.count, 1000);
    assert.deepEqual([...dW.values.subarray(2 * 999, 2 * 1000)], [2 * 999, 2]);
  });

  it('count in the global norm', () => {
    assert.equal(globalNorm(gradients()), Math.sqrt(144 + 5 + 4 + 16));
  });
});

describe('gradient descent', () => {
  it('takes one sentence’s gradient as it is: θ := θ − λ ∂E/∂θ', () => {
    const parameters = zeroParameters();
    assert.equal(descend(parameters, gradients(), { learningRate: 0.5, clip: 0, sentences: 1 }), 13);
    assert.deepEqual([...parameters.U], [-6, 0, 0, 0]);
    assert.deepEqual([...parameters.c], [0, -2]);
    assert.deepEqual([...parameters.W], [0, 0, -1, 0.5, 0, -1]);
  });

  it('divides a minibatch’s by its sentences', () => {
    const parameters = zeroParameters();
    assert.equal(descend(parameters, gradients(), { learningRate: 0.5, clip: 0, sentences: 4 }), 13 / 4);
    assert.deepEqual([...parameters.U], [-1.5, 0, 0, 0]);
    assert.deepEqual([...parameters.W], [0, 0, -0.25, 0.125, 0, -0.25]);
  });

  it('clips by the global norm, W’s columns included, after dividing', () => {
    const clipped = zeroParameters();
    assert.equal(descend(clipped, gradients(), { learningRate: 1, clip: 1, sentences: 2 }), 6.5);
    assert.ok(Math.abs(Math.hypot(...parameterNames.flatMap((name) => [...clipped[name]])) - 1) < 1e-15);
    const below = zeroParameters();
    descend(below, gradients(), { learningRate: 1, clip: 13.5, sentences: 1 });
    assert.deepEqual([...below.c], [0, -4]);
  });

  it('leaves the parameters alone where a gradient is not finite', () => {
    for (const bad of [NaN, Infinity]) {
      const parameters = zeroParameters();
      const wrong = gradients();
      wrong.db[1] = bad;
      assert.ok(!Number.isFinite(descend(parameters, wrong, { learningRate: 1, clip: 5, sentences: 1 })));
      for (const name of parameterNames) assert.ok(parameters[name].every((value) => value === 0));
    }
  });

  it('sums chunks of the whole set', () => {
    const sum = new GradientSum(sizes, gradients().dW);
    const { dU, dV, db, dc } = gradients();
    sum.add({ dU, dV, db, dc });
    sum.add({ dU, dV, db, dc });
    assert.deepEqual([...sum.dU], [24, 0, 0, 0]);
    assert.deepEqual([...sum.dc], [0, 8]);
    sum.clear();
    assert.equal(globalNorm(sum), 0);
  });
});
