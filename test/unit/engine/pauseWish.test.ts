import assert from 'node:assert/strict';
import { WorkerError } from '../../../src/common/errors';
import { PauseWish } from '../../../src/engine/pauseWish';

describe('The wish to pause a run', () => {
  it('is reported once, whoever reports it first', () => {
    const types: string[] = [];
    const wish = new PauseWish(({ type }) => types.push(type));
    wish.report(false);
    for (const paused of [true, true, false, false, true]) wish.report(paused);
    assert.deepEqual(types, ['paused', 'resumed', 'paused']);
  });

  it('changes only where it is another one', () => {
    const wish = new PauseWish(() => undefined);
    assert.deepEqual(
      [wish.set(false), wish.set(true), wish.set(true), wish.set(false)],
      [false, true, false, true],
    );
  });

  it('holds up whoever waits for its end, through a second pause too', async () => {
    const wish = new PauseWish(() => undefined);
    await wish.ended();
    wish.set(true);
    let ended = false;
    const waiting = wish.ended().then(() => (ended = true));
    wish.set(false);
    wish.set(true);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(ended, false);
    wish.set(false);
    assert.equal(await waiting, true);
  });

  it('rejects whoever waits when the run ends', async () => {
    const wish = new PauseWish(() => undefined);
    wish.set(true);
    const waiting = wish.ended();
    wish.dispose();
    await assert.rejects(waiting, WorkerError);
    await assert.rejects(wish.ended(), WorkerError);
  });
});
