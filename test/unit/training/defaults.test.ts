import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import { defaultSettings, completeSettings } from '../../../src/training/defaults';

describe('training settings that are not given', () => {
  it('are the defaults of the schema, and those that follow from them', () => {
    const { hidden, bidirectional, columns, learningRate, tableRate, clip } = completeSettings();
    assert.deepEqual([hidden, bidirectional, columns], [128, true, []]);
    assert.deepEqual([learningRate, tableRate, clip], [0.002, 4, 5]);
    assert.deepEqual(completeSettings({ hidden: undefined }), defaultSettings);
  });

  const oneHot = (given: Partial<TrainingSettings> = {}): TrainingSettings =>
    completeSettings({ input: 'one-hot', ...given });

  it('with one-hot words are those of the plain network, unless asked', () => {
    const plain: Partial<TrainingSettings> = {
      layers: 1,
      bidirectional: false,
      loss: 'softmax',
      optimizer: 'sgd',
      schedule: 'constant',
      tableRate: 1,
      inputDropout: 0,
      dropout: 0,
      wordDropout: 0,
      averaging: false,
    };
    assert.deepEqual({ ...oneHot(), ...plain }, oneHot());
    assert.equal(oneHot({ bidirectional: true, layers: 2 }).layers, 2);
    assert.equal(oneHot({ optimizer: 'adam' }).learningRate, defaultSettings.learningRate);
  });

  it('by sentence do not clip and take smaller steps, unless asked', () => {
    const { clip, learningRate } = oneHot({ batch: 1 });
    assert.equal(clip, 0);
    assert.ok(learningRate < oneHot().learningRate);
    assert.equal(oneHot({ batch: 1, clip: 3 }).clip, 3);
    assert.equal(oneHot({ batch: 1, learningRate: 0.7 }).learningRate, 0.7);
    assert.equal(completeSettings({ batch: 1, optimizer: 'sgd' }).clip, 0);
  });

  it('take larger steps with the sigmoid, unless asked or with Adam', () => {
    assert.equal(oneHot({ activation: 'sigmoid' }).learningRate, 4 * oneHot().learningRate);
    assert.equal(oneHot({ activation: 'sigmoid', learningRate: 0.1 }).learningRate, 0.1);
    assert.equal(
      completeSettings({ optimizer: 'adam', activation: 'sigmoid' }).learningRate,
      completeSettings({ optimizer: 'adam' }).learningRate,
    );
  });

  it('take a tenth of the steps with momentum', () => {
    assert.ok(Math.abs(oneHot({ optimizer: 'momentum' }).learningRate - oneHot().learningRate / 10) < 1e-12);
  });

  for (const [given, message] of [
    [{ hidden: 0 }, /hidden must be a whole number from 1 to 4096/],
    [{ batch: 1.5 }, /batch must be a whole number/],
    [{ epochs: NaN }, /epochs must be/],
    [{ learningRate: 0 }, /learningRate must be a number over 0, at most 1000000/],
    [{ learningRate: Infinity }, /learningRate must be/],
    [{ clip: -1 }, /clip must be a number from 0/],
    [{ seed: -1 }, /seed must be/],
    [{ activation: 'softplus' as 'tanh' }, /activation must be one of tanh, sigmoid, relu/],
    [{ optimizer: 'newton' as 'sgd' }, /optimizer must be one of sgd, momentum, adam/],
    [{ layers: 0 }, /layers must be a whole number from 1 to 16/],
    [{ embedding: 0 }, /embedding must be/],
    [{ patience: -1 }, /patience must be/],
    [{ dropout: 1 }, /dropout must be a number from 0 to below 1/],
    [{ wordDropout: -0.1 }, /wordDropout must be/],
    [{ averaging: 'on' as unknown as boolean }, /averaging must be true or false/],
    [{ tableRate: 0 }, /tableRate must be a number over 0/],
    [{ input: 'pixels' as 'features' }, /input must be one of features, one-hot/],
    [{ loss: 'hinge' as 'crf' }, /loss must be one of auto, softmax, crf/],
    [{ device: 'abacus' as 'auto' }, /device must be one of auto/],
  ] as const) {
    it(`say what cannot be used: ${JSON.stringify(given)}`, () => {
      assert.throws(
        () => completeSettings(given),
        (error) => error instanceof InputError && message.test(error.message),
      );
    });
  }
});
