import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TouchedRows } from '../../../../src/kernels/simd/touchedRows';

describe('touched rows of the tables', () => {
  it('lists each once, with where it occurs in the order of shards and their rows', () => {
    // By shard and row of its inputs: the rows of the tables that are summed there.
    const features = fc.array(fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { maxLength: 8 }), {
      minLength: 1,
      maxLength: 4,
    });
    const touched = new TouchedRows(10);
    fc.assert(
      fc.property(features, (shards) => {
        const expected = new Map<number, number[]>();
        shards.forEach((rows, index) =>
          rows.forEach((ids, r) =>
            ids.forEach((id) => expected.set(id, [...(expected.get(id) ?? []), index * 2 ** 16 + r])),
          ),
        );
        const n = shards.flat(2).length;
        const lists = new Int32Array(3 * n + 1);
        const given = shards.map((rows) => {
          const starts = [0];
          for (const ids of rows) starts.push(starts.at(-1)! + ids.length);
          // What lies behind the end of a shard's numbers means nothing.
          return { starts: Int32Array.from(starts), ids: Int32Array.from([...rows.flat(), 3, 5]) };
        });
        // The same object again and again: it forgets what it listed.
        const count = touched.list(lists, given);
        const found = Array.from({ length: count }, (_, i): [number, number[]] => [
          lists[i],
          [...lists.subarray(2 * n + 1 + lists[n + i], 2 * n + 1 + lists[n + i + 1])],
        ]);
        assert.deepEqual(found, [...expected]);
      }),
    );
  });
});
