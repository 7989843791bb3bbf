import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TaskQueue } from '../../../src/common/taskQueue';

describe('A queue of tasks', () => {
  it('runs all of them, each when those before it have ended, however long they take', async () => {
    const lengths = fc.array(fc.nat({ max: 5 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(lengths, async (turns) => {
        const queue = new TaskQueue();
        const log: string[] = [];
        await Promise.all(
          turns.map((count, i) =>
            queue.add(async () => {
              log.push(`${i} begins`);
              for (let turn = 0; turn < count; turn++) await Promise.resolve();
              log.push(`${i} ends`);
            }),
          ),
        );
        assert.deepEqual(
          log,
          turns.flatMap((_, i) => [`${i} begins`, `${i} ends`]),
        );
      }),
    );
  });

  it('goes on behind a task that fails, whose error is told to whoever added it', async () => {
    const queue = new TaskQueue();
    const failed = queue.add(() => Promise.reject(new Error('no')));
    const next = queue.add(() => 'next');
    await assert.rejects(failed, /^Error: no$/);
    assert.equal(await next, 'next');
  });

  it('leaves out what waits when it is cleared, and takes what comes then', async () => {
    const queue = new TaskQueue();
    const first = queue.add(() => {
      queue.clear();
      return 'first';
    });
    const waiting = queue.add(() => 'waiting');
    assert.deepEqual(await Promise.all([first, waiting]), ['first', undefined]);
    assert.equal(await queue.add(() => 'later'), 'later');
  });
});
