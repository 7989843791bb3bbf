import assert from 'node:assert/strict';
import fc from 'fast-check';
import { settingsProblem } from '../../../src/model/settings/settings';
import { readRunRecord } from '../../../src/record/readRunRecord';
import { canResume, modelVersion, recordWith, stateOf } from '../../../src/record/runRecord';
import type { RunRecord } from '../../../src/record/runRecord';
import { defaultSettings } from '../../../src/training/defaults';
import { readImportedModel } from '../../../src/workspace/readImportedModel';
import { replacedAnywhere } from './damage';

const id = '2025-01-02T03-04-05-006Z-abcd';
const scores = {
  tokens: 5,
  sentences: 1,
  loss: 1,
  accuracy: 0.5,
  spans: { precision: 1, recall: 1, f1: 1, gold: 1, predicted: 1, correct: 1 },
};
const record: RunRecord = {
  version: 1,
  id,
  corpus: 'ws/ewt#conllu',
  corpusName: 'ewt',
  column: 'UPOS',
  settings: defaultSettings,
  created: '2025-01-02T03:04:05.006Z',
  state: 'stopped',
  message: 'It was late.',
  notices: [{ type: 'heldOut' }, { type: 'longSentences', count: 2 }],
  device: 'WebAssembly SIMD',
  choice: { device: 'simd', trials: [{ device: 'simd', tokensPerSecond: 9.5 }] },
  spans: true,
  epoch: 2,
  step: 20,
  stepsPerEpoch: 10,
  seconds: 1.5,
  tokensPerSecond: 3,
  development: scores,
  test: scores,
  checkpoint: { epoch: 2, step: 20 },
  best: { epoch: 1, step: 10 },
};
const withFields = (change: object): string => JSON.stringify({ ...record, ofALaterVersion: [1], ...change });

/** What everyone who shows or uses a run relies on. */
function assertUsable(read: RunRecord): void {
  assert.equal(read.id, id);
  assert.equal(settingsProblem({ ...read.settings }), undefined);
  assert.notEqual(modelVersion(read), undefined);
  assert.equal(typeof canResume(read), 'boolean');
  assert.ok(!Number.isNaN(Date.parse(read.created)));
  for (const text of [read.corpus, read.corpusName, read.column]) assert.equal(typeof text, 'string');
  const history = { steps: [], losses: [], epochs: [] };
  const { phase: _, ...state } = stateOf(read, history);
  for (const count of [state.epoch, state.step, state.stepsPerEpoch, state.seconds])
    assert.ok(Number.isFinite(count) && count >= 0);
  const again = recordWith(read, { ...state, phase: 'stopped' });
  assert.deepEqual(readRunRecord(JSON.stringify(again), id).damaged, []);
}

describe('a run whose record is damaged', () => {
  it('is there with all that is sound, whatever stands in one place of its record', () => {
    fc.assert(
      fc.property(replacedAnywhere({ ...record, ofALaterVersion: [1] }), ({ whole, path }) => {
        // A later version's record may mean something else by the same names.
        fc.pre(!(path[0] === 'version' && Number.isInteger(whole.version) && Number(whole.version) > 1));
        const text = JSON.stringify(whole);
        const { record: read, damaged } = readRunRecord(text, id);
        assertUsable(read);
        assert.ok(damaged.length <= 1, damaged.join());
        const before = JSON.parse(withFields({})) as Record<string, unknown>;
        // Some follow from others where they are damaged; nothing else changes.
        for (const name of Object.keys(before))
          if (name !== path[0]) assert.deepEqual(read[name as keyof RunRecord], before[name], name);
      }),
      { numRuns: 2000 },
    );
  });

  it('has for each damaged field what comes closest, and names it', () => {
    const cases: [change: object, read: object, damaged: RegExp][] = [
      [{ version: '1' }, { version: 1 }, /^version$/],
      [{ id: 'other' }, { id }, /^id$/],
      [{ state: 'flying' }, { state: 'stopped' }, /^state$/],
      [{ created: 'yesterday' }, { created: record.created }, /^created$/],
      [{ created: 5 }, { created: record.created }, /^created$/],
      [{ corpus: null }, { corpus: '', corpusName: 'ewt' }, /^corpus$/],
      [{ corpusName: 7 }, { corpusName: 'ws/ewt#conllu' }, /^corpusName$/],
      [{ column: {} }, { column: 'unknown column' }, /^column$/],
      [{ spans: 'yes' }, { spans: true }, /^spans$/],
      [{ step: -1 }, { step: 20, epoch: 2 }, /^step$/],
      [{ epoch: '2' }, { epoch: 2 }, /^epoch$/],
      [{ seconds: null }, { seconds: 0 }, /^seconds$/],
      [{ checkpoint: { epoch: 1 } }, { checkpoint: { epoch: 1, step: 20 } }, /^checkpoint$/],
      [{ best: null }, { best: { epoch: 2, step: 20 } }, /^best$/],
      [{ message: 5, device: undefined }, { message: undefined, device: undefined }, /^message$/],
      [{ notices: ['a', 1] }, { notices: [{ type: 'text', text: 'a' }] }, /^notices$/],
      [{ notices: [{ type: 'moved', from: 'cpu' }] }, { notices: [] }, /^notices$/],
      [{ notices: 'a' }, { notices: undefined }, /^notices$/],
      [{ development: 'good' }, { development: undefined }, /^development$/],
      [{ test: { ...scores, spans: { f1: 1 } } }, { test: undefined }, /^test$/],
      [{ choice: { device: 'cpu', trials: [{ device: 'abacus' }] } }, { choice: undefined }, /^choice$/],
      [{ choice: { device: 'cpu', trials: [null] } }, { choice: undefined }, /^choice$/],
      [{ settings: null }, { settings: defaultSettings }, /^settings$/],
      [
        { settings: { ...defaultSettings, hidden: 0, epochs: 7 } },
        { settings: { ...defaultSettings, epochs: 7 } },
        /^settings \(hidden must be a whole number from 1 to 4096\)$/,
      ],
      [
        { settings: { ...defaultSettings, optimizer: 'magic' } },
        { settings: defaultSettings },
        /^settings \(optimizer must be one of sgd, momentum, adam\)$/,
      ],
    ];
    for (const [change, expected, names] of cases) {
      const { record: read, damaged } = readRunRecord(withFields(change), id);
      for (const [name, value] of Object.entries(expected))
        assert.deepEqual(read[name as keyof RunRecord], value, JSON.stringify(change));
      assert.match(damaged.join('; '), names);
    }
  });

  it('is left out where nothing is left of its record, or a later version wrote it', () => {
    for (const text of ['[]', 'null', '5', '"a"'])
      assert.throws(() => readRunRecord(text, id), /the record is no object/);
    assert.throws(() => readRunRecord('{"version": 1, "id', id), SyntaxError);
    assert.throws(() => readRunRecord(withFields({ version: 2 }), id), /version is 2/);
  });

  it('is read or refused with an Error, whatever the file contains', () => {
    const change = fc.dictionary(fc.constantFrom(...Object.keys(record)), fc.jsonValue());
    fc.assert(
      fc.property(fc.json(), change, (json, fields) => {
        for (const text of [json, withFields(fields)]) {
          try {
            assert.equal(readRunRecord(text, id).record.version, 1);
          } catch (error) {
            assert.ok(error instanceof Error && !(error instanceof TypeError), String(error));
          }
        }
      }),
    );
  });
});

describe('an imported model of which something is damaged', () => {
  const info = {
    corpus: 'c',
    corpusName: 'C',
    column: 'UPOS',
    labels: ['A'],
    scheme: 'none',
    layout: { kind: 'conllu', columns: ['FORM', 'UPOS'], form: 0 },
    settings: { ...defaultSettings, loss: 'crf' },
    features: 3,
    development: scores,
    created: '2025-01-01T00:00:00.000Z',
  };
  const model = { id, name: 'a.safetensors', imported: '2025-01-01T00:00:00.000Z', info, later: 1 };

  it('is there with all that is sound, whatever stands in one place', () => {
    assert.deepEqual(readImportedModel(JSON.stringify(model), id).damaged, []);
    fc.assert(
      fc.property(replacedAnywhere(model), ({ whole, path }) => {
        const { model: read, damaged } = readImportedModel(JSON.stringify(whole), id);
        assert.equal(read.id, id);
        if (path.join() !== 'info') assert.ok(damaged.length <= 1, damaged.join());
        for (const text of [read.name, read.imported, read.info.corpusName, read.info.column])
          assert.equal(typeof text, 'string');
        assert.equal(settingsProblem({ ...read.info.settings, device: 'auto', threads: 0 }), undefined);
        if (path[0] !== 'info') assert.equal(read.info.corpusName, 'C');
        else assert.equal(read.name, model.name);
      }),
      { numRuns: 1000 },
    );
  });
});
