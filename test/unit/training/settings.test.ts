import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/problem';
import { defaultSettings, resolveSettings } from '../../../src/training/settings';

describe('training settings', () => {
  it('are the defaults where nothing is given', () => {
    assert.deepEqual(resolveSettings(), defaultSettings);
    assert.deepEqual(resolveSettings({ hidden: undefined }), defaultSettings);
  });

  it('by sentence do not clip and take smaller steps, unless asked', () => {
    const { clip, learningRate } = resolveSettings({ batch: 1 });
    assert.equal(clip, 0);
    assert.ok(learningRate < defaultSettings.learningRate);
    assert.equal(resolveSettings({ batch: 1, clip: 3 }).clip, 3);
    assert.equal(resolveSettings({ batch: 1, learningRate: 0.7 }).learningRate, 0.7);
  });

  it('take larger steps with the sigmoid, unless asked', () => {
    assert.equal(resolveSettings({ activation: 'sigmoid' }).learningRate, 4 * defaultSettings.learningRate);
    assert.equal(resolveSettings({ activation: 'sigmoid', learningRate: 0.1 }).learningRate, 0.1);
  });

  for (const [given, message] of [
    [{ hidden: 0 }, /hidden must be a whole number from 1 to 4096/],
    [{ batch: 1.5 }, /batch must be a whole number/],
    [{ epochs: NaN }, /epochs must be/],
    [{ learningRate: 0 }, /learningRate must be a number over 0/],
    [{ learningRate: Infinity }, /learningRate must be/],
    [{ clip: -1 }, /clip must be a number from 0/],
    [{ seed: -1 }, /seed must be/],
    [{ activation: 'softplus' as 'tanh' }, /activation must be one of tanh, sigmoid, relu/],
    [{ optimizer: 'adam' as 'sgd' }, /optimizer must be one of sgd/],
    [{ device: 'abacus' as 'auto' }, /device must be one of auto/],
  ] as const) {
    it(`say what cannot be used: ${JSON.stringify(given)}`, () => {
      assert.throws(() => resolveSettings(given), (error) => error instanceof InputError && message.test(error.message));
    });
  }
});
