import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { InputError } from '../../../src/common/problem';
import { defaultSettings, resolveSettings } from '../../../src/training/settings';
import { checkTrainingSettings, settingsOfRun, trainingSettingNames } from '../../../src/workspace/trainingSettings';

interface Property {
  readonly default: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const properties: Record<string, Property> = Object.assign({}, ...manifest.contributes.configuration.map((part: { properties: object }) => part.properties));

describe('training settings', () => {
  it('are the defaults where nothing is set', () => {
    assert.deepEqual(settingsOfRun({ epochs: undefined }, {}), defaultSettings);
  });

  it('take what is set over the defaults, and what a run is asked for over both', () => {
    const settings = settingsOfRun({ epochs: 5, hidden: 32, device: 'cpu', learningRate: 0.1 }, { epochs: 2 });
    assert.deepEqual(settings, { ...defaultSettings, epochs: 2, hidden: 32, device: 'cpu', learningRate: 0.1 });
  });

  it('let learning rate and clipping follow from the others where neither is set', () => {
    assert.deepEqual(settingsOfRun({ input: 'one-hot', batch: 1 }, {}), resolveSettings({ input: 'one-hot', batch: 1 }));
    assert.equal(settingsOfRun({ input: 'one-hot' }, { batch: 1 }).clip, 0);
    assert.deepEqual(settingsOfRun({}, { activation: 'sigmoid' }), resolveSettings({ activation: 'sigmoid' }));
    assert.equal(settingsOfRun({ batch: 1, learningRate: 0.2 }, {}).learningRate, 0.2);
  });

  it('say which value will not do, by the name that the person knows, and what would', () => {
    const wrong: [object, RegExp][] = [
      [{ hidden: 0 }, /rnnTagger\.training\.hidden must be a whole number from 1 to 4096, but is 0\./],
      [{ hidden: 1.5 }, /whole number/],
      [{ hidden: '64' }, /but is "64"/],
      [{ learningRate: Number.NaN }, /rnnTagger\.training\.learningRate must be a number over 0, but is null/],
      [{ epochs: null }, /but is null/],
      [{ device: 'abacus' }, /rnnTagger\.device must be one of auto, .*but is "abacus"/],
      [{ activation: ['tanh'] }, /rnnTagger\.training\.activation must be one of tanh, sigmoid, relu/],
    ];
    for (const [set, message] of wrong) {
      assert.throws(() => settingsOfRun(set as Record<string, unknown>, {}), (error) => error instanceof InputError && message.test(error.message), JSON.stringify(set));
    }
    assert.ok(checkTrainingSettings({ clip: 0 }, String).clip === 0);
    assert.throws(() => checkTrainingSettings({ seed: 'x'.repeat(10_000) }, String), (error: Error) => error.message.length < 200);
  });

  it('have the same defaults and limits in the settings editor', () => {
    const set: Record<string, unknown> = {};
    for (const name of trainingSettingNames) {
      const property = properties[name === 'device' ? 'rnnTagger.device' : `rnnTagger.training.${name}`];
      if (!property) continue;
      set[name] = property.default ?? undefined;
      for (const limit of [property.minimum, property.maximum, ...(property.enum ?? [])]) {
        if (limit !== undefined && limit !== null) assert.deepEqual(checkTrainingSettings({ [name]: limit }, String), { [name]: limit });
      }
      const beyond = [property.minimum === undefined ? undefined : property.minimum - 1, property.maximum === undefined ? undefined : property.maximum + 1, property.exclusiveMinimum];
      for (const value of beyond) if (value !== undefined) assert.throws(() => checkTrainingSettings({ [name]: value }, String), InputError);
    }
    assert.deepEqual(Object.keys(set).sort(), [...trainingSettingNames].sort());
    assert.deepEqual(settingsOfRun(set, {}), defaultSettings);
    // What is not set follows from the input: it is no default of the settings editor's that says it.
    assert.deepEqual(settingsOfRun({ ...set, input: 'one-hot' }, {}), resolveSettings({ input: 'one-hot' }));
  });
});
