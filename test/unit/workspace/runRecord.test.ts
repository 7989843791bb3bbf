import assert from 'node:assert/strict';
import fc from 'fast-check';
import { settingsProblem } from '../../../src/model/settings/settings';
import type { GradientFlow } from '../../../src/run/epochRecord';
import { defaultSettings } from '../../../src/training/defaults';
import { parseHistory } from '../../../src/workspace/historyRecord';
import {
  canResume,
  modelVersion,
  newRunId,
  parseRun,
  recordWith,
  stateOf,
} from '../../../src/workspace/runRecord';
import type { RunRecord, StoredRunState } from '../../../src/workspace/runRecord';

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
    assert.deepEqual(parseRun(JSON.stringify(full), 'r'), full);
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
    const { settings } = parseRun(JSON.stringify({ ...record, settings: old }), 'r');
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
    assert.deepEqual(
      parseRun(JSON.stringify({ ...record, notices: ['A tenth is held out.'] }), 'r').notices,
      [{ type: 'text', text: 'A tenth is held out.' }],
    );
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
    const settled = recordWith(full, { ...state, epochs: 12 });
    assert.deepEqual(settled.settings, { ...defaultSettings, epochs: 12 });
  });

  it('says what is wrong in a damaged record', () => {
    const damaged = (change: object) => () => parseRun(JSON.stringify({ ...record, ...change }), 'r');
    assert.throws(damaged({ version: 2 }), /version is 2/);
    assert.throws(damaged({ id: 'other' }), /id is not its folder/);
    assert.throws(damaged({ state: 'flying' }), /state "flying"/);
    assert.throws(damaged({ created: 'yesterday' }), /"created" is no date/);
    assert.throws(damaged({ column: 5 }), /"column" is no text/);
    assert.throws(damaged({ step: -1 }), /"step" is no number/);
    assert.throws(damaged({ checkpoint: { epoch: 1 } }), /"step" is no number/);
    assert.throws(
      damaged({ settings: { ...defaultSettings, hidden: 0 } }),
      /hidden must be a whole number from 1/,
    );
    assert.throws(
      damaged({ settings: { ...defaultSettings, hidden: undefined } }),
      /hidden must be a whole number/,
    );
    assert.throws(
      damaged({ settings: { ...defaultSettings, optimizer: 'magic' } }),
      /optimizer must be one of sgd/,
    );
    assert.throws(() => parseRun('[]', 'r'), /no object/);
    assert.equal(parseRun(JSON.stringify({ ...record, development: 'good' }), 'r').development, undefined);
    for (const notices of [['a', 1], [{ type: 'rumour' }], [{ type: 'moved', from: 'cpu' }], 'a'])
      assert.equal(parseRun(JSON.stringify({ ...record, notices }), 'r').notices, undefined);
    for (const trial of [
      { device: 'abacus' },
      { device: 'cpu', tokensPerSecond: 'many' },
      { device: 'cpu', why: {} },
      null,
    ]) {
      assert.equal(
        parseRun(JSON.stringify({ ...record, choice: { device: 'cpu', trials: [trial] } }), 'r').choice,
        undefined,
      );
    }
  });

  it('gives a record or throws an Error, whatever the file contains', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.dictionary(fc.constantFrom(...Object.keys(record)), fc.jsonValue()),
        (json, change) => {
          for (const text of [json, JSON.stringify({ ...record, ...change })]) {
            try {
              assert.equal(parseRun(text, 'r').version, 1);
            } catch (error) {
              assert.ok(error instanceof Error);
            }
          }
        },
      ),
    );
  });

  it('leaves losses that are no numbers out of the curves', () => {
    const epochs = [
      { epoch: 1, step: 1, loss: 1, tokensPerSecond: 1, seconds: 1 },
      { epoch: 2, loss: null },
      null,
    ];
    const history = parseHistory(JSON.stringify({ steps: [1, 2, 3], losses: [1, null, 0.5], epochs }));
    assert.deepEqual([history.steps, history.losses, history.epochs.length], [[1, 3], [1, 0.5], 1]);
    assert.throws(() => parseHistory('{}'), /lacks/);
  });

  it('reads how the gradient did in an epoch, and leaves out what is damaged, not the epoch', () => {
    const flow: GradientFlow = {
      gradientNorm: { mean: 1.5, largest: 9 },
      sweeps: [{ layer: 1, direction: 'rightToLeft', norms: [1, 0.5], bound: 0.7, saturated: 0.1 }],
    };
    const read = (value: unknown): unknown => {
      const epoch = { epoch: 1, step: 1, loss: 1, tokensPerSecond: 1, seconds: 1, flow: value };
      const { epochs } = parseHistory(JSON.stringify({ steps: [], losses: [], epochs: [epoch] }));
      assert.equal(epochs.length, 1);
      return epochs[0].flow;
    };
    assert.deepEqual(read(flow), flow);
    assert.deepEqual(read({ ...flow, sweeps: [] }), { ...flow, sweeps: [] });
    const [sweep] = flow.sweeps;
    const damaged = [
      null,
      3,
      {},
      { sweeps: [] },
      { ...flow, gradientNorm: { mean: Infinity, largest: 1 } },
      { ...flow, sweeps: {} },
      { ...flow, sweeps: [null] },
    ];
    const sweeps = [
      { ...sweep, norms: [1, null] },
      { ...sweep, norms: 1 },
      { ...sweep, direction: 'up' },
      { ...sweep, layer: 0.5 },
      { ...sweep, bound: '1' },
      { ...sweep, saturated: -1 },
    ];
    for (const value of [...damaged, ...sweeps.map((bad) => ({ ...flow, sweeps: [sweep, bad] }))])
      assert.equal(read(value), undefined, JSON.stringify(value));
  });

  it('names runs so that they sort by time and are fit for folders', () => {
    const ids = [0, 1, 1000, 86_400_000].map((ms) => newRunId(new Date(Date.UTC(2025, 0, 1) + ms), 0.5));
    assert.deepEqual([...ids].sort(), ids);
    for (const id of [...ids, newRunId(new Date(), 0.999999), newRunId(new Date(), 0)])
      assert.match(id, /^[\w-]+$/);
  });
});
