import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maximumPoints } from '../../../src/run/history';
import { preparationText } from '../../../src/run/preparation';
import type { Preparation } from '../../../src/run/preparation';
import type { RunEvent } from '../../../src/run/runEvent';
import {
  canResume,
  initialState,
  interrupted,
  isUnderWay,
  reduce,
  shareDone,
  startRateOf,
} from '../../../src/run/runState';
import type { RunState } from '../../../src/run/runState';
import { checkpoint, ended, epochEnded, moved, movingTo, progress, scores, started } from './events';

const begun = initialState({ epochs: 0, spans: false });
const after = (...events: RunEvent[]): RunState => events.reduce(reduce, begun);
const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

describe('the state of a run', () => {
  it('begins with nothing but what is known beforehand', () => {
    assert.deepEqual([begun.phase, begun.epoch, begun.step, begun.seconds], ['starting', 0, 0, 0]);
    assert.equal(shareDone(begun), undefined);
  });

  it('takes the facts of the run from its start', () => {
    const { phase, epoch, epochs, stepsPerEpoch, device, spans } = after(started());
    assert.deepEqual(
      [phase, epoch, epochs, stepsPerEpoch, device, spans],
      ['running', 1, 20, 3, 'Plain JavaScript', true],
    );
  });

  it('stops after its epoch until that is taken back, or it has ended', () => {
    const asked: RunEvent = { type: 'stopAfterEpoch', wanted: true };
    assert.equal(after(started(), asked).stopsAfterEpoch, true);
    assert.equal(after(started(), asked, { ...asked, wanted: false }).stopsAfterEpoch, false);
    assert.equal(after(started(), asked, ended('stopped')).stopsAfterEpoch, undefined);
    assert.equal(after(started(), ended('done'), asked).stopsAfterEpoch, undefined);
  });

  it('has the learning rate that a person gave it last', () => {
    const changed = (step: number, learningRate: number): RunEvent => ({
      type: 'learningRate',
      epoch: 1,
      step,
      learningRate,
    });
    assert.equal(startRateOf(after(started())), undefined);
    assert.equal(startRateOf(after(started(), changed(3, 0.1), changed(5, 0.2), moved)), 0.2);
  });

  it('follows steps, epochs and checkpoints', () => {
    const state = after(
      started(),
      progress([1, 2, 3], [4, 3, 2]),
      epochEnded(1, { development: scores, seconds: 1.25 }),
      checkpoint(3, { best: false }),
    );
    assert.deepEqual(
      [
        state.loss,
        state.step,
        state.secondsLeft,
        state.seconds,
        state.development,
        state.checkpoint,
        state.best,
      ],
      [3, 3, 9, 1.25, scores, { epoch: 1, step: 3 }, undefined],
    );
    assert.deepEqual(
      [state.history.steps, state.history.losses, state.history.epochs.length],
      [[1, 2, 3], [4, 3, 2], 1],
    );
    assert.equal(shareDone(state), 0.05);
    const { checkpoint: newest, best } = reduce(state, checkpoint(6, { latest: false }));
    assert.deepEqual([newest?.step, best?.step], [3, 6]);
  });

  it('keeps what was measured before the start, and the device that was taken', () => {
    const trials = [{ device: 'webgpu', tokensPerSecond: 7 }] as const;
    assert.deepEqual(after({ type: 'chosen', device: 'webgpu', trials, remembered: false }).choice, {
      device: 'webgpu',
      trials,
    });
  });

  it('tells what it prepares until it trains, moves or has ended', () => {
    const preparing = (preparation: Preparation) => ({ type: 'preparing', preparation }) as const;
    const reading = preparing({ doing: 'reading' });
    const opening = preparing({ doing: 'preparing', device: 'simd' });
    const text = (...events: RunEvent[]): string | undefined => preparationText(after(...events));
    assert.equal(text(), 'reading');
    assert.equal(text(reading), 'reading');
    const measuring = preparing({ doing: 'measuring', devices: ['simd', 'webgpu'] });
    assert.equal(text(reading, measuring), 'measuring devices: simd, webgpu');
    assert.equal(text(reading, measuring, opening), 'preparing simd');
    assert.equal(text(opening, started()), undefined);
    assert.equal(text(opening, started(), movingTo(0)), 'looking for another device');
    assert.equal(text(opening, started(), movingTo(0), opening), 'preparing simd');
    assert.equal(text(opening, { type: 'paused' }), undefined);
    assert.equal(text(opening, { type: 'paused' }, { type: 'resumed' }), 'preparing simd');
    for (const last of [started(), ended('stopped')])
      assert.ok(!('preparation' in after(opening, last)), last.type);
  });

  it('does not change with problems of files', () => {
    assert.equal(reduce(begun, { type: 'problems', problems: [] }), begun);
  });

  describe('while the run is paused', () => {
    const paused = { type: 'paused' } as const;
    const resumed = { type: 'resumed' } as const;

    it('is paused, and runs again afterwards', () => {
      assert.equal(after(started(), paused).phase, 'paused');
      assert.equal(after(started(), paused, resumed).phase, 'running');
    });

    it('stays paused when training starts or its device is lost', () => {
      assert.equal(after(paused, started()).phase, 'paused');
      assert.equal(after(paused, started(), resumed).phase, 'running');
      assert.equal(after(started(), paused, movingTo(0)).phase, 'paused');
      assert.equal(after(started(), paused, movingTo(0), resumed).phase, 'moving');
    });

    it('is stopping from then on to its end, and not paused any more', () => {
      const stopping = after(started(), { type: 'paused' }, { type: 'stopping' });
      assert.deepEqual([stopping.phase, isUnderWay(stopping.phase)], ['stopping', true]);
      const later = [progress([1], [2]), started(), { type: 'resumed' } as const, checkpoint(1)];
      assert.equal(later.reduce<RunState>(reduce, stopping).phase, 'stopping');
      assert.equal(reduce(stopping, ended('stopped')).phase, 'stopped');
    });

    it('is starting again where it goes on before training has started', () => {
      assert.equal(after(paused, resumed).phase, 'starting');
      assert.equal(after(paused, resumed, started()).phase, 'running');
    });
  });

  describe('when the run moves to another device', () => {
    const before = [
      started(0, { longSentences: 2 }),
      progress([1, 2, 3]),
      epochEnded(1),
      checkpoint(3),
      progress([4, 5, 6]),
      epochEnded(2),
    ];

    it('goes back to the checkpoint, and its curves with it', () => {
      const { phase, epoch, step, secondsLeft, history } = after(...before, movingTo(3));
      assert.deepEqual([phase, epoch, step, secondsLeft], ['moving', 1, 3, undefined]);
      assert.deepEqual([history.steps, history.epochs.length], [[1, 2, 3], 1]);
    });

    it('has each step and epoch once when they are done again', () => {
      const there = started(3, { device: 'simd', deviceDescription: 'WebAssembly SIMD' });
      // The end of an epoch is done again where the checkpoint is of its last step.
      const again = [there, moved, epochEnded(1), progress([4]), progress([5])];
      const { phase, device, history } = after(...before, movingTo(3), ...again);
      assert.deepEqual([phase, device], ['running', 'WebAssembly SIMD']);
      assert.deepEqual(
        [history.steps, history.losses, history.epochs.length],
        [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], 1],
      );
    });

    it('has a notice of it, and those of the corpus once', () => {
      const state = after(...before, movingTo(3), started(3, { longSentences: 2 }), moved);
      const { type: _, ...move } = moved;
      assert.deepEqual(state.notices, [
        { type: 'heldOut' },
        { type: 'longSentences', count: 2 },
        { type: 'moved', ...move },
      ]);
      assert.equal(state.message, undefined);
    });
  });

  describe('at the end', () => {
    it('has the scores of the model and no time left', () => {
      const test = { ...scores, accuracy: 0.75 };
      const state = after(started(), progress([1]), ended('done', { development: scores, test }));
      assert.deepEqual(
        [state.phase, state.epoch, state.step, state.seconds, state.secondsLeft],
        ['done', 20, 60, 70, undefined],
      );
      assert.deepEqual([state.development, state.test], [scores, test]);
    });

    it('keeps the scores of the last epoch and the time where the end has none', () => {
      const { phase, development, seconds, message } = after(
        started(),
        epochEnded(1, { development: scores, seconds: 2.25 }),
        ended('diverged', { seconds: 0, message: 'Lower the learning rate.' }),
      );
      assert.deepEqual(
        [phase, development, seconds, message],
        ['diverged', scores, 2.25, 'Lower the learning rate.'],
      );
    });

    it('has the error of a run that failed, with what can be done', () => {
      const error = { name: 'WorkerError', message: 'The trainer ended.', hint: 'Resume it.' };
      const state = after(started(), { type: 'failed', error });
      assert.deepEqual(
        [state.phase, state.message, state.error],
        ['failed', 'The trainer ended. Resume it.', error],
      );
    });

    it('is not paused any more', () => {
      const { phase, pausedIn } = after(started(), { type: 'paused' }, ended('stopped'));
      assert.deepEqual([phase, pausedIn], ['stopped', undefined]);
    });

    it('says whether the run can go on', () => {
      assert.equal(canResume(after(started())), false);
      assert.equal(canResume(after(started(), checkpoint(1), ended('stopped'))), true);
      assert.equal(canResume(after(started(), ended('stopped'))), false);
      assert.equal(canResume(after(started(), checkpoint(1), ended('done'))), false);
      assert.equal(canResume(interrupted(after(started()))), true);
    });
  });
});

/**
 * A run on one device, from a step on: progress in messages of some steps, epochs, now and then a checkpoint.
 */
function stretch(
  from: number,
  to: number,
  cuts: readonly number[],
  loss: (step: number) => number,
  stepsPerEpoch = 3,
): RunEvent[] {
  const ends = [...new Set([...cuts.filter((cut) => cut > from && cut < to), to])].sort((a, b) => a - b);
  let last = from;
  return ends.flatMap((end) => {
    const steps = range(last + 1, end);
    last = end;
    const whole = steps.filter((step) => step % stepsPerEpoch === 0);
    const epochs = whole.map((step) => epochEnded(step / stepsPerEpoch, { step }));
    return steps.length > 0 ? [progress(steps, steps.map(loss)), ...epochs, checkpoint(end)] : [];
  });
}

const cuts = fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 20 });

describe('the history of any run', () => {
  it('is that of a run that never went on after the checkpoint it went back to', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1500 }),
        fc.integer({ min: 0, max: 1500 }),
        fc.integer({ min: 1, max: 1500 }),
        cuts,
        (kept, lost, further, at) => {
          const until = [started(), ...stretch(0, kept, at, Math.sin)];
          const lostPart = stretch(kept, kept + lost, at, Math.cos);
          const rest = [started(kept), moved, ...stretch(kept, kept + further, at, Math.tan), ended('done')];
          const whole = after(...until, movingTo(kept), ...rest);
          const moving = after(...until, ...lostPart, movingTo(kept), ...rest);
          assert.deepEqual(moving.history, whole.history);
          assert.deepEqual({ ...moving, best: undefined }, { ...whole, best: undefined });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('has at most so many points, with steps and epochs that only rise, wherever it goes back', () => {
    const moves = fc.array(
      fc.record({
        to: fc.integer({ min: 1, max: 30_000 }),
        back: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(moves, cuts, (all, at) => {
        let state = reduce(begun, started());
        let step = 0;
        const take = (event: RunEvent): void => {
          state = reduce(state, event);
          const { steps, losses, epochs } = state.history;
          assert.ok(steps.length <= maximumPoints && steps.length === losses.length);
          assert.ok(steps.every((value, i) => i === 0 || value > steps[i - 1]));
          assert.ok(epochs.every(({ epoch }, i) => i === 0 || epoch > epochs[i - 1].epoch));
          if (event.type === 'progress') assert.equal(steps.at(-1), event.step);
        };
        for (const { to, back } of all) {
          stretch(step, step + to, at, Math.sin, 100).forEach(take);
          step = Math.floor((step + to) * back);
          take(movingTo(step));
          take(started(step));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is not changed in place by any event', () => {
    const events = [
      ...[started(), progress([1, 2, 3]), epochEnded(1), checkpoint(3), { type: 'paused' } as const],
      ...[{ type: 'resumed' } as const, movingTo(3), started(3), moved, progress([4]), ended('done')],
    ];
    let state = begun;
    for (const event of events) {
      const before = structuredClone(state);
      const next = reduce(state, event);
      assert.deepEqual(state, before, event.type);
      state = next;
    }
    assert.equal(isUnderWay(state.phase), false);
  });
});
