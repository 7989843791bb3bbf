import assert from 'node:assert/strict';
import type { Device } from '../../../src/kernels/kernels';
import { createGpuJsDevice } from '../../../src/kernels/gpujs/device';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { copyParameters, parameterNames } from '../../../src/model/parameters';
import { createPredictor } from '../../../src/model/predictor';
import { randomModel } from './models';
import { randomParameters, randomSentence, relativeError, runMinibatch } from './tiny';

const sizes = { K: 40, H: 16, L: 7 };

for (const mode of ['webasm', 'cpu'] as const) {
  describe(`the network on gpu.js ${mode}`, () => {
    let device: Device;
    before(async () => {
      device = await createGpuJsDevice(mode);
    });
    after(() => device.dispose());

    for (const activation of ['tanh', 'sigmoid', 'relu'] as const) {
      it(`${activation}: gradients within 1e-5 of the reference, relative to the largest entry`, async () => {
        // Weights that float32 holds exactly, so that what differs is the arithmetic.
        const parameters = copyParameters(randomParameters(sizes, 11, 0.4), (length) => new Float32Array(length));
        const sentences = [23, 40, 7].map((T) => randomSentence(sizes, T, T));
        const expected = await runMinibatch(createReferenceDevice(), parameters, activation, [...sentences, undefined], 41);
        const actual = await runMinibatch(device, parameters, activation, [...sentences, undefined], 41);
        for (const name of parameterNames) assert.ok(relativeError(actual.gradients[name], expected.gradients[name]) < 1e-5, name);
        assert.ok(relativeError(actual.loss, expected.loss) < 1e-5);
      });
    }

    it('predicts the same for a sentence alone and among others', async () => {
      const predictor = createPredictor(device, randomModel());
      const sentences = [['the', 'cat', 'sat'], ['the'], [], ['sat', 'the', 'sat', 'xyzzy', 'cat', 'the'], ['猫', '😀']];
      const together = await predictor.predict(sentences);
      for (const [s, sentence] of sentences.entries()) assert.deepEqual((await predictor.predict([sentence]))[0], together[s]);
      predictor.dispose();
    });
  });
}
