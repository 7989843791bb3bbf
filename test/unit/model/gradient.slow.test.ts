import assert from 'node:assert/strict';
import { activationNames } from '../../../src/kernels/activation';
import type { MatrixData } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import type { NetworkParameters } from '../../../src/model/parameters';
import type { Network } from '../../../src/model/sizes';
import { jumpsAtZero } from '../kernels/differences';
import { byHand } from './byHand';
import { finiteDifferences } from './finiteDifferences';
import { runMinibatch } from './minibatches';
import { bothWays, networkWith, oneWay, randomParameters, randomSentence, relativeError } from './tiny';
import type { LabelledSentence } from './tiny';

const device = createReferenceDevice();
const K = 6;

/**
 * Sentences and parameters; where f has no derivative at 0, as ReLU has none, such that h neither explodes
 * nor dies, and no s_t comes near 0.
 */
function draw(
  network: Network,
  lengths: readonly number[],
): { parameters: NetworkParameters<MatrixData>; sentences: LabelledSentence[] } {
  const kinked = jumpsAtZero(network.activation);
  for (let seed = lengths[0]; ; seed += 1000) {
    const parameters = randomParameters(network, K, seed, kinked ? 0.5 : 0.8);
    const sentences = lengths.map((T, n) => randomSentence(network, K, T, seed + n));
    const runs = sentences.map((sentence) => byHand(parameters, network, sentence));
    const alive = Object.values(runs[0].states).every((h) => h.some((h_t) => h_t.some((value) => value > 0)));
    if (!kinked || (alive && runs.every(({ s }) => s.every((value) => Math.abs(value) > 5e-3))))
      return { parameters, sentences };
  }
}

/**
 * Holds every gradient of a minibatch against finite differences; with truncation, those of a network whose
 * cut states are constant.
 */
async function check(network: Network, lengths: readonly number[], T = Math.max(...lengths)): Promise<void> {
  const { parameters, sentences } = draw(network, lengths);
  const { gradients } = await runMinibatch(
    device,
    parameters,
    network,
    lengths.length > 1 ? [...sentences, undefined] : sentences,
    T,
  );
  const held = sentences.map((sentence) =>
    network.truncation > 0 ? byHand(parameters, network, sentence).states : undefined,
  );
  const expected = finiteDifferences(parameters, () =>
    sentences.reduce((sum, sentence, n) => sum + byHand(parameters, network, sentence, held[n]).E, 0),
  );
  assert.deepEqual(Object.keys(gradients).sort(), Object.keys(expected).sort());
  for (const [name, gradient] of Object.entries(gradients)) {
    const error = relativeError(gradient, expected[name]);
    assert.ok(error <= 1e-7, `∂E/∂${name}, ${JSON.stringify({ ...network, lengths })}: ${error}`);
  }
}

describe('gradients against finite differences', function () {
  this.timeout(600_000);
  for (const activation of activationNames) {
    it(`${activation}: the derivation's network, T from 1 to 40`, async () => {
      for (let T = 1; T <= 40; T++) await check(networkWith({ H: 5, L: 4, activation }), [T]);
    });

    for (const layers of [1, 2, 3]) {
      for (const directions of [oneWay, bothWays]) {
        const forms = [0, 2].flatMap((E) =>
          [false, true].map((transitions) => networkWith({ activation, layers, directions, E, transitions })),
        );
        const name = `${activation}, ${layers} layers, ${directions.length === 1 ? 'one direction' : 'both directions'}`;

        it(`${name}: one-hot and features, softmax and CRF, a minibatch of several lengths`, async () => {
          for (const network of forms) await check(network, [6, 1, 3], 7);
        });

        it(`${name}: with dropout of input and states`, async () => {
          for (const network of forms)
            await check({ ...network, dropsInput: network.E > 0, dropsStates: true }, [5, 3], 6);
        });

        it(`${name}: truncated, the cut states held constant`, async () => {
          for (const network of forms) await check({ ...network, truncation: 2 }, [5, 4], 6);
          await check({ ...forms[0], truncation: 3, dropsStates: true }, [7]);
        });
      }
    }
  }
});
