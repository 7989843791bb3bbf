import assert from 'node:assert/strict';
import { settingsProblem } from '../../../src/model/settings/settings';
import { readRunRecord } from '../../../src/record/readRunRecord';
import { canResume, modelVersion, newRunId, recordWith, stateOf } from '../../../src/record/runRecord';
import type { RunRecord, StoredRunState } from '../../../src/record/runRecord';
import { emptyHistory } from '../../../src/run/history';
import { defaultSettings } from '../../../src/training/defaults';
import { started } from '../run/events';

const moment = { epoch: 1, step: 10 };
const scores = { tokens: 1, sentences: 1, loss: 1, accuracy: 0.5 };
const record: RunRecord = {
  version: 1,
  id: 'r',
  corpus: 'c',
  corpusName: 'C',
  column: 'UPOS',
  settings: defaultSettings,
  created: '2025-01-01T00:00:00.000Z',
  state: 'done',
  spans: false,
  epoch: 1,
  step: 10,
  stepsPerEpoch: 10,
  seconds: 1,
};
const run = (state: StoredRunState, checkpoint = true): RunRecord => ({
  ...record,
  state,
  checkpoint: checkpoint ? moment : undefined,
});

const parse = (text: string, id: string): RunRecord => {
  const { record: read, damaged } = readRunRecord(text, id);
  assert.deepEqual(damaged, []);
  return read;
};

describe('run record', () => {
  it('can go on where it was cut off, stopped or failed, from a checkpoint', () => {
    assert.deepEqual(
      (['running', 'done', 'stopped', 'diverged', 'failed', 'interrupted'] as const).filter((state) =>
        canResume(run(state)),
      ),
      ['stopped', 'failed', 'interrupted'],
    );
    assert.deepEqual(
      (['stopped', 'failed', 'interrupted'] as const).filter((state) => canResume(run(state, false))),
      ['interrupted'],
    );
  });

  it('labels with the newest model while it goes on, then with the best', () => {
    assert.equal(modelVersion(run('running', false)), undefined);
    assert.equal(modelVersion({ ...run('running'), best: moment }), 'latest');
    assert.equal(modelVersion({ ...run('stopped'), best: moment }), 'best');
    assert.equal(modelVersion(run('stopped')), 'latest');
  });

  it('is read as it was written', () => {
    const full: RunRecord = {
      ...run('stopped'),
      message: 'm',
      device: 'd',
      labels: 3,
      tokensPerSecond: 2,
      best: moment,
      development: {
        tokens: 1,
        sentences: 1,
        loss: 1,
        accuracy: 0.5,
        spans: { precision: 1, recall: 1, f1: 1, gold: 1, predicted: 1, correct: 1 },
      },
      test: scores,
      notices: [
        { type: 'heldOut' },
        { type: 'longSentences', count: 2 },
        { type: 'moved', from: 'webgpu', to: 'simd', why: 'The panel was closed.' },
      ],
      choice: {
        device: 'simd',
        trials: [
          { device: 'simd', description: 'WebAssembly SIMD', tokensPerSecond: 9.5 },
          { device: 'webgpu', why: 'There is no adapter.' },
        ],
      },
    };
    assert.deepEqual(parse(JSON.stringify(full), 'r'), full);
  });

  it('keeps that a person agreed to train without rows, and nothing else in its place', () => {
    const agreed = parse(JSON.stringify({ ...record, allowLeftOut: true }), 'r');
    assert.equal(recordWith(agreed, stateOf(agreed, emptyHistory)).allowLeftOut, true);
    const damaged = readRunRecord(JSON.stringify({ ...record, allowLeftOut: 'yes' }), 'r');
    assert.deepEqual([damaged.record.allowLeftOut, damaged.damaged], [undefined, ['allowLeftOut']]);
  });

  it('is read with the settings that older versions kept', () => {
    const old = {
      hidden: 32,
      activation: 'sigmoid',
      batch: 4,
      epochs: 7,
      optimizer: 'sgd',
      learningRate: 0.6,
      clip: 5,
      seed: 2,
      device: 'auto',
      threads: 0,
    };
    const { settings } = parse(JSON.stringify({ ...record, settings: old }), 'r');
    assert.equal(settingsProblem({ ...settings }), undefined);
    const { input, layers, bidirectional, loss, schedule, dropout, averaging } = settings;
    assert.deepEqual(
      { input, layers, bidirectional, loss, schedule, dropout, averaging },
      {
        input: 'one-hot',
        layers: 1,
        bidirectional: false,
        loss: 'softmax',
        schedule: 'constant',
        dropout: 0,
        averaging: false,
      },
    );
    assert.deepEqual({ ...settings, ...old }, settings);
  });

  it('is read with notices in words, as older versions kept them', () => {
    assert.deepEqual(parse(JSON.stringify({ ...record, notices: ['A tenth is held out.'] }), 'r').notices, [
      { type: 'text', text: 'A tenth is held out.' },
    ]);
  });

  it('gives the state of its run, and is made of that again', () => {
    const notices = [{ type: 'heldOut' }] as const;
    const full: RunRecord = { ...run('failed'), message: 'm', notices, development: scores, best: moment };
    const history = { steps: [1], losses: [2], epochs: [] };
    const state = stateOf(full, history);
    assert.deepEqual([state.phase, state.epochs, state.history], ['failed', defaultSettings.epochs, history]);
    const again = recordWith({ ...run('running'), settings: full.settings }, state);
    assert.deepEqual(JSON.parse(JSON.stringify(again)), JSON.parse(JSON.stringify(full)));
    for (const phase of ['starting', 'running', 'moving', 'paused'] as const)
      assert.equal(recordWith(full, { ...state, phase }).state, 'running');
    const { facts } = started();
    assert.equal(recordWith(full, { ...state, facts }).labels, facts.labels.length);
    assert.equal(recordWith({ ...full, labels: 7 }, state).labels, 7);
    const settled = recordWith(full, { ...state, epochs: 12 });
    assert.deepEqual(settled.settings, { ...defaultSettings, epochs: 12 });
  });

  it('names runs so that they sort by time and are fit for folders', () => {
    const ids = [0, 1, 1000, 86_400_000].map((ms) => newRunId(new Date(Date.UTC(2025, 0, 1) + ms), 0.5));
    assert.deepEqual([...ids].sort(), ids);
    for (const id of [...ids, newRunId(new Date(), 0.999999), newRunId(new Date(), 0)])
      assert.match(id, /^[\w-]+$/);
  });
});
