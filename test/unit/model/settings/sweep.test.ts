import assert from 'node:assert/strict';
import fc from 'fast-check';
import { settingNames } from '../../../../src/model/settings/schema';
import {
  differingSettings,
  meanAndDeviation,
  otherSeeds,
  parseValues,
  seedGroups,
  settingsText,
  sweepSettings,
} from '../../../../src/model/settings/sweep';
import { defaultSettings } from '../../../../src/training/defaults';

describe('settings of a sweep', () => {
  it('are all combinations of the values, each once', () => {
    const all = sweepSettings(defaultSettings, { hidden: [32, 64], batch: [1, 4, 16], seed: [1, 2] });
    assert.equal(all.length, 12);
    assert.equal(new Set(all.map((settings) => JSON.stringify(settings))).size, 12);
    assert.ok(all.every((settings) => settings.activation === defaultSettings.activation));
    assert.deepEqual(differingSettings(all), ['hidden', 'batch', 'seed']);
    assert.deepEqual(sweepSettings(defaultSettings, {}), [defaultSettings]);
  });

  it('are read from a line, by the setting’s own rule', () => {
    assert.deepEqual(parseValues('hidden', '64, 128 128;256'), { values: [64, 128, 256] });
    assert.deepEqual(parseValues('bidirectional', 'true false'), { values: [true, false] });
    assert.deepEqual(parseValues('activation', 'tanh,relu'), { values: ['tanh', 'relu'] });
    for (const [name, text] of [
      ['hidden', '64, x'],
      ['hidden', '0'],
      ['dropout', '1'],
      ['activation', 'swish'],
      ['bidirectional', 'maybe'],
      ['hidden', ' , '],
    ] as const)
      assert.ok('problem' in parseValues(name, text), `${name} ${text}`);
  });

  it('are told by what differs', () => {
    const names = ['hidden', 'seed'] as const;
    assert.equal(settingsText({ ...defaultSettings, hidden: 64, seed: 3 }, names), 'hidden 64, seed 3');
  });

  it('have seeds that are not used yet', () => {
    assert.deepEqual(otherSeeds([1, 3], 3), [2, 4, 5]);
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.nat(20), (used, count) => {
        const seeds = otherSeeds(used, count);
        assert.equal(new Set(seeds).size, count);
        assert.ok(seeds.every((seed) => seed >= 1 && !used.includes(seed)));
      }),
    );
  });

  it('make groups of runs that differ in nothing but seed, device and threads', () => {
    const runs = sweepSettings(defaultSettings, { hidden: [32, 64], seed: [1, 2, 3] });
    const onAnother = { ...runs[0], device: 'cpu', threads: 2 } as const;
    const groups = seedGroups([...runs, onAnother], (settings) => settings);
    assert.deepEqual(
      groups.map((group) => group.map(({ hidden, seed }) => [hidden, seed])),
      [
        [
          [32, 1],
          [32, 2],
          [32, 3],
          [32, 1],
        ],
        [
          [64, 1],
          [64, 2],
          [64, 3],
        ],
      ],
    );
    // Whatever setting it is, another value is another group.
    for (const name of settingNames.filter((other) => !['seed', 'device', 'threads'].includes(other))) {
      const changed = { ...defaultSettings, [name]: 'another' } as unknown as typeof defaultSettings;
      assert.equal(seedGroups([defaultSettings, changed], (settings) => settings).length, 2, name);
    }
  });
});

describe('mean and deviation', () => {
  it('are those of a sample', () => {
    const { mean, deviation } = meanAndDeviation([2, 4, 4, 4, 5, 5, 7, 9]);
    assert.equal(mean, 5);
    assert.ok(Math.abs((deviation ?? 0) - Math.sqrt(32 / 7)) < 1e-12);
  });

  it('of one figure there is no deviation', () => {
    assert.deepEqual(meanAndDeviation([0.5]), { mean: 0.5 });
  });
});
