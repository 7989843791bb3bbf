import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ChartView, choicesOf, defaultChoices } from '../../src/panel/client/chartView';
import { xScale } from '../../src/panel/client/xAxis';
import { initialState } from '../../src/run/runState';
import { epochRecord, historyTo, runIn, stepsPerEpoch } from './runs';

const viewOf = (lastStep: number): ChartView => {
  const view = new ChartView(defaultChoices, undefined, () => undefined);
  view.lastStep = lastStep;
  return view;
};

describe('Panel: what is shown of a run', () => {
  it('is all of it, until something is zoomed into', () => {
    const view = viewOf(1000);
    assert.deepEqual(view.range, { from: 0, to: 1000 });
    view.lastStep = 2000;
    assert.deepEqual(view.range, { from: 0, to: 2000 });
    view.zoomTo({ from: 500, to: 700 });
    view.lastStep = 3000;
    assert.deepEqual(view.range, { from: 500, to: 700 }, 'a part stays while the run grows');
    view.showAll();
    assert.deepEqual(view.range, { from: 0, to: 3000 });
  });

  it('lies inside of the run, whatever is zoomed and moved', () => {
    const change = fc.oneof(
      fc.record({ zoomTo: fc.tuple(fc.double({ noNaN: true, min: -50, max: 2000 }), fc.nat(2000)) }),
      fc.record({ by: fc.constantFrom('in' as const, 'out' as const), around: fc.nat(1500) }),
      fc.record({ pan: fc.constantFrom('earlier' as const, 'later' as const) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1500 }), fc.array(change), (lastStep, changes) => {
        const view = viewOf(lastStep);
        for (const each of changes) {
          if ('zoomTo' in each) view.zoomTo({ from: each.zoomTo[0], to: each.zoomTo[0] + each.zoomTo[1] });
          else if ('by' in each) view.zoomBy(each.by, each.around);
          else view.pan(each.pan);
          const { from, to } = view.range;
          assert.ok(from >= 0 && to <= lastStep + 1e-9 && from < to, JSON.stringify(view.range));
        }
      }),
    );
  });

  it('keeps the step at which it is zoomed in', () => {
    const view = viewOf(1000);
    view.zoomBy('in', 250);
    assert.deepEqual(view.range, { from: 125, to: 625 });
    view.zoomBy('out', 250);
    assert.equal(view.zoom, undefined);
  });

  it('takes of what was kept what is sound', () => {
    assert.deepEqual(choicesOf({ smoothing: 'much', xAxis: 'miles', logarithmic: 1 }), defaultChoices);
    const chosen = { smoothing: 40, xAxis: 'time', logarithmic: true, cutOutliers: true } as const;
    assert.deepEqual(choicesOf({ ...chosen, other: 3 }), chosen);
  });
});

describe('Panel: the x axis', () => {
  const { state } = runIn('running', { history: historyTo(2980) });

  it('counts epochs, and tokens where it is known how many there are', () => {
    assert.equal(xScale('epoch', state)?.of(stepsPerEpoch), 1);
    assert.equal(xScale('tokens', state), undefined);
    assert.equal(xScale('epoch', initialState({ epochs: 3, spans: false })), undefined);
  });

  it('has the time at the end of each epoch', () => {
    const scale = xScale('time', state);
    assert.ok(scale);
    for (const { step, seconds } of [epochRecord(1), epochRecord(5)])
      assert.ok(Math.abs(scale.of(step) - seconds) < 1e-9);
    assert.ok(Math.abs(scale.of(2980) - state.seconds) < 1e-9);
  });

  it('leads from a step to its place and back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('step' as const, 'epoch' as const, 'time' as const),
        fc.double({ min: 0, max: 3000, noNaN: true }),
        (axis, step) => {
          const scale = xScale(axis, state);
          assert.ok(scale);
          assert.ok(Math.abs(scale.stepAt(scale.of(step)) - step) < 1e-6);
        },
      ),
    );
  });
});
