import assert from 'node:assert/strict';
import { DeviceLostError } from '../../../../src/common/errors';
import type { Device } from '../../../../src/kernels/device';
import { createSimdDevice } from '../../../../src/kernels/simd/device';
import { createPredictor } from '../../../../src/model/predictor';
import { patienceMs, until } from '../../../until';
import { randomModel } from '../../model/models';

describe('what the simd device holds', function () {
  this.timeout(patienceMs);

  it('is nothing of a model that has gone, however many were loaded', async () => {
    const device = createSimdDevice();
    const load = async (loss: 'softmax' | 'crf'): Promise<void> => {
      const predictor = createPredictor(device, randomModel({ loss, layers: 2 }));
      await predictor.predict([['the', 'cat'], ['sat'], ['the', 'cat', 'sat']]);
      assert.equal(device.held.parts, 1);
      predictor.dispose();
      await until('the model has gone', () => device.held.parts === 0);
    };
    await load('crf');
    const { bytes } = device.held;
    for (let turn = 0; turn < 40; turn++) await load(turn % 2 === 0 ? 'softmax' : 'crf');
    assert.deepEqual(device.held, { parts: 0, bytes });
    device.dispose();
  });

  it('is nothing of a model that could not be loaded', () => {
    const device = createSimdDevice();
    const { bytes } = device.held;
    const model = randomModel();
    const fails = (): never => {
      throw new DeviceLostError('The memory is used up.');
    };
    const full = Object.create(device, { createSession: { value: fails } }) as Device;
    assert.throws(() => createPredictor(full, model), DeviceLostError);
    const unknown = { ...model, features: { ...model.features, attributes: [] } };
    assert.throws(() => createPredictor(device, unknown));
    assert.deepEqual(device.held, { parts: 0, bytes });
    device.dispose();
  });
});
