import assert from 'node:assert/strict';
import { GradientSum, RowGradients, globalNorm } from '../../../src/kernels/gradients';
import type { Lookups } from '../../../src/kernels/session';

/** Of features: one table. */
const features = (): RowGradients => new RowGradients([{ width: 2 }], 5);
/** Of one-hot words, both directions: two. */
const oneHot = (): RowGradients => new RowGradients([{ width: 2 }, { width: 2 }], 1000);

function lookups(starts: number[], ids: number[]): Lookups {
  return { starts: Int32Array.from(starts), ids: Int32Array.from(ids) };
}

describe('gradients of a table’s rows', () => {
  it('add up those of the sums that a row occurs in', () => {
    const rows = features();
    // Token 0 has rows 4 and 1, token 1 none, token 2 row 1, token 3 rows 1 and 0.
    rows.add([Float64Array.of(1, 2, 9, 9, 10, 20, 100, 200)], lookups([0, 2, 2, 3, 5], [4, 1, 1, 1, 0]));
    rows.add([Float64Array.of(0.5, 0.25)], lookups([0, 1], [4]));
    assert.deepEqual([...rows.ids.subarray(0, rows.count)], [4, 1, 0]);
    assert.deepEqual([...rows.values[0].subarray(0, 6)], [1.5, 2.25, 111, 222, 100, 200]);
    rows.clear();
    rows.add([Float64Array.of(5, 6)], lookups([0, 1], [1]));
    assert.deepEqual([...rows.ids.subarray(0, rows.count)], [1]);
    assert.deepEqual([...rows.values[0].subarray(0, 2)], [5, 6]);
  });

  it('are kept for each table: one-hot, one for each direction', () => {
    const rows = oneHot();
    rows.add([Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 6, 7, 8)], lookups([0, 1, 2], [7, 7]));
    assert.equal(rows.count, 1);
    assert.deepEqual(
      rows.values.map((values) => [...values.subarray(0, 2)]),
      [
        [4, 6],
        [12, 14],
      ],
    );
  });

  it('grow beyond their first size', () => {
    const rows = oneHot();
    for (let round = 0; round < 2; round++) {
      for (let id = 0; id < 1000; id++)
        rows.add([Float64Array.of(id, 1), Float64Array.of(2, id)], lookups([0, 1], [id]));
    }
    assert.equal(rows.count, 1000);
    assert.deepEqual(
      rows.values.map((values) => [...values.subarray(2 * 999, 2 * 1000)]),
      [
        [2 * 999, 2],
        [4, 2 * 999],
      ],
    );
  });
});

describe('the norm of all gradients together', () => {
  it('counts what is dense, and the rows that occurred', () => {
    const rows = oneHot();
    rows.add([Float64Array.of(9, 9), Float64Array.of(9, 9)], lookups([0, 1], [3]));
    rows.clear();
    rows.add([Float64Array.of(1, 2), Float64Array.of(2, 4)], lookups([0, 1], [5]));
    assert.equal(globalNorm({ weights: [Float64Array.of(12, 0)], rows }), 13);
    assert.ok(Number.isNaN(globalNorm({ weights: [Float64Array.of(NaN, 0)], rows })));
  });
});

describe('the sum of chunks', () => {
  it('adds dense gradients and rows, and forgets them', () => {
    const weights = { U: new Float64Array(4), layers: [{ b: new Float64Array(1) }] };
    const sum = new GradientSum({ weights, tables: [{ width: 2, values: new Float64Array(10) }] });
    // The order of a tree's keys does not matter: what belongs together stands in the same place.
    const chunk = {
      weights: { layers: [{ b: Float64Array.of(5) }], U: Float64Array.of(1, 2, 3, 4) },
      sums: [Float64Array.of(1, 2)],
    };
    sum.add(chunk, lookups([0, 1], [2]));
    sum.add(chunk, lookups([0, 2], [2, 3]));
    assert.deepEqual(
      sum.weights.map((values) => [...values]),
      [[2, 4, 6, 8], [10]],
    );
    assert.deepEqual([...sum.rows.ids.subarray(0, sum.rows.count)], [2, 3]);
    assert.deepEqual([...sum.rows.values[0].subarray(0, 4)], [2, 4, 1, 2]);
    sum.clear();
    assert.equal(globalNorm(sum), 0);
  });
});
