import assert from 'node:assert/strict';
import { GradientSum, RowGradients, globalNorm } from '../../../src/model/gradients';
import { sizesOf } from '../../../src/model/settings/networkOf';
import { bothWays, networkWith } from './tiny';

const features = sizesOf(networkWith({ E: 2, H: 1, L: 2 }), 5);
const oneHot = sizesOf(networkWith({ H: 2, L: 2, directions: bothWays }), 1000);

describe('gradients of a table’s rows', () => {
  it('add up those of the sums that a row occurs in', () => {
    const rows = new RowGradients(features);
    // Token 0 has rows 4 and 1, token 1 none, token 2 row 1, token 3 rows 1 and 0.
    rows.add(
      [Float64Array.of(1, 2, 9, 9, 10, 20, 100, 200)],
      Int32Array.of(0, 2, 2, 3, 5),
      Int32Array.of(4, 1, 1, 1, 0),
    );
    rows.add([Float64Array.of(0.5, 0.25)], Int32Array.of(0, 1), Int32Array.of(4));
    assert.deepEqual([...rows.ids.subarray(0, rows.count)], [4, 1, 0]);
    assert.deepEqual([...rows.values[0].subarray(0, 6)], [1.5, 2.25, 111, 222, 100, 200]);
    rows.clear();
    rows.add([Float64Array.of(5, 6)], Int32Array.of(0, 1), Int32Array.of(1));
    assert.deepEqual([...rows.ids.subarray(0, rows.count)], [1]);
    assert.deepEqual([...rows.values[0].subarray(0, 2)], [5, 6]);
  });

  it('are kept for each table: one-hot, one for each direction', () => {
    const rows = new RowGradients(oneHot);
    rows.add(
      [Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 6, 7, 8)],
      Int32Array.of(0, 1, 2),
      Int32Array.of(7, 7),
    );
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
    const rows = new RowGradients(oneHot);
    for (let round = 0; round < 2; round++) {
      for (let id = 0; id < 1000; id++)
        rows.add([Float64Array.of(id, 1), Float64Array.of(2, id)], Int32Array.of(0, 1), Int32Array.of(id));
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
    const rows = new RowGradients(oneHot);
    rows.add([Float64Array.of(9, 9), Float64Array.of(9, 9)], Int32Array.of(0, 1), Int32Array.of(3));
    rows.clear();
    rows.add([Float64Array.of(1, 2), Float64Array.of(2, 4)], Int32Array.of(0, 1), Int32Array.of(5));
    assert.equal(globalNorm({ dense: { c: Float64Array.of(12, 0) }, rows }), 13);
    assert.ok(Number.isNaN(globalNorm({ dense: { c: Float64Array.of(NaN, 0) }, rows })));
  });
});

describe('the sum of chunks', () => {
  it('adds dense gradients and rows, and forgets them', () => {
    const sum = new GradientSum(features);
    const outputs = Object.fromEntries(
      Object.entries(sum.dense).map(([name, values]) => [
        `d${name}`,
        new Float64Array(values.length).fill(3),
      ]),
    );
    const chunk = { ...outputs, de: Float64Array.of(1, 2) };
    sum.add(chunk, Int32Array.of(0, 1), Int32Array.of(2));
    sum.add(chunk, Int32Array.of(0, 2), Int32Array.of(2, 3));
    for (const [name, values] of Object.entries(sum.dense))
      assert.ok(
        values.every((value) => value === 6),
        name,
      );
    assert.deepEqual([...sum.rows.ids.subarray(0, sum.rows.count)], [2, 3]);
    assert.deepEqual([...sum.rows.values[0].subarray(0, 4)], [2, 4, 1, 2]);
    sum.clear();
    assert.equal(globalNorm(sum), 0);
  });
});
