import assert from 'node:assert/strict';
import type { RunProgress } from '../../../src/run/runEvent';
import { ProgressReporter } from '../../../src/training/progress';
import { Stopwatch } from '../../../src/training/stopwatch';

describe('progress', () => {
  it('carries the steps since the last message, the speed and the time left', () => {
    let now = 0;
    const sent: RunProgress[] = [];
    const reporter = new ProgressReporter(
      () => now,
      (progress) => sent.push(progress),
    );
    reporter.begin(1000, 10);
    assert.equal(reporter.due, false);
    reporter.add(1, 2.5);
    reporter.add(2, 2.25);
    assert.ok(reporter.due);
    reporter.flush({ epoch: 1, step: 2, tokens: 1300, seconds: 11, tokensLeft: 600, evaluationSeconds: 5 });
    assert.deepEqual(sent, [
      {
        epoch: 1,
        step: 2,
        steps: [1, 2],
        losses: [2.5, 2.25],
        tokensPerSecond: 300,
        secondsLeft: 7,
        seconds: 11,
      },
    ]);
    reporter.add(3, 2);
    now = 99;
    assert.equal(reporter.due, false);
    now = 100;
    assert.ok(reporter.due);
    reporter.flush({ epoch: 1, step: 3, tokens: 1300, seconds: 12.1, tokensLeft: 0, evaluationSeconds: 0 });
    // 0.9 · 300 tokens in 0.9 · 1 s + 1.1 s
    assert.ok(Math.abs(sent[1].tokensPerSecond - 135) < 1e-9);
    reporter.flush({ epoch: 1, step: 3, tokens: 0, seconds: 0, tokensLeft: 0, evaluationSeconds: 0 });
    assert.equal(sent.length, 2);
  });
});

describe('the stopwatch', () => {
  it('adds up what lies between start and stop', () => {
    let now = 0;
    const stopwatch = new Stopwatch(() => now, 2);
    now = 5000;
    assert.equal(stopwatch.seconds, 2);
    stopwatch.start();
    now = 6000;
    assert.equal(stopwatch.seconds, 3);
    stopwatch.start();
    stopwatch.stop();
    now = 9000;
    assert.equal(stopwatch.seconds, 3);
    assert.equal(stopwatch.running, false);
  });
});
