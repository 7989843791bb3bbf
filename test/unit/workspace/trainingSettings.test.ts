import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import { defaultSettings, completeSettings } from '../../../src/training/defaults';
import { checkTrainingSettings, settingsOfRun } from '../../../src/workspace/trainingSettings';

describe('training settings', () => {
  it('are the defaults where nothing is set', () => {
    assert.deepEqual(settingsOfRun({ epochs: undefined }, {}), defaultSettings);
  });

  it('take what is set over the defaults, and what a run is asked for over both', () => {
    const settings = settingsOfRun(
      { epochs: 5, hidden: 32, device: 'cpu', learningRate: 0.1 },
      { epochs: 2 },
    );
    assert.deepEqual(settings, {
      ...defaultSettings,
      epochs: 2,
      hidden: 32,
      device: 'cpu',
      learningRate: 0.1,
    });
  });

  it('are not given where they are null, so that they follow from the others', () => {
    const unset = {
      epochs: null,
      hidden: null,
      bidirectional: null,
      optimizer: null,
      learningRate: null,
      dropout: null,
      device: null,
    };
    assert.deepEqual(checkTrainingSettings(unset, String), {});
    assert.deepEqual(settingsOfRun(unset, {}), defaultSettings);
    assert.deepEqual(
      settingsOfRun({ ...unset, input: 'one-hot' }, {}),
      completeSettings({ input: 'one-hot' }),
    );
    assert.deepEqual(
      settingsOfRun({ ...unset, hidden: 32 }, { input: 'one-hot' }),
      completeSettings({ input: 'one-hot', hidden: 32 }),
    );
  });

  it('let learning rate and clipping follow from the others where neither is set', () => {
    assert.deepEqual(settingsOfRun({ batch: 1 }, {}), completeSettings({ batch: 1 }));
    assert.deepEqual(
      settingsOfRun({}, { activation: 'sigmoid' }),
      completeSettings({ activation: 'sigmoid' }),
    );
    assert.equal(settingsOfRun({ batch: 1, learningRate: 0.2 }, {}).learningRate, 0.2);
  });

  it('say which value will not do, by the name that the person knows, and what would', () => {
    const wrong: [object, RegExp][] = [
      [{ hidden: 0 }, /rnnTagger\.training\.hidden must be a whole number from 1 to 4096, but is 0\./],
      [{ hidden: 1.5 }, /whole number/],
      [{ hidden: '64' }, /but is "64"/],
      [
        { learningRate: Number.NaN },
        /rnnTagger\.training\.learningRate must be a number over 0, at most 1000000, but is NaN\./,
      ],
      [{ clip: -Infinity }, /but is -Infinity\./],
      [{ layers: 17 }, /rnnTagger\.training\.layers must be a whole number from 1 to 16/],
      [{ bidirectional: 'yes' }, /rnnTagger\.training\.bidirectional must be true or false, but is "yes"/],
      [{ wordDropout: 1 }, /rnnTagger\.training\.wordDropout must be a number from 0 to below 1/],
      [{ input: 'words' }, /rnnTagger\.training\.input must be one of features, one-hot/],
      [
        { columns: 'POS' },
        /rnnTagger\.training\.columns must be a list of at most 64 different names of 1 to 200 characters, but is "POS"/,
      ],
      [{ columns: ['POS'], input: 'one-hot' }, /columns must be empty with one-hot input/],
      [{ device: 'abacus' }, /rnnTagger\.device must be one of auto, .*but is "abacus"/],
      [{ activation: ['tanh'] }, /rnnTagger\.training\.activation must be one of tanh, sigmoid, relu/],
    ];
    for (const [set, message] of wrong) {
      assert.throws(
        () => settingsOfRun(set as Record<string, unknown>, {}),
        (error) => error instanceof InputError && message.test(error.message),
        JSON.stringify(set),
      );
    }
    assert.ok(checkTrainingSettings({ clip: 0 }, String).clip === 0);
    assert.throws(
      () => checkTrainingSettings({ seed: 'x'.repeat(10_000) }, String),
      (error: Error) => error.message.length < 200,
    );
  });
});
