import assert from 'node:assert/strict';
import { uniform } from '../../../src/common/random';
import { RowGradients } from '../../../src/kernels/gradients';
import type { Gradients } from '../../../src/kernels/gradients';
import { updateOnHost } from '../../../src/kernels/hostUpdate';
import type { MatrixData } from '../../../src/kernels/kernels';
import type { UpdateOptions } from '../../../src/kernels/update';
import { createOptimiserState } from '../../../src/model/optimiser';
import {
  allocateParameters,
  copyParameters,
  learnedOf,
  listParameters,
  parameterShapes,
  plainArrays,
  tablesOf,
  withoutTables,
} from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import { sizesOf } from '../../../src/model/settings/networkOf';
import type { Sizes } from '../../../src/model/sizes';
import { named, tableNames } from '../model/named';
import { bothWays, networkWith, randomNumbers, relativeError } from '../model/tiny';

const K = 4;
const forms: readonly Sizes[] = [
  {},
  { directions: bothWays },
  { E: 2, directions: bothWays, layers: 2, transitions: true },
].map((form) => sizesOf(networkWith({ H: 2, ...form }), K));
const plain: UpdateOptions = {
  method: 'sgd',
  learningRate: 0.5,
  tableRate: 0.5,
  clip: 0,
  sentences: 1,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  step: 1,
};

/** The rows of the tables that occur in a step. Row 0 occurs in none, row 3 not in all. */
const rowsOf = (step: number): number[] => (step % 2 === 1 ? [2, 1] : [1, 3, 2]);

/** Gradients of a step by the parameters' names, each in full: what does not occur is 0. */
function drawn(sizes: Sizes, step: number): Record<string, number[]> {
  const shapes = parameterShapes(sizes);
  const tables = tableNames(shapes);
  return Object.fromEntries(
    Object.entries(named(shapes)).map(([name, { rows, columns }], n): [string, number[]] => [
      name,
      Array.from({ length: rows * columns }, (_, i) =>
        !tables.includes(name) || rowsOf(step).includes(Math.floor(i / columns))
          ? 2 * uniform(step, n, i) - 1
          : 0,
      ),
    ]),
  );
}

function gradientsOf(sizes: Sizes, step: number): Gradients {
  const all = drawn(sizes, step);
  const shapes = parameterShapes(sizes);
  const [{ columns: width }] = tablesOf(shapes);
  const tables = tableNames(shapes);
  const rows = new RowGradients(
    tables.map(() => ({ width })),
    K,
  );
  for (const row of rowsOf(step)) {
    rows.add(
      tables.map((name) => Float64Array.from(all[name].slice(row * width, (row + 1) * width))),
      { starts: Int32Array.of(0, 1), ids: Int32Array.of(row) },
    );
  }
  return {
    rows,
    weights: Object.keys(named(withoutTables(shapes))).map((name) => Float64Array.from(all[name])),
  };
}

/**
 * Steps of the rules as their authors have them, number by number: θ by name after `steps` updates, and the
 * norms before clipping.
 */
function byHand(sizes: Sizes, theta: Record<string, number[]>, options: UpdateOptions, steps: number) {
  const { method, learningRate, tableRate, clip, sentences, beta1, beta2, epsilon } = options;
  const zeros = (): Record<string, number[]> =>
    Object.fromEntries(Object.entries(theta).map(([name, values]) => [name, values.map(() => 0)]));
  const [m, v] = [zeros(), zeros()];
  const norms: number[] = [];
  for (let n = 1; n <= steps; n++) {
    const all = drawn(sizes, n);
    const norm = Math.hypot(...Object.values(all).flat()) / sentences;
    norms.push(norm);
    for (const [name, values] of Object.entries(theta)) {
      const isTable = tableNames(parameterShapes(sizes)).includes(name);
      const rate = isTable ? tableRate : learningRate;
      const { columns } = named(parameterShapes(sizes))[name];
      values.forEach((_, i) => {
        if (isTable && !rowsOf(n).includes(Math.floor(i / columns))) return;
        let g = all[name][i] / sentences;
        if (clip > 0 && norm > clip) g *= clip / norm;
        if (method === 'sgd') values[i] -= rate * g;
        if (method === 'momentum') values[i] -= rate * (m[name][i] = beta1 * m[name][i] + g);
        if (method !== 'adam') return;
        m[name][i] = beta1 * m[name][i] + (1 - beta1) * g;
        v[name][i] = beta2 * v[name][i] + (1 - beta2) * g ** 2;
        values[i] -=
          (rate * (m[name][i] / (1 - beta1 ** n))) / (Math.sqrt(v[name][i] / (1 - beta2 ** n)) + epsilon);
      });
    }
  }
  return { theta, norms, m, v };
}

function update(
  parameters: NetworkParameters<MatrixData>,
  sizes: Sizes,
  gradients: Gradients,
  moments: readonly NetworkParameters<MatrixData>[],
  options: UpdateOptions,
): number {
  const sets = moments.map((moment) => learnedOf(moment, sizes));
  return updateOnHost(learnedOf(parameters, sizes), gradients, sets, options);
}

describe('an update', () => {
  for (const method of ['sgd', 'momentum', 'adam'] as const) {
    it(`by ${method} is that of the formulas, over several steps`, () => {
      for (const sizes of forms) {
        for (const given of [
          {},
          { sentences: 4 },
          { tableRate: 2 },
          { clip: 0.3, sentences: 3, tableRate: 0.1 },
          { clip: 1000 },
        ]) {
          const options = { ...plain, method, learningRate: 0.05, ...given };
          const parameters = randomNumbers(sizes, 1);
          const theta = Object.fromEntries(
            Object.entries(named(parameters)).map(([name, values]) => [name, Array.from(values)]),
          );
          const expected = byHand(sizes, theta, options, 5);
          const state = createOptimiserState(parameters, method, plainArrays('float64'));
          const norms = [1, 2, 3, 4, 5].map((step) =>
            update(parameters, sizes, gradientsOf(sizes, step), state.moments, { ...options, step }),
          );
          assert.ok(relativeError(norms, expected.norms) < 1e-14);
          for (const [name, values] of Object.entries(expected.theta))
            assert.ok(relativeError(named(parameters)[name], values) < 1e-13, name);
          assert.equal(state.moments.length, { sgd: 0, momentum: 1, adam: 2 }[method]);
          state.moments.forEach((moment, index) => {
            for (const [name, values] of Object.entries(named(moment)))
              assert.ok(
                relativeError(values, [expected.m, expected.v][index][name]) < 1e-13,
                `moment ${index} of ${name}`,
              );
          });
        }
      }
    });

    it(`by ${method} leaves rows and their moments alone that did not occur`, () => {
      for (const sizes of forms) {
        const parameters = randomNumbers(sizes, 1);
        const before = copyParameters(parameters, plainArrays('float64'));
        const { moments } = createOptimiserState(parameters, method, plainArrays('float64'));
        for (const step of [1, 2, 3])
          update(parameters, sizes, gradientsOf(sizes, step), moments, { ...plain, method, step });
        const [{ columns: width }] = tablesOf(parameterShapes(sizes));
        tablesOf(parameters).forEach((table, n) => {
          const old = tablesOf(before)[n];
          assert.deepEqual(table.slice(0, width), old.slice(0, width));
          assert.notDeepEqual(table.slice(width, 2 * width), old.slice(width, 2 * width));
          for (const moment of moments)
            assert.ok(
              tablesOf(moment)
                [n].slice(0, width)
                .every((value) => value === 0),
            );
        });
      }
    });

    it(`by ${method} changes nothing where a gradient is not finite`, () => {
      for (const bad of [NaN, Infinity]) {
        for (const where of ['c', 'rows']) {
          const parameters = allocateParameters(forms[1], plainArrays('float64'));
          const { moments } = createOptimiserState(parameters, method, plainArrays('float64'));
          const gradients = gradientsOf(forms[1], 1);
          (where === 'c' ? gradients.weights[gradients.weights.length - 1] : gradients.rows.values[1])[0] =
            bad;
          const options = { ...plain, method, clip: 5 };
          assert.ok(!Number.isFinite(update(parameters, forms[1], gradients, moments, options)));
          for (const set of [parameters, ...moments])
            for (const { leaf } of listParameters(set)) assert.ok(leaf.every((value) => value === 0));
        }
      }
    });
  }
});
