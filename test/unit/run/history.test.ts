import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addEpoch,
  addLosses,
  emptyHistory,
  historyUntil,
  maximumPoints,
  stepsPerPoint,
} from '../../../src/run/history';

const upTo = (steps: number): number[] => Array.from({ length: steps }, (_, i) => i + 1);

const epoch = (number: number, step: number) => ({
  epoch: number,
  step,
  loss: 1,
  tokensPerSecond: 1,
  seconds: 1,
});

describe('the history of a run', () => {
  it('keeps the whole curve, evenly, however long the run is', () => {
    let history = emptyHistory;
    const steps = upTo(62_720);
    for (let i = 0; i < steps.length; i += 37) {
      const some = steps.slice(i, i + 37);
      history = addLosses(
        history,
        some,
        some.map((step) => 1 / step),
      );
    }
    const width = stepsPerPoint(62_720);
    assert.equal(width, 16);
    assert.equal(history.steps.length, 62_720 / width);
    assert.ok(history.steps.length <= maximumPoints);
    history.steps.forEach((step, i) => {
      assert.equal(step, (i + 1) * width);
      const mean = upTo(width).reduce((sum, j) => sum + 1 / (i * width + j), 0) / width;
      assert.ok(Math.abs(history.losses[i] - mean) < 1e-9);
    });
  });

  it('is the same whether losses come one by one or all at once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9000 }),
        fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 10 }),
        (count, cuts) => {
          let parts = emptyHistory;
          const steps = upTo(count);
          const losses = steps.map((step) => Math.sin(step) + 2);
          const whole = addLosses(emptyHistory, steps, losses);
          let from = 0;
          for (const cut of [...cuts, count]) {
            parts = addLosses(parts, steps.slice(from, from + cut), losses.slice(from, from + cut));
            from += cut;
          }
          assert.deepEqual(parts, whole);
        },
      ),
    );
  });

  it('is left as it was by what is added', () => {
    const history = addLosses(emptyHistory, [1, 2, 3], [3, 2, 1]);
    const before = structuredClone(history);
    addLosses(history, [3, 4], [9, 9]);
    addEpoch(history, epoch(1, 3));
    historyUntil(history, 1);
    assert.deepEqual(history, before);
  });

  it('has the newer loss of a step and the newer record of an epoch that come again', () => {
    const history = addLosses(emptyHistory, upTo(500), upTo(500));
    const again = addLosses(history, [481, 482], [9, 8]);
    assert.deepEqual([again.steps.length, again.losses.slice(-2)], [482, [9, 8]]);
    const epochs = [epoch(1, 3), epoch(2, 6), epoch(3, 9), { ...epoch(2, 6), loss: 7 }];
    assert.deepEqual(epochs.reduce(addEpoch, emptyHistory).epochs, [epochs[0], epochs[3]]);
  });

  it('is cut back at a step', () => {
    const history = { steps: [2, 4, 6], losses: [3, 2, 1], epochs: [epoch(1, 5)] };
    assert.deepEqual(historyUntil(history, 4), { steps: [2, 4], losses: [3, 2], epochs: [] });
    assert.equal(historyUntil(history, 5).epochs.length, 1);
    assert.deepEqual(historyUntil(history, 0), emptyHistory);
  });
});
