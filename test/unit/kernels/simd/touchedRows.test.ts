import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TouchedRows } from '../../../../src/kernels/simd/touchedRows';

describe('touched rows of a table', () => {
  it('lists each once, with the addresses of its gradients in their order', () => {
    const rows = fc.array(fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 12 }), { minLength: 1, maxLength: 4 });
    const touched = new TouchedRows(10);
    fc.assert(
      fc.property(rows, (shards) => {
        const gradients = shards.map((_, index) => 1_000_000 * (index + 1));
        const expected = new Map<number, number[]>();
        shards.forEach((shard, index) =>
          shard.forEach((row, r) => {
            if (row >= 0) expected.set(row, [...(expected.get(row) ?? []), gradients[index] + r * 16]);
          }),
        );
        const n = shards.flat().length;
        const lists = new Int32Array(3 * n + 1);
        // The same object again and again: it forgets what it listed.
        const count = touched.list(lists, shards.map((shard) => ({ rows: Int32Array.from(shard) })), gradients, 16);
        const found = Array.from({ length: count }, (_, i): [number, number[]] => [lists[i], [...lists.subarray(2 * n + 1 + lists[n + i], 2 * n + 1 + lists[n + i + 1])]]);
        assert.deepEqual(found, [...expected]);
      }),
    );
  });
});
