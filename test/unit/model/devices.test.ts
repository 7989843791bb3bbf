import assert from 'node:assert/strict';
import type { Device } from '../../../src/kernels/device';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { copyParameters, plainArrays } from '../../../src/model/parameters';
import { createPredictor } from '../../../src/model/predictor';
import type { Network } from '../../../src/model/sizes';
import { devices } from '../../kernels/devices';
import { runMinibatch } from './minibatches';
import { randomModel } from './models';
import { bothWays, networkWith, randomParameters, randomSentence, relativeError } from './tiny';

const K = 40;
const forms: readonly Partial<Network>[] = [
  { activation: 'tanh' },
  { activation: 'sigmoid' },
  { activation: 'relu' },
  { E: 9, directions: bothWays, activation: 'relu', dropsInput: true, dropsStates: true },
  { E: 9, directions: bothWays, transitions: true, dropsStates: true },
  { layers: 2, directions: bothWays, truncation: 10 },
  { E: 5, layers: 3, activation: 'sigmoid', transitions: true },
];

for (const { title, open } of devices) {
  describe(`the network on ${title}`, function () {
    this.timeout(600_000);
    let device: Device;
    before(async () => {
      device = await open();
    });
    after(() => device.dispose());

    for (const form of forms) {
      it(`gives gradients within 1e-5 of the reference, relative to the largest entry: ${JSON.stringify(form)}`, async () => {
        const network = networkWith({ H: 16, L: 7, ...form });
        // Weights that float32 holds exactly, so that what differs is the arithmetic.
        const parameters = copyParameters(
          randomParameters(network, K, 11, network.layers > 1 ? 0.25 : 0.4),
          plainArrays('float32'),
        );
        const sentences = [23, 40, 7].map((T) => randomSentence(network, K, T, T));
        const expected = await runMinibatch(
          createReferenceDevice(),
          copyParameters(parameters, plainArrays('float64')),
          network,
          [...sentences, undefined],
          41,
        );
        const actual = await runMinibatch(device, parameters, network, [...sentences, undefined], 41);
        for (const [parameter, gradient] of Object.entries(expected.gradients)) {
          const error = relativeError(actual.gradients[parameter], gradient);
          assert.ok(error < 1e-5, `${parameter}: ${error}`);
        }
        assert.ok(relativeError(actual.loss, expected.loss) < 1e-5);
        assert.ok(relativeError(actual.yHat, expected.yHat) < 1e-5);
      });
    }

    for (const loss of ['softmax', 'crf'] as const) {
      it(`predicts the same for a sentence alone and among others, ${loss}`, async () => {
        const predictor = createPredictor(device, randomModel({ loss }));
        const sentences = [
          ['the', 'cat', 'sat'],
          ['the'],
          [],
          ['sat', 'the', 'sat', 'xyzzy', 'cat', 'the'],
          ['猫', '😀'],
        ];
        const together = await predictor.predict(sentences);
        for (const [s, sentence] of sentences.entries())
          assert.deepEqual((await predictor.predict([sentence]))[0], together[s]);
        predictor.dispose();
      });
    }
  });
}
