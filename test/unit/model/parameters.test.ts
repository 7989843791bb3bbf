import assert from 'node:assert/strict';
import type { Shape } from '../../../src/kernels/kernels';
import { parameterName } from '../../../src/model/parameterNames';
import {
  learnedOf,
  listParameters,
  mapParameters,
  parameterShapes,
  tablesOf,
  withoutTables,
  zipParameters,
} from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import { sizesOf } from '../../../src/model/settings/networkOf';
import type { Network } from '../../../src/model/sizes';
import { bothWays, networkWith, randomNumbers } from './tiny';

const K = 5;
const shapesOf = (form: Partial<Network>): NetworkParameters<Shape> =>
  parameterShapes(sizesOf(networkWith({ H: 3, L: 2, ...form }), K));
const namesOf = (parameters: NetworkParameters<unknown>): string =>
  listParameters(parameters)
    .map(({ place }) => parameterName(place))
    .join(' ');
const deep = { E: 4, layers: 2, directions: bothWays, transitions: true };

describe('the tree of parameters', () => {
  it('is visited in a fixed order, in which gradients are summed', () => {
    assert.equal(namesOf(shapesOf({})), 'U1> b1> W1> V> c');
    assert.equal(
      namesOf(shapesOf(deep)),
      'table U1> b1> W1> U1< b1< W1< U2> b2> W2>> W2>< U2< b2< W2<> W2<< V> V< c A',
    );
  });

  it('has the shapes of the derivation, one-hot W kept by column', () => {
    const texts = (form: Partial<Network>): string =>
      listParameters(mapParameters(shapesOf(form), ({ rows, columns }) => `${rows}×${columns}`))
        .map(({ leaf }) => leaf)
        .join(' ');
    assert.equal(texts({}), '3×3 1×3 5×3 2×3 1×2');
    assert.equal(texts({ ...deep, directions: ['leftToRight'] }), '5×4 3×3 1×3 3×4 3×3 1×3 3×3 2×3 1×2 4×2');
  });

  it('has one table of features, or with one-hot input W of each direction', () => {
    for (const [form, tables, weights] of [
      [{ directions: bothWays }, 2, 'U1> b1> U1< b1< V> V< c'],
      [{ E: 4, transitions: true }, 1, 'U1> b1> W1> V> c A'],
    ] as const) {
      const shapes = shapesOf(form);
      assert.equal(tablesOf(shapes).length, tables);
      assert.ok(tablesOf(shapes).every(({ rows }) => rows === K));
      assert.equal(namesOf(withoutTables(shapes)), weights);
    }
  });

  it('goes with another tree, leaf by leaf', () => {
    const sizes = sizesOf(networkWith(deep), K);
    const sums = zipParameters(
      randomNumbers(sizes, 1),
      randomNumbers(sizes, 2),
      (a, b) => a.length + b.length,
    );
    zipParameters(sums, parameterShapes(sizes), (sum, { rows, columns }) =>
      assert.equal(sum, 2 * rows * columns),
    );
  });

  it('is split for a device into matrices and tables, the arrays themselves', () => {
    const network = networkWith({ directions: bothWays });
    const parameters = randomNumbers(sizesOf(network, K), 1);
    const { weights, tables } = learnedOf(parameters, network);
    assert.equal(weights.c, parameters.c);
    assert.deepEqual(
      tables.map(({ width, values }) => [width, values === parameters.layers[0].leftToRight.W[0]]),
      [
        [3, true],
        [3, false],
      ],
    );
  });
});
