import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { runInTurn } from '../../../bench/inTurn';

describe('bench: tasks in turn', () => {
  const task = (
    name: string,
    log: string[],
    run: (time: number) => Promise<string> = async (time) => `${name}${time}`,
  ) => {
    let time = 0;
    return { name, run: () => (log.push(name), run(++time)) };
  };

  it('goes round over all of them', async () => {
    const log: string[] = [];
    const told: string[] = [];
    const outcomes = await runInTurn([task('a', log), task('b', log)], 3, Infinity, (text) =>
      told.push(text),
    );
    assert.equal(log.join(''), 'ababab');
    assert.deepEqual(outcomes, [{ results: ['a1', 'a2', 'a3'] }, { results: ['b1', 'b2', 'b3'] }]);
    assert.equal(told[3], 'b, round 2 of 3');
  });

  it('does not try again what failed, and drops what it gave before', async () => {
    const log: string[] = [];
    const broken = task('x', log, async (time) => {
      if (time === 2) throw new Error('no such device');
      return 'x';
    });
    assert.deepEqual(await runInTurn([broken, task('a', log)], 4, Infinity, () => undefined), [
      { failed: 'no such device' },
      { results: ['a1', 'a2', 'a3', 'a4'] },
    ]);
    assert.equal(log.join(''), 'xaxaaa');
  });

  it('does not run again what took long enough', async () => {
    const log: string[] = [];
    const slow = task('s', log, async () => {
      await sleep(60);
      return 's';
    });
    await runInTurn([slow, task('a', log)], 4, 0.05, () => undefined);
    assert.equal(log.filter((name) => name === 's').length, 1);
    assert.equal(log.filter((name) => name === 'a').length, 4);
  });
});
