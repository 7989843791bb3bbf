import assert from 'node:assert/strict';
import {
  deviceByItself,
  epochsInSeconds,
  outdatedRuns,
  PauseForWork,
  takesPlace,
  waitsFor,
} from '../../../../src/editor/annotating/trainingGoesOn';
import { lastToShow, whenRunBegins } from '../../../../src/editor/shownRun';
import { newRecord } from '../../../../src/record/runRecord';
import type { RunRecord } from '../../../../src/record/runRecord';
import { defaultSettings } from '../../../../src/training/defaults';

const run = (id: string, changes: Partial<RunRecord> = {}): RunRecord => ({
  ...newRecord(
    id,
    { corpus: 'c', corpusName: 'c', column: 'LABEL', settings: defaultSettings, spans: true },
    new Date(0),
  ),
  state: 'done',
  ...changes,
});
const byItself = (id: string, changes: Partial<RunRecord> = {}): RunRecord =>
  run(id, { byItself: true, ...changes });
const ids = (runs: readonly RunRecord[]): string[] => runs.map(({ id }) => id);

describe('training that goes on by itself', () => {
  it('takes seconds: with fewer epochs where all of them would take longer, or not at all', () => {
    const small = { stepsPerEpoch: 4 };
    assert.equal(epochsInSeconds({ epoch: 60, seconds: 4, ...small }, 0), undefined);
    assert.equal(epochsInSeconds({ epoch: 60, seconds: 60, ...small }, 0), 15);
    assert.equal(epochsInSeconds({ epoch: 20, seconds: 600, ...small }, 20), 'none');
  });

  it('keeps to that in run after run, also where the run before was a short one', () => {
    const secondsAnEpoch = 2;
    for (const wished of [0, 60, 40]) {
      let before = { epoch: wished || 60, seconds: (wished || 60) * secondsAnEpoch, stepsPerEpoch: 10 };
      for (let i = 0; i < 6; i++) {
        const epochs = epochsInSeconds(before, wished);
        assert.equal(epochs, 7);
        before = { ...before, epoch: 7, seconds: 7 * secondsAnEpoch };
      }
    }
    assert.equal(epochsInSeconds({ epoch: 7, seconds: 14, stepsPerEpoch: 10 }, 7), undefined);
    assert.equal(epochsInSeconds({ epoch: 5, seconds: 14, stepsPerEpoch: 10_000 }, 0), undefined);
    assert.equal(epochsInSeconds({ epoch: 0, seconds: 0, stepsPerEpoch: 0 }, 0), undefined);
  });

  it('opens no loss panel, and leaves there what a person has chosen', () => {
    const quiet = { isQuiet: true };
    assert.equal(whenRunBegins(quiet, { isOpen: false, isChosen: false }), 'shown');
    assert.equal(whenRunBegins(quiet, { isOpen: true, isChosen: false }), 'shown');
    assert.equal(whenRunBegins(quiet, { isOpen: true, isChosen: true }), 'left');
    assert.equal(whenRunBegins({ isQuiet: false }, { isOpen: true, isChosen: true }), 'opened');
    assert.equal(deviceByItself('webgpu', false), 'auto');
    assert.equal(deviceByItself('webgpu', true), 'webgpu');
    assert.equal(deviceByItself('simd', false), 'simd');
    const runs = [byItself('cut off', { state: 'interrupted' }), byItself('a'), run('b')];
    assert.equal(lastToShow(runs)?.id, 'a');
    assert.equal(lastToShow([run('by hand', { state: 'interrupted' }), ...runs])?.id, 'by hand');
  });

  it('takes the place of the model that it goes on from, and of no other that a person has chosen', () => {
    const before = { start: 'run:before', end: 'run:before' };
    assert.equal(takesPlace('new', 'before', before), true);
    assert.equal(takesPlace('new', 'before', { ...before, end: 'run:new' }), true);
    assert.equal(takesPlace('new', 'before', { ...before, end: 'run:older' }), false);
    assert.equal(takesPlace('new', 'before', { start: 'imported:m', end: 'imported:m' }), false);
    assert.equal(takesPlace('new', 'before', { start: 'imported:m', end: 'run:before' }), false);
    assert.equal(takesPlace('new', 'before', {}), false);
  });

  it('keeps of each corpus its last run that came to its end, what is in use, and what has a name', () => {
    const runs = [
      byItself('goes on', { state: 'running' }),
      byItself('cut off', { state: 'interrupted' }),
      byItself('last'),
      byItself('other corpus', { corpus: 'd' }),
      byItself('other column', { column: 'POS' }),
      byItself('in use'),
      byItself('older'),
      byItself('named', { title: 'mine' }),
      byItself('failed', { state: 'failed' }),
      run('by hand', { state: 'interrupted' }),
    ];
    assert.deepEqual(ids(outdatedRuns(runs, 'run:in use')), ['cut off', 'older', 'failed']);
    assert.deepEqual(ids(outdatedRuns([], undefined)), []);
  });

  it('waits for other runs, a search for label errors, and reading that was stopped', () => {
    const nothing = {
      trainsHere: false,
      trainsElsewhere: false,
      findsLabelErrors: false,
      readingIsStopped: false,
    };
    assert.equal(waitsFor(nothing), false);
    for (const name of Object.keys(nothing)) assert.equal(waitsFor({ ...nothing, [name]: true }), true, name);
  });

  it('resumes what it has paused for work, and leaves what a person has paused', () => {
    const waiting = new PauseForWork();
    assert.equal(waiting.begin('running'), true);
    waiting.follow('running');
    waiting.follow('paused');
    assert.equal(waiting.begin('paused'), false);
    assert.equal(waiting.end(), true);
    // By hand.
    waiting.follow('running');
    waiting.follow('paused');
    assert.equal(waiting.begin('paused'), false);
    assert.equal(waiting.isOn, false);
    assert.equal(waiting.end(), false);
    // Resumed by hand, and paused again.
    waiting.begin('running');
    for (const state of ['paused', 'running', 'paused'] as const) waiting.follow(state);
    assert.equal(waiting.end(), false);
  });

  it('resumes a run that was not paused yet when work had paused', () => {
    const waiting = new PauseForWork();
    waiting.begin('running');
    assert.equal(waiting.end(), true);
  });
});
