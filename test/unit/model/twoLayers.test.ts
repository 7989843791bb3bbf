import assert from 'node:assert/strict';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { parameterShapes } from '../../../src/model/parameters';
import { runMinibatch } from './minibatches';
import { named, sizesIn } from './named';
import { bothWays, networkWith, randomParameters, relativeError } from './tiny';
import { twoLayers } from './twoLayers';
import type { Rows, Weights } from './twoLayers';

const network = networkWith({ E: 2, H: 4, L: 3, layers: 2, directions: bothWays });

/** U1R is the parameter U1>, and so on. */
const nameOf = (weight: string): string => weight.replaceAll(/[RL]/g, (side) => (side === 'R' ? '>' : '<'));
const weightNames: readonly (keyof Weights)[] = [
  'U1R',
  'U1L',
  'W1R',
  'W1L',
  'b1R',
  'b1L',
  'U2R',
  'U2L',
  'W2RR',
  'W2RL',
  'W2LR',
  'W2LL',
  'b2R',
  'b2L',
  'VR',
  'VL',
  'c',
];

describe('a network of two layers and both directions', () => {
  it('is the one that is written out by hand, its gradients too', async () => {
    for (const T of [1, 2, 9]) {
      // Each token has a row of its own in the table, so that the table's gradient is that of x_t.
      const parameters = randomParameters(network, T, T);
      const shapes = named(parameterShapes(sizesIn(parameters)));
      const values = named(parameters);
      const rowsOf = (name: string): Rows =>
        Array.from({ length: shapes[name].rows }, (_, i) =>
          Array.from(values[name].slice(i * shapes[name].columns, (i + 1) * shapes[name].columns)),
        );
      const weights = Object.fromEntries(
        weightNames.map((weight) => [
          weight,
          shapes[nameOf(weight)].rows === 1 ? rowsOf(nameOf(weight))[0] : rowsOf(nameOf(weight)),
        ]),
      ) as unknown as Weights;
      const labels = Array.from({ length: T }, (_, t) => (t * t) % 3);
      const expected = twoLayers(weights, rowsOf('table'), labels);

      const { yHat, loss, gradients } = await runMinibatch(
        createReferenceDevice(),
        parameters,
        network,
        [{ features: labels.map((_, t) => [t]), labels }],
        T,
      );
      assert.ok(relativeError(yHat, expected.yHat.flat()) < 1e-13);
      assert.ok(Math.abs([...loss].reduce((sum, E_t) => sum + E_t, 0) - expected.E) < 1e-13 * expected.E);
      assert.ok(relativeError(gradients.table, expected.dx.flat()) < 1e-12, 'x');
      for (const weight of weightNames)
        assert.ok(
          relativeError(gradients[nameOf(weight)], expected.gradients[weight].flat()) < 1e-12,
          weight,
        );
      assert.equal(Object.keys(gradients).length, weightNames.length + 1);
    }
  });
});
