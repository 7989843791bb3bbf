import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addLosses, emptyHistory, maximumPoints, stepsPerPoint } from '../../../src/run/history';

const upTo = (steps: number): number[] => Array.from({ length: steps }, (_, i) => i + 1);

describe('the history of a run', () => {
  it('keeps the whole curve, evenly, however long the run is', () => {
    const history = emptyHistory();
    const steps = upTo(62_720);
    for (let i = 0; i < steps.length; i += 37) {
      const some = steps.slice(i, i + 37);
      addLosses(
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
          const whole = emptyHistory();
          const parts = emptyHistory();
          const steps = upTo(count);
          const losses = steps.map((step) => Math.sin(step) + 2);
          addLosses(whole, steps, losses);
          let from = 0;
          for (const cut of [...cuts, count]) {
            addLosses(parts, steps.slice(from, from + cut), losses.slice(from, from + cut));
            from += cut;
          }
          assert.deepEqual(parts, whole);
        },
      ),
    );
  });
});
