import assert from 'node:assert/strict';
import { activationNames, activations } from '../../../src/kernels/activation';
import type { Activation } from '../../../src/kernels/activation';
import type { MatrixData } from '../../../src/kernels/kernels';
import { initialParameters, randomOrthogonal } from '../../../src/model/initialise';
import { areFinite, parameterShapes, plainArrays } from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import { sizesOf } from '../../../src/model/settings/networkOf';
import type { Network } from '../../../src/model/sizes';
import { named, sizesIn } from './named';
import { bothWays, networkWith, oneWay } from './tiny';

const H = 16;
const draw = (
  seed: number,
  activation: Activation = 'tanh',
  form: Partial<Network> = {},
): NetworkParameters<MatrixData> => {
  return initialParameters(
    sizesOf(networkWith({ H, L: 7, ...form }), 50),
    activation,
    seed,
    plainArrays('float64'),
  );
};
const deep = { E: 8, layers: 3, directions: bothWays, transitions: true };
const isZero = (name: string): boolean => /^[bcA]/.test(name);

describe('initial parameters', () => {
  it('are fixed by the seed', () => {
    for (const form of [{}, deep]) {
      assert.deepEqual(draw(7, 'tanh', form), draw(7, 'tanh', form));
      const [one, other] = [draw(7, 'tanh', form), draw(8, 'tanh', form)];
      for (const name of Object.keys(named(one)).filter((name) => !isZero(name)))
        assert.notDeepEqual(named(one)[name], named(other)[name], name);
    }
  });

  it('are drawn apart for each parameter', () => {
    const drawn = Object.entries(named(draw(7, 'tanh', deep))).filter(([name]) => !isZero(name));
    const firsts = drawn.map(([, values]) => (values[1] / Math.abs(values[0])).toFixed(9));
    assert.equal(new Set(firsts).size, drawn.length);
  });

  it('have orthonormal rows in an orthogonal matrix', () => {
    for (const size of [1, 2, 33]) checkOrthogonal(randomOrthogonal(size, 3), size, 1);
  });

  it('have U orthogonal times a gain, or where the activation asks for it the identity times one', () => {
    for (const activation of activationNames) {
      const parameters = draw(1, activation, deep);
      for (const [name, U] of Object.entries(named(parameters)).filter(([name]) => name.startsWith('U'))) {
        const gain = Math.hypot(...U.subarray(0, H));
        assert.ok(gain > 0.1 && gain < 3, name);
        checkOrthogonal(U, H, gain);
        if (activations[activation].initial.recurrent === 'identity')
          assert.ok(gain < 1 && U.every((value, i) => value === (i % (H + 1) === 0 ? gain : 0)), name);
      }
    }
  });

  it('have W and V uniform, of a variance that goes down with the inputs of a unit', () => {
    const small = { ...deep, H: 32, E: 16, L: 40 };
    const deviation = (name: string, form: Partial<Network>): number => {
      const values = named(draw(1, 'tanh', form))[name];
      const result = Math.hypot(...values) / Math.sqrt(values.length);
      assert.ok(
        values.every((value) => Math.abs(value) < 1.1 * Math.sqrt(3) * result),
        name,
      );
      return result;
    };
    for (const [name, larger, inputs] of [
      ['W1>', { E: 64 }, 4],
      ['W1>', { H: 64 }, 1],
      ['W2><', { H: 64 }, 2],
      ['W3<>', { H: 64 }, 2],
      ['V<', { H: 64 }, 2],
      ['V>', { directions: oneWay }, 1 / 2],
      ['W2>>', { directions: oneWay }, 1 / 2],
    ] as const) {
      const ratio = deviation(name, small) / deviation(name, { ...small, ...larger });
      assert.ok(
        Math.abs(ratio / Math.sqrt(inputs) - 1) < 0.06,
        `${name}, ${JSON.stringify(larger)}: ${ratio}`,
      );
    }
  });

  it('are finite and of the sizes asked for, with no bias and no transitions', () => {
    for (const activation of activationNames) {
      for (const form of [{}, deep]) {
        const parameters = draw(1, activation, form);
        assert.ok(areFinite(parameters));
        const shapes = parameterShapes(sizesIn(parameters));
        for (const [name, { rows, columns }] of Object.entries(named(shapes))) {
          const values = named(parameters)[name];
          assert.equal(values.length, rows * columns);
          assert.equal(
            values.every((value) => value === 0),
            isZero(name),
            name,
          );
        }
      }
    }
  });
});

/** Rows at right angles, each of the given length. */
function checkOrthogonal(Q: ArrayLike<number>, size: number, length: number): void {
  for (let i = 0; i < size; i++) {
    for (let k = 0; k <= i; k++) {
      let dot = 0;
      for (let j = 0; j < size; j++) dot += Q[i * size + j] * Q[k * size + j];
      assert.ok(Math.abs(dot - (i === k ? length ** 2 : 0)) < 1e-12);
    }
  }
}
