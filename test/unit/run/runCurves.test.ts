import assert from 'node:assert/strict';
import fc from 'fast-check';
import { meanCurve, valueAt } from '../../../src/run/meanCurve';
import { mostEpochs, mostPoints, runCurves, runFigures } from '../../../src/run/runCurves';
import { initialState } from '../../../src/run/runState';
import type { RunState } from '../../../src/run/runState';

function run(epochs: number, stepsPerEpoch = 4): RunState {
  const steps = Array.from({ length: epochs * stepsPerEpoch }, (_, i) => i + 1);
  return {
    ...initialState({ epochs, spans: false }),
    stepsPerEpoch,
    step: steps.length,
    history: {
      steps,
      losses: steps.map((step) => 1 / step),
      epochs: Array.from({ length: epochs }, (_, i) => ({
        epoch: i + 1,
        step: (i + 1) * stepsPerEpoch,
        loss: 1,
        development: { tokens: 1, sentences: 1, loss: 2 / (i + 1), accuracy: i === 100 ? 0.99 : 0.5 },
        tokensPerSecond: 1,
        seconds: i + 1,
      })),
    },
  };
}

describe('a run’s curves in short', () => {
  it('are bounded, with their ends and the best epoch', () => {
    const curves = runCurves('r', run(999), 0);
    assert.ok(curves.steps.length <= mostPoints && curves.steps.length > mostPoints / 3);
    assert.ok(curves.epochs.length <= mostEpochs);
    assert.deepEqual([curves.steps[0], curves.steps.at(-1)], [1, 3996]);
    assert.ok(curves.epochs.some(({ score }) => score === 0.99));
    assert.equal(curves.epochs.at(-1)?.epoch, 999);
  });

  it('have gradient norm, learning rate and speed of their epochs, where these are known', () => {
    const state = run(2);
    const [first, second] = state.history.epochs;
    const gradientNorm = { mean: 1.5, largest: 9 };
    const epochs = [first, { ...second, learningRate: 0.01, flow: { gradientNorm, sweeps: [] } }];
    const curves = runCurves('r', { ...state, history: { ...state.history, epochs } }, 0);
    assert.deepEqual(
      curves.epochs.map(({ flow, learningRate, tokensPerSecond }) => [flow, learningRate, tokensPerSecond]),
      [
        [undefined, undefined, 1],
        [{ gradientNorm }, 0.01, 1],
      ],
    );
  });

  it('of one step are that step', () => {
    const curves = runCurves('r', run(1, 1), 50);
    assert.deepEqual([curves.steps, curves.smoothed], [[1], [1]]);
    assert.deepEqual(runFigures(run(1, 1), 50), { best: 0.5, last: 0.5, smoothedLoss: 1 });
    assert.deepEqual(runFigures(initialState({ epochs: 3, spans: true }), 50), {});
  });
});

describe('a mean of curves', () => {
  it('is that of their values, over what all of them have', () => {
    const { x, mean, low, high } = meanCurve([
      { x: [0, 2, 4], y: [0, 2, 4] },
      { x: [1, 3], y: [3, 5] },
    ]);
    assert.deepEqual(x, [1, 2, 3]);
    assert.deepEqual(mean, [2, 3, 4]);
    const deviation = Math.SQRT2;
    for (const [i, at] of mean.entries()) {
      assert.ok(Math.abs(low[i] - at + deviation) < 1e-12);
      assert.ok(Math.abs(high[i] - at - deviation) < 1e-12);
    }
  });

  it('of one curve has no width, of none is empty, and gaps are lines', () => {
    const one = { x: [1, 2, 3], y: [1, undefined, 3] };
    assert.deepEqual(meanCurve([one]), { x: [1, 3], mean: [1, 3], low: [1, 3], high: [1, 3] });
    assert.deepEqual(meanCurve([]), { x: [], mean: [], low: [], high: [] });
    assert.equal(valueAt(one, 2), 2);
    assert.deepEqual([valueAt(one, 0.5), valueAt(one, 3), valueAt(one, 3.1)], [undefined, 3, undefined]);
  });

  it('lies between the lowest and the highest curve at each place', () => {
    const curve = fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.double({ min: -5, max: 5, noNaN: true })), {
        selector: ([x]) => x,
        minLength: 1,
      })
      .map((points) => points.sort(([a], [b]) => a - b))
      .map((points) => ({ x: points.map(([x]) => x), y: points.map(([, y]) => y) }));
    fc.assert(
      fc.property(fc.array(curve, { minLength: 1, maxLength: 5 }), (curves) => {
        const { x, mean } = meanCurve(curves);
        x.forEach((place, i) => {
          const values = curves.map((each) => valueAt(each, place) ?? NaN);
          assert.ok(mean[i] >= Math.min(...values) - 1e-9 && mean[i] <= Math.max(...values) + 1e-9);
        });
      }),
    );
  });
});
