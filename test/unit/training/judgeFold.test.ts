import assert from 'node:assert/strict';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import { foldSettings } from '../../../src/training/judgeFold';
import { resolveSettings } from '../../../src/training/resolveSettings';

describe('the settings of a model that judges a fold', () => {
  const factsOf = (training: number) => ({ scheme: 'none', labels: [], sentences: { training } }) as const;
  const epochsOf = (training: number, given: Partial<TrainingSettings> = {}): number =>
    foldSettings(given, factsOf(training)).epochs;

  it('have fewer epochs for a large corpus, and three at least', () => {
    assert.deepEqual(
      [9_400, 16_000, 100_000].map((training) => epochsOf(training)),
      [4, 3, 3],
    );
  });

  it('have for a small corpus the epochs of any other model', () => {
    for (const training of [3, 100, 2_000, 6_000]) {
      const { epochs } = resolveSettings({}, factsOf(training));
      assert.equal(epochsOf(training), epochs);
    }
  });

  it('have as many epochs as are asked for', () => {
    assert.equal(epochsOf(100_000, { epochs: 7 }), 7);
  });

  it('have otherwise the defaults, also where the whole corpus is one step', () => {
    const { epochs: _, ...rest } = foldSettings({ seed: 3 }, factsOf(9_400));
    const { epochs: __, ...defaults } = resolveSettings({ seed: 3 }, factsOf(9_400));
    assert.deepEqual(rest, defaults);
    assert.equal(epochsOf(9_400, { batch: 0 }), resolveSettings({ batch: 0 }, factsOf(9_400)).epochs);
  });
});
