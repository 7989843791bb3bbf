import assert from 'node:assert/strict';
import { inGroups } from '../../../src/common/inGroups';

describe('work in groups', () => {
  const numbers = Array.from({ length: 10 }, (_, i) => i);

  it('does so much at a time, and takes the outcomes in the order of the items', async () => {
    const taken: number[] = [];
    const ends: (() => void)[] = [];
    let most = 0;
    await inGroups(
      numbers,
      4,
      async (item) => {
        // Those of a group end in the opposite order.
        const ended = new Promise<void>((resolve) => ends.unshift(resolve));
        most = Math.max(most, ends.length);
        if (item % 4 === 3 || item === 9) while (ends.length > 0) ends.shift()?.();
        await ended;
        return 2 * item;
      },
      (item, outcome) => {
        assert.equal(outcome, 2 * item);
        taken.push(item);
        return true;
      },
    );
    assert.deepEqual(taken, numbers);
    assert.equal(most, 4);
  });

  it('begins nothing more once it is not to go on', async () => {
    const begun: number[] = [];
    const taken: number[] = [];
    await inGroups(
      numbers,
      3,
      async (item) => void begun.push(item),
      (item) => {
        taken.push(item);
        return item < 4;
      },
    );
    assert.deepEqual(begun, [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(taken, begun);
  });

  it('rejects where an item does', () =>
    assert.rejects(
      inGroups(
        numbers,
        3,
        async () => {
          throw new Error('no');
        },
        () => true,
      ),
      /no/,
    ));
});
