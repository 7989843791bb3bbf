/**
 * TensorFlow.js's simpleRNN as an independent judge: the same weights give the same outputs and the same
 * gradients.
 */
import assert from 'node:assert/strict';
import type { Activation } from '../../../src/kernels/activation';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { allocateParameters, plainArrays } from '../../../src/model/parameters';
import { sizesOf } from '../../../src/model/settings/networkOf';
import { examples } from './fixtures/simpleRnn.json';
import { runMinibatch } from './minibatches';
import { arrow, named } from './named';
import { bothWays, networkWith, oneWay, relativeError } from './tiny';

type Rows = readonly (readonly number[])[];

/** As TensorFlow.js has them: each kernel is a row for each input. */
interface Layers {
  /** By layer and direction. */
  readonly layers: readonly (readonly {
    readonly kernel: Rows;
    readonly recurrentKernel: Rows;
    readonly bias: readonly number[];
  }[])[];
  readonly dense: { readonly kernel: Rows; readonly bias: readonly number[] };
}

const [E, H, L] = [3, 4, 3];
/** TensorFlow.js computes in float32. */
const tolerance = 5e-6;

function transposed(rows: Rows): number[][] {
  return rows[0].map((_, j) => rows.map((row) => row[j]));
}

/** By the parameters' names; what comes from several directions lies one below the other in a kernel. */
function byName({ layers, dense }: Layers): Record<string, number[]> {
  const parameters: Record<string, number[]> = {};
  const directions = layers[0].map((_, d) => arrow[bothWays[d]]);
  const parts = (kernel: Rows): [string, Rows][] =>
    directions.map((from, d) => [from, kernel.slice(d * H, (d + 1) * H)]);
  layers.forEach((weights, index) =>
    weights.forEach(({ kernel, recurrentKernel, bias }, d) => {
      const name = `${index + 1}${directions[d]}`;
      parameters[`U${name}`] = transposed(recurrentKernel).flat();
      parameters[`b${name}`] = [...bias];
      if (index === 0) parameters[`W${name}`] = transposed(kernel).flat();
      else for (const [from, part] of parts(kernel)) parameters[`W${name}${from}`] = transposed(part).flat();
    }),
  );
  for (const [from, part] of parts(dense.kernel)) parameters[`V${from}`] = transposed(part).flat();
  parameters.c = [...dense.bias];
  return parameters;
}

describe('TensorFlow.js’s simpleRNN', () => {
  for (const { activation, x, y, weights, yHat, loss, gradients } of examples) {
    const layers = weights.layers.length;
    const directions = weights.layers[0].length === 2 ? bothWays : oneWay;

    it(`is the network of ${layers} layers and ${directions.length} directions, ${activation}: ŷ, E and all gradients`, async () => {
      const [B, T] = [x.length, x[0].length];
      const network = networkWith({ E, H, L, layers, directions, activation: activation as Activation });
      // Each token has a row of its own in the table, so that the table is x and its gradient that of x.
      const parameters = allocateParameters(sizesOf(network, B * T), plainArrays('float64'));
      for (const [name, values] of Object.entries({ ...byName(weights), table: x.flat(2) }))
        named(parameters)[name].set(values);
      const sentences = y.map((labels, beta) => ({ labels, features: labels.map((_, t) => [beta * T + t]) }));

      const actual = await runMinibatch(createReferenceDevice(), parameters, network, sentences, T);
      // Row t·B + β.
      const byTime = Array.from({ length: T }, (_, t) => yHat.map((sentence) => sentence[t])).flat(2);
      assert.ok(relativeError(actual.yHat, byTime) < tolerance);
      assert.ok(Math.abs([...actual.loss].reduce((sum, E_t) => sum + E_t, 0) / loss - 1) < tolerance);
      const expected: Record<string, number[]> = { ...byName(gradients), table: gradients.x.flat(2) };
      assert.deepEqual(Object.keys(expected).sort(), Object.keys(named(parameters)).sort());
      for (const [name, gradient] of Object.entries(expected)) {
        const error = relativeError(actual.gradients[name], gradient);
        assert.ok(error < tolerance, `∂E/∂${name}: ${error}`);
      }
    });
  }
});
