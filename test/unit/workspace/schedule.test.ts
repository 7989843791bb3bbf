import assert from 'node:assert/strict';
import { Debounce, Throttle } from '../../../src/workspace/schedule';
import { FakeClock } from './fakeClock';

describe('Debounce', () => {
  it('runs at once what waits when it is flushed, and only then', () => {
    const clock = new FakeClock();
    const runs: number[] = [];
    const debounce = new Debounce(() => runs.push(clock.now()), { quietMs: 150, longestWaitMs: 500 }, clock);
    debounce.flush();
    debounce.request();
    assert.ok(debounce.isPending);
    clock.pass(50);
    debounce.flush();
    assert.ok(!debounce.isPending);
    clock.pass(1_000);
    assert.deepEqual(runs, [50]);
  });

  it('waits till it is quiet', () => {
    const clock = new FakeClock();
    const runs: number[] = [];
    const debounce = new Debounce(() => runs.push(clock.now()), { quietMs: 150, longestWaitMs: 500 }, clock);
    debounce.request();
    clock.pass(100);
    debounce.request();
    clock.pass(149);
    assert.deepEqual(runs, []);
    clock.pass(1_000);
    assert.deepEqual(runs, [250]);
  });

  it('does not wait longer than it may', () => {
    const clock = new FakeClock();
    const runs: number[] = [];
    const debounce = new Debounce(() => runs.push(clock.now()), { quietMs: 150, longestWaitMs: 500 }, clock);
    for (let i = 0; i < 12; i++) {
      debounce.request();
      clock.pass(100);
    }
    clock.pass(1_000);
    assert.deepEqual(runs, [500, 1_000, 1_250]);
  });

  it('runs at the first request after a quiet at once, if it is to, and waits with the next', () => {
    const clock = new FakeClock();
    const runs: number[] = [];
    const options = { quietMs: 150, longestWaitMs: 500, firstAtOnce: true };
    const debounce = new Debounce(() => runs.push(clock.now()), options, clock);
    for (let i = 0; i < 9; i++) {
      debounce.request();
      clock.pass(100);
    }
    assert.deepEqual(runs, [0, 600]);
    clock.pass(1_000);
    assert.deepEqual(runs, [0, 600, 950]);
    debounce.request();
    debounce.request();
    clock.pass(1_000);
    assert.deepEqual(runs, [0, 600, 950, 1_900, 2_050]);
  });

  it('can be cancelled', () => {
    const clock = new FakeClock();
    const debounce = new Debounce(() => assert.fail('ran'), { quietMs: 150, longestWaitMs: 500 }, clock);
    debounce.request();
    debounce.cancel();
    clock.pass(1_000);
  });
});

describe('Throttle', () => {
  it('runs at once, then no more often than it may, and never drops the last request', () => {
    const clock = new FakeClock();
    const runs: number[] = [];
    const throttle = new Throttle(() => runs.push(clock.now()), 1_000, clock);
    for (let i = 0; i < 5; i++) {
      throttle.request();
      clock.pass(300);
    }
    clock.pass(10_000);
    throttle.request();
    assert.deepEqual(runs, [0, 1_000, 2_000, 11_500]);
  });

  it('can be cancelled', () => {
    const clock = new FakeClock();
    let runs = 0;
    const throttle = new Throttle(() => runs++, 1_000, clock);
    throttle.request();
    throttle.request();
    throttle.cancel();
    clock.pass(5_000);
    assert.equal(runs, 1);
  });
});
