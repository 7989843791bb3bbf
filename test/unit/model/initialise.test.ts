import assert from 'node:assert/strict';
import { initialParameters, randomOrthogonal } from '../../../src/model/initialise';
import { areFinite, parameterNames } from '../../../src/model/parameters';

const sizes = { K: 50, H: 16, L: 7 };
const draw = (seed: number, activation: 'tanh' | 'sigmoid' | 'relu' = 'tanh') => initialParameters(sizes, activation, seed, (length) => new Float64Array(length));

describe('initial parameters', () => {
  it('are fixed by the seed', () => {
    assert.deepEqual(draw(7), draw(7));
    for (const name of ['U', 'V', 'W'] as const) assert.notDeepEqual(draw(7)[name], draw(8)[name]);
  });

  it('have orthonormal rows in an orthogonal matrix', () => {
    for (const H of [1, 2, 33]) {
      const Q = randomOrthogonal(H, 3);
      for (let i = 0; i < H; i++) {
        for (let k = 0; k <= i; k++) {
          let dot = 0;
          for (let j = 0; j < H; j++) dot += Q[i * H + j] * Q[k * H + j];
          assert.ok(Math.abs(dot - (i === k ? 1 : 0)) < 1e-12);
        }
      }
    }
  });

  it('are finite and of the sizes asked for, with no bias', () => {
    for (const activation of ['tanh', 'sigmoid', 'relu'] as const) {
      const parameters = draw(1, activation);
      assert.ok(areFinite(parameters));
      assert.deepEqual(parameterNames.map((name) => parameters[name].length), [256, 112, 800, 16, 7]);
      assert.ok([...parameters.b, ...parameters.c].every((value) => value === 0));
    }
  });
});
