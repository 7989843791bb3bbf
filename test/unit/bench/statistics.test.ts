import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fastest, median, quantile, speedRatio } from '../../../bench/statistics';

describe('bench: statistics', () => {
  const number = fc.double({ min: 0.01, max: 1e6, noNaN: true });
  const numbers = fc.array(number, { minLength: 1, maxLength: 30 });

  it('takes the middle number, or the mean of the two in the middle', () => {
    assert.equal(median([3]), 3);
    assert.equal(median([9, 1, 2]), 2);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.equal(quantile([10, 20, 30, 40, 50], 0.25), 20);
    assert.equal(quantile([10, 20], 0.25), 12.5);
    assert.throws(() => median([]), RangeError);
  });

  it('has at least half of the numbers on each side of the median, whatever their order', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const middle = median(values);
        assert.ok(2 * values.filter((value) => value <= middle).length >= values.length);
        assert.ok(2 * values.filter((value) => value >= middle).length >= values.length);
        assert.equal(median([...values].reverse()), middle);
      }),
    );
  });

  it('rises from the least to the largest number', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, a, b) => {
          assert.equal(quantile(values, 0), Math.min(...values));
          assert.equal(quantile(values, 1), Math.max(...values));
          assert.ok(quantile(values, Math.min(a, b)) <= quantile(values, Math.max(a, b)) * (1 + 1e-12));
        },
      ),
    );
  });

  it('divides medians, and rounds one by one', () => {
    // One round in which a neighbour took the core from both changes no ratio of rounds.
    assert.deepEqual(speedRatio([10, 12, 80], [5, 6, 40]), { ratio: 2, low: 2, high: 2 });
    assert.deepEqual(speedRatio([10, 10, 10, 10, 10], [5, 10, 20, 2, 4]), { ratio: 2, low: 1, high: 2.5 });
    assert.throws(() => speedRatio([1, 2], [1]), RangeError);
  });

  it('finds the fastest setting by its median, not by its best round', () => {
    const steady = { name: 'steady', times: [3, 3, 3] };
    const lucky = { name: 'lucky', times: [1, 4, 4] };
    assert.equal(fastest([lucky, steady, { name: 'not run', times: [] }]), steady);
    assert.equal(fastest([]), undefined);
  });
});
