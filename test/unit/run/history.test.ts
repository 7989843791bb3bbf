import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EpochRecord } from '../../../src/run/epochRecord';
import {
  addEpoch,
  addLosses,
  emptyHistory,
  historyUntil,
  maximumEpochs,
  maximumPoints,
  maximumSweeps,
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

  it('of ten million steps is bounded, even, and keeps every spike and the lowest loss in sight', function () {
    this.timeout(120_000);
    const steps = 10_000_000;
    const at = { spike: 7_654_321, low: 1_234_567 };
    const lossAt = (step: number): number =>
      step === at.spike ? 400 : step === at.low ? 0.001 : 1 + 1e6 / (step + 1e6);
    let history = emptyHistory;
    for (let from = 1; from <= steps; from += 5000) {
      const some = Array.from({ length: 5000 }, (_, i) => from + i);
      history = addLosses(history, some, some.map(lossAt));
      assert.ok(history.steps.length <= maximumPoints);
    }
    const { least = [], greatest = [], losses } = history;
    assert.ok(history.steps.length > maximumPoints / 2 && history.steps.at(-1) === steps);
    assert.deepEqual([least.length, greatest.length], [losses.length, losses.length]);
    assert.deepEqual([Math.min(...least), Math.max(...greatest)], [0.001, 400]);
    const point = history.steps.findIndex((step) => step >= at.spike);
    assert.equal(greatest[point], 400);
    assert.ok(losses[point] < 2, 'the mean hides it');
    losses.forEach((loss, i) => assert.ok(least[i] <= loss && loss <= greatest[i]));
  });

  it('has no envelope as long as each point is one step, and loses none when it is cut back', () => {
    const short = addLosses(emptyHistory, upTo(maximumPoints), upTo(maximumPoints));
    assert.deepEqual(Object.keys(short), Object.keys(emptyHistory));
    const long = addLosses(short, [maximumPoints + 1], [9]);
    assert.equal(long.least?.length, long.steps.length);
    assert.deepEqual([long.least?.[0], long.losses[0], long.greatest?.[0]], [1, 1.5, 2]);
    const cut = historyUntil(long, 100);
    assert.deepEqual([cut.least?.length, cut.greatest?.length], [50, 50]);
  });

  it('leaves losses that are not numbers out of its envelope', () => {
    const losses = upTo(maximumPoints + 2).map((step) => (step === 1 ? NaN : step));
    const { least, greatest } = addLosses(emptyHistory, upTo(losses.length), losses);
    assert.deepEqual([least?.[0], greatest?.[0]], [2, 2]);
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

  it('keeps epochs evenly, with both ends and all extremes, however many there are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 7000 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 2000, max: 7000 }),
        (odd, count) => {
          const recordOf = (number: number): EpochRecord => ({
            ...epoch(number, 3 * number),
            loss: odd.includes(number) ? number : 0.5,
            development: {
              tokens: 1,
              sentences: 1,
              loss: 1,
              accuracy: odd.includes(number) ? 1 / number : 1,
            },
          });
          const all = upTo(count).map(recordOf);
          const { epochs } = all.reduce(addEpoch, emptyHistory);
          assert.ok(epochs.length <= maximumEpochs && epochs.length > maximumEpochs / 4, `${epochs.length}`);
          assert.deepEqual([epochs[0], epochs.at(-1)], [all[0], all.at(-1)]);
          const losses = (records: readonly EpochRecord[]) => records.map(({ loss }) => loss);
          const scores = (records: readonly EpochRecord[]) =>
            records.map(({ development }) => development?.accuracy ?? NaN);
          for (const figure of [losses, scores])
            for (const extreme of [Math.min, Math.max])
              assert.equal(extreme(...figure(epochs)), extreme(...figure(all)));
          // No gap is wider than the multiples that are kept.
          epochs.forEach((record, i) => {
            if (i > 0) assert.ok(record.epoch - epochs[i - 1].epoch <= count / (maximumEpochs / 4));
          });
        },
      ),
      { numRuns: 3 },
    );
  });

  it('keeps the flow of the gradient in so many sweeps at most, the newest among them', () => {
    const sweeps = Array.from({ length: 32 }, (_, i) => ({
      layer: 1 + (i >> 1),
      direction: 'leftToRight' as const,
      norms: [1],
      bound: 1,
      saturated: 0,
    }));
    const flow = { gradientNorm: { mean: 1, largest: 2 }, sweeps };
    const records = upTo(3000).map((number) => ({ ...epoch(number, number), flow }));
    const { epochs } = records.reduce(addEpoch, emptyHistory);
    const kept = epochs.reduce((sum, record) => sum + (record.flow?.sweeps.length ?? 0), 0);
    assert.ok(kept <= maximumSweeps && kept > maximumSweeps / 4, `${kept}`);
    assert.deepEqual(epochs.at(-1)?.flow, flow);
    for (const record of epochs) assert.deepEqual(record.flow?.gradientNorm, flow.gradientNorm);
  });
});
