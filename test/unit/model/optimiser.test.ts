import assert from 'node:assert/strict';
import { uniform } from '../../../src/common/random';
import type { UpdateOptions } from '../../../src/kernels/kernels';
import { RowGradients } from '../../../src/model/gradients';
import type { Gradients } from '../../../src/model/gradients';
import { createOptimiserState, update } from '../../../src/model/optimiser';
import {
  allocateParameters,
  copyParameters,
  denseShapes,
  plainArrays,
  tablesOf,
} from '../../../src/model/parameters';
import type { Sizes } from '../../../src/model/parameters';
import { sizesOf } from '../../../src/model/settings/networkOf';
import { bothWays, networkWith, randomNumbers, relativeError } from './tiny';

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

/** Gradients of a step, each in full: what does not occur is 0. */
function drawn(sizes: Sizes, step: number): Record<string, number[]> {
  const draw = (length: number, n: number): number[] =>
    Array.from({ length }, (_, i) => 2 * uniform(step, n, i) - 1);
  const dense = Object.entries(denseShapes(sizes)).map(([name, { rows, columns }], n): [string, number[]] => [
    name,
    draw(rows * columns, n),
  ]);
  const tables = tablesOf(sizes).map(({ name, width }, n): [string, number[]] => {
    return [
      name,
      draw(K * width, 100 + n).map((value, i) => (rowsOf(step).includes(Math.floor(i / width)) ? value : 0)),
    ];
  });
  return Object.fromEntries([...dense, ...tables]);
}

function gradientsOf(sizes: Sizes, step: number): Gradients {
  const all = drawn(sizes, step);
  const rows = new RowGradients(sizes);
  for (const row of rowsOf(step)) {
    rows.add(
      tablesOf(sizes).map(({ name, width }) =>
        Float64Array.from(all[name].slice(row * width, (row + 1) * width)),
      ),
      Int32Array.of(0, 1),
      Int32Array.of(row),
    );
  }
  return {
    rows,
    dense: Object.fromEntries(
      Object.keys(denseShapes(sizes)).map((name) => [name, Float64Array.from(all[name])]),
    ),
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
      const table = tablesOf(sizes).find((one) => one.name === name);
      const rate = table ? tableRate : learningRate;
      values.forEach((_, i) => {
        if (table && !rowsOf(n).includes(Math.floor(i / table.width))) return;
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
            Object.entries(parameters.values).map(([name, values]) => [name, Array.from(values)]),
          );
          const expected = byHand(sizes, theta, options, 5);
          const state = createOptimiserState(sizes, method, plainArrays('float64'));
          const norms = [1, 2, 3, 4, 5].map((step) =>
            update(parameters, gradientsOf(sizes, step), state.moments, { ...options, step }),
          );
          assert.ok(relativeError(norms, expected.norms) < 1e-14);
          for (const [name, values] of Object.entries(expected.theta))
            assert.ok(relativeError(parameters.values[name], values) < 1e-13, name);
          assert.equal(state.moments.length, { sgd: 0, momentum: 1, adam: 2 }[method]);
          state.moments.forEach(({ values }, index) => {
            for (const name of Object.keys(values))
              assert.ok(
                relativeError(values[name], [expected.m, expected.v][index][name]) < 1e-13,
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
        const { moments } = createOptimiserState(sizes, method, plainArrays('float64'));
        for (const step of [1, 2, 3])
          update(parameters, gradientsOf(sizes, step), moments, { ...plain, method, step });
        for (const { name, width } of tablesOf(sizes)) {
          assert.deepEqual(parameters.values[name].slice(0, width), before.values[name].slice(0, width));
          assert.notDeepEqual(
            parameters.values[name].slice(width, 2 * width),
            before.values[name].slice(width, 2 * width),
          );
          for (const { values } of moments)
            assert.ok(values[name].slice(0, width).every((value) => value === 0));
        }
      }
    });

    it(`by ${method} changes nothing where a gradient is not finite`, () => {
      for (const bad of [NaN, Infinity]) {
        for (const where of ['c', 'rows']) {
          const parameters = allocateParameters(forms[1], plainArrays('float64'));
          const { moments } = createOptimiserState(forms[1], method, plainArrays('float64'));
          const gradients = gradientsOf(forms[1], 1);
          (where === 'c' ? gradients.dense.c : gradients.rows.values[1])[0] = bad;
          assert.ok(!Number.isFinite(update(parameters, gradients, moments, { ...plain, method, clip: 5 })));
          for (const { values } of [parameters, ...moments])
            for (const numbers of Object.values(values)) assert.ok(numbers.every((value) => value === 0));
        }
      }
    });
  }
});
