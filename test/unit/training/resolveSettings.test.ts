import assert from 'node:assert/strict';
import type { LabelScheme } from '../../../src/corpus/corpus';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import { completeSettings } from '../../../src/training/defaults';
import { resolveSettings } from '../../../src/training/resolveSettings';

const facts = { scheme: 'none', sentences: { training: 100 } } as const;

describe('settings that are resolved with the corpus', () => {
  it('decide for a CRF where labels make spans, unless asked', () => {
    assert.deepEqual(
      ['none', 'IOB2', 'IOBES'].map(
        (scheme) =>
          resolveSettings({ loss: 'auto' }, { scheme: scheme as LabelScheme, sentences: { training: 100 } })
            .loss,
      ),
      ['softmax', 'crf', 'crf'],
    );
    for (const loss of ['softmax', 'crf'] as const)
      assert.equal(resolveSettings({ loss }, { scheme: 'IOB2', sentences: { training: 100 } }).loss, loss);
  });

  it('go through a small corpus more often, unless asked', () => {
    const epochsOf = (sentences: number, given: Partial<TrainingSettings> = {}): number =>
      resolveSettings(given, { scheme: 'none', sentences: { training: sentences } }).epochs;
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
