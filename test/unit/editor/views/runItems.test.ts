import assert from 'node:assert/strict';
import { listedEntries, runItem } from '../../../../src/editor/views/runItems';
import type { RunItem } from '../../../../src/editor/views/runItems';
import type { RunRecord } from '../../../../src/record/runRecord';
import { defaultSettings } from '../../../../src/training/defaults';
import { catalogue, catalogueEntry } from '../../../../src/workspace/modelCatalogue';
import type { ImportedModel } from '../../../../src/workspace/readImportedModel';
import { resolved } from '../../training/resolved';
import { english } from '../english';

const spans = { precision: 0.7, recall: 0.8, f1: 0.7321, gold: 100, predicted: 110, correct: 80 };
const development = { tokens: 25_147, sentences: 9, loss: 0.2, accuracy: 0.951, spans };
const run: RunRecord = {
  version: 1,
  id: 'a',
  corpus: 'c',
  corpusName: 'WNUT17',
  column: 'NER',
  settings: { ...defaultSettings, epochs: 20 },
  created: '2025-03-04T12:00:00.000Z',
  state: 'done',
  spans: true,
  epoch: 3,
  step: 50,
  stepsPerEpoch: 20,
  seconds: 4,
  best: { epoch: 3, step: 50 },
  development,
};
const imported: ImportedModel = {
  id: 'm',
  name: 'theirs.safetensors',
  imported: '2025-03-05T12:00:00.000Z',
  info: {
    corpus: 'd',
    corpusName: 'EWT',
    column: 'UPOS',
    labels: ['NOUN', 'VERB'],
    scheme: 'none',
    settings: resolved(),
    features: 3,
    created: '2024-01-01T00:00:00.000Z',
    layout: { kind: 'conllu', columns: ['FORM', 'UPOS'], form: 0 },
  },
};
const itemOf = (change: Partial<RunRecord> = {}, inUse = false): RunItem =>
  runItem(catalogueEntry({ ...run, ...change }), inUse, english, 'en-GB');

describe('items of runs and models', () => {
  it('say what is in use, how good it is and when it was made', () => {
    const { label, description, spoken, icon, context } = itemOf({}, true);
    assert.equal(label, 'WNUT17 · NER');
    assert.equal(description, 'in use · span F1 73.2 % · 4 Mar 2025');
    assert.match(spoken, /^WNUT17 · NER, in use, span F1 73.2 %, 4 Mar 2025/);
    assert.deepEqual([icon, context], ['check', 'run model inUse ended']);
  });

  it('keep corpus and column beside a name that a person gave, and all figures in the tooltip', () => {
    const { label, description, tooltip } = itemOf({ title: 'with dropout', test: development });
    assert.equal(label, 'with dropout');
    assert.match(description, /WNUT17 · NER/);
    assert.match(
      tooltip,
      /^with dropout\nWNUT17 · NER\nDevelopment: span F1 73.2 %, accuracy 95.1 %, 25,147 tokens\nTest: /,
    );
  });

  it('say how a run ended that is not done, and why', () => {
    const states = (['stopped', 'diverged', 'failed', 'interrupted'] as const).map((state) => {
      const { description, context, tooltip } = itemOf({ state, message: 'a disk is full' });
      assert.equal(context, 'run model ended');
      assert.match(tooltip, /a disk is full/);
      return description.split(' · ').at(1);
    });
    assert.deepEqual(states, [
      'stopped in epoch 3 of 20',
      'diverged in epoch 3 of 20',
      'failed in epoch 3 of 20',
      'cut off in epoch 3 of 20',
    ]);
  });

  it('offer no model where there is none yet, and no deletion of a run that goes on', () => {
    const { description, context, icon } = itemOf({ state: 'running', best: undefined });
    assert.match(description, /in training, epoch 3/);
    assert.deepEqual([icon, context], ['sync', 'run']);
    const elsewhere = runItem(
      catalogueEntry({ ...run, state: 'running' }, 'going on'),
      false,
      english,
      'en-GB',
    );
    assert.match(elsewhere.description, /in training in another window/);
  });

  it('list all runs, without a model as well, and imported models among them, newest first', () => {
    const failed = {
      ...run,
      id: 'f',
      state: 'failed',
      best: undefined,
      created: '2025-03-06T12:00:00.000Z',
    } as const;
    const runs = [failed, run];
    const entries = listedEntries(runs, catalogue(runs, [imported]), () => undefined);
    assert.deepEqual(
      entries.map(({ key }) => key),
      ['run:f', 'imported:m', 'run:a'],
    );
    const item = runItem(entries[1], false, english, 'en-GB');
    assert.deepEqual([item.label, item.context], ['EWT · UPOS', 'imported model ended']);
    assert.match(item.tooltip, /Imported .* from theirs.safetensors$/);
  });

  it('are short, on one line and without links, whatever corpora, columns and names are called', () => {
    for (const name of [
      '<img src=x onerror=alert(1)>',
      '[x](command:y)',
      '__proto__',
      'x'.repeat(10_000),
      'a\nb\u202e',
    ]) {
      const { label, description, spoken } = itemOf({ title: name, corpusName: name, column: name });
      for (const text of [label, description, spoken]) {
        assert.ok(text.length < 500, name);
        assert.doesNotMatch(text, /\n|\]\(|\u202e/);
      }
    }
  });
});
