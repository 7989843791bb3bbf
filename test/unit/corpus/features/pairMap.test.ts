import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PairMap } from '../../../../src/corpus/features/pairMap';

describe('numbers by pairs of numbers', () => {
  it('are held as a Map holds them', () => {
    const number = fc.oneof(fc.integer({ min: -1, max: 5 }), fc.integer({ min: -1, max: 2 ** 26 }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number, fc.integer({ min: -1, max: 2 ** 31 - 1 })), { maxLength: 60 }),
        (entries) => {
          const map = new PairMap();
          const expected = new Map<string, number>();
          for (const [left, right, value] of entries) {
            assert.equal(map.get(left, right), expected.get(`${left} ${right}`));
            map.set(left, right, value);
            expected.set(`${left} ${right}`, value);
            assert.equal(map.size, expected.size);
          }
          for (const [left, right] of entries)
            assert.equal(map.get(left, right), expected.get(`${left} ${right}`));
        },
      ),
    );
  });

  it('are kept as they grow many, and forgotten when cleared', () => {
    const map = new PairMap();
    for (let i = 0; i < 20_000; i++) map.set(i % 131, i, i);
    assert.equal(map.size, 20_000);
    for (let i = 0; i < 20_000; i++) assert.equal(map.get(i % 131, i), i);
    assert.equal(map.get(0, 1), undefined);
    map.clear();
    assert.deepEqual([map.size, map.get(0, 0), map.get(1, 1)], [0, undefined, undefined]);
  });
});
