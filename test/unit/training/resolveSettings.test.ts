import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import type { LabelScheme } from '../../../src/corpus/corpus';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import { completeSettings } from '../../../src/training/defaults';
import { resolveSettings } from '../../../src/training/resolveSettings';

const facts = { scheme: 'none', labels: [], sentences: { training: 100 } } as const;

describe('settings that are resolved with the corpus', () => {
  it('decide for a CRF where labels make spans, unless asked', () => {
    assert.deepEqual(
      ['none', 'IOB2', 'IOBES'].map(
        (scheme) => resolveSettings({ loss: 'auto' }, { ...facts, scheme: scheme as LabelScheme }).loss,
      ),
      ['softmax', 'crf', 'crf'],
    );
    for (const loss of ['softmax', 'crf'] as const)
      assert.equal(resolveSettings({ loss }, { ...facts, scheme: 'IOB2' }).loss, loss);
  });

  it('take no CRF of themselves for more labels than it is of use for, and none for more than it can learn', () => {
    const lossFor = (length: number, loss: TrainingSettings['loss']): string =>
      resolveSettings({ loss }, { ...facts, scheme: 'IOB2', labels: { length } }).loss;
    assert.deepEqual(
      [500, 501, 5000, 65_535].map((labels) => lossFor(labels, 'auto')),
      ['crf', 'softmax', 'softmax', 'softmax'],
    );
    assert.equal(lossFor(2048, 'crf'), 'crf');
    assert.throws(
      () => lossFor(2049, 'crf'),
      (error) =>
        error instanceof InputError &&
        /2,049 different labels.* at most 2,048/.test(error.message) &&
        /softmax/.test(error.details.hint ?? ''),
    );
  });

  it('go through a small corpus more often, unless asked', () => {
    const epochsOf = (sentences: number, given: Partial<TrainingSettings> = {}): number =>
      resolveSettings(given, { ...facts, sentences: { training: sentences } }).epochs;
    assert.deepEqual(
      [1, 160, 640, 3200, 100_000].map((sentences) => epochsOf(sentences)),
      [60, 60, 20, 5, 5],
    );
    assert.equal(epochsOf(10, { epochs: 3 }), 3);
    assert.equal(epochsOf(100_000, { batch: 0 }), 60);
  });

  it('stay as they are when they are resolved again', () => {
    const settings = resolveSettings({ batch: 1, optimizer: 'sgd' }, facts);
    assert.deepEqual(resolveSettings(settings, facts), settings);
  });

  it('say nothing of where a run is trained', () => {
    const { device: _device, threads: _threads, ...others } = completeSettings({ device: 'cpu', threads: 3 });
    const names = Object.keys(resolveSettings({ device: 'cpu', threads: 3 }, facts));
    assert.deepEqual(names.sort(), Object.keys(others).sort());
  });
});
