/** A file that an earlier version of the extension wrote. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { readModel, writeModel } from '../../../src/model/modelFile';
import { createPredictor } from '../../../src/model/predictor';
import { readTensors } from '../../../src/model/safetensors';
import expected from './fixtures/version1.json';
import { named } from './named';
import { relativeError } from './tiny';

/** Tests run in the project's root. */
const bytes = new Uint8Array(
  readFileSync(path.join(process.cwd(), 'test/unit/model/fixtures/version1.safetensors')),
);

describe('a model file of version 1', () => {
  it('gives the same labels as the version that wrote it', async () => {
    const predictor = createPredictor(createReferenceDevice(), readModel(bytes));
    const predictions = await predictor.predict(expected.sentences);
    assert.deepEqual(
      predictions.map(({ labels }) => [...labels]),
      expected.labels,
    );
    // Its float32 parameters are the same; sums may go in another order.
    predictions.forEach(({ probabilities }, s) =>
      assert.ok(relativeError(probabilities, expected.probabilities[s]) < 1e-12),
    );
    predictor.dispose();
  });

  it('is the derivation’s network, with its state', () => {
    const { settings, parameters, features, state } = readModel(bytes);
    const given = {
      hidden: 4,
      activation: 'tanh',
      batch: 2,
      epochs: 12,
      optimizer: 'sgd',
      learningRate: 0.6,
      clip: 5,
      seed: 1,
    };
    const derivation = {
      input: 'one-hot',
      layers: 1,
      bidirectional: false,
      loss: 'softmax',
      schedule: 'constant',
      tableRate: 1,
      dropout: 0,
      inputDropout: 0,
      wordDropout: 0,
      averaging: false,
    };
    assert.deepEqual({ ...settings, ...given, ...derivation }, settings);
    assert.deepEqual(features.attributes[0].values, [
      '<unknown>',
      'a',
      'fish',
      'work',
      'and',
      'the',
      'dog',
      'sees',
      'eats',
      'cat',
    ]);
    assert.deepEqual(Object.keys(named(parameters)).sort(), ['U1>', 'V>', 'W1>', 'b1>', 'c']);
    const { tensors } = readTensors(bytes);
    assert.deepEqual(parameters.layers[0].leftToRight.U, tensors.get('U')!.values);
    for (let k = 0; k < 10; k++)
      for (let i = 0; i < 4; i++)
        assert.equal(parameters.layers[0].leftToRight.W[0][k * 4 + i], tensors.get('W')!.values[i * 10 + k]);
    assert.ok(state);
    assert.deepEqual(
      [state.epoch, state.stepInEpoch, state.step, state.updates, state.averaged, state.best?.epoch],
      [12, 11, 198, 198, 0, 11],
    );
    assert.deepEqual(state.carried, tensors.get('h')!.values);
    assert.deepEqual(state.best?.parameters?.c, tensors.get('best.c')!.values);
  });

  it('is written again in the current version', () => {
    const again = writeModel(readModel(bytes));
    assert.deepEqual(readModel(again), readModel(bytes));
    assert.equal(readTensors(again).metadata.get('format_version'), '2');
  });
});
