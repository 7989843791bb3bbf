import assert from 'node:assert/strict';
import { activationNames } from '../../../src/kernels/activation';
import type { MatrixData } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import type { Network } from '../../../src/model/sizes';
import { byHand } from './byHand';
import { runMinibatch } from './minibatches';
import { named } from './named';
import { bothWays, networkWith, oneWay, randomParameters, randomSentence, relativeError } from './tiny';

const K = 9;
const device = createReferenceDevice();

/** Networks of all forms. */
const forms = [1, 2].flatMap((layers) =>
  [oneWay, bothWays].flatMap((directions) =>
    [0, 4].flatMap((E) =>
      [false, true].map((transitions) => networkWith({ H: 6, L: 5, layers, directions, E, transitions })),
    ),
  ),
);

/** Rows `beta`, `beta` + B, … of a matrix of so many columns, T of them. */
function rowsOf(values: ArrayLike<number>, columns: number, T: number, B = 1, beta = 0): number[][] {
  return Array.from({ length: T }, (_, t) =>
    Array.from(values).slice((t * B + beta) * columns, (t * B + beta + 1) * columns),
  );
}

/** What the training program gives with a row for each token: E_t, and the gradients of the tables' sums. */
function rowOutputs(
  { E, H }: Network,
  { loss, sums }: Awaited<ReturnType<typeof runMinibatch>>,
): { readonly columns: number; readonly values: MatrixData }[] {
  return [{ columns: 1, values: loss }, ...sums.map((values) => ({ columns: E > 0 ? E : H, values }))];
}

async function checkPadding(network: Network): Promise<void> {
  const parameters = randomParameters(network, K, 5);
  const sentences = [4, 9, 1].map((T) => randomSentence(network, K, T, T));
  const together = await runMinibatch(
    device,
    parameters,
    network,
    [sentences[0], undefined, sentences[1], sentences[2]],
    11,
  );
  const sums = Object.fromEntries(
    Object.entries(named(parameters)).map(([name, values]) => [name, new Float64Array(values.length)]),
  );
  for (const [beta, sentence] of [
    [0, sentences[0]],
    [2, sentences[1]],
    [3, sentences[2]],
  ] as const) {
    const T = sentence.labels.length;
    const alone = await runMinibatch(device, parameters, network, [sentence], T);
    assert.deepEqual(rowsOf(together.yHat, network.L, T, 4, beta), rowsOf(alone.yHat, network.L, T));
    const outputsAlone = rowOutputs(network, alone);
    for (const [n, { columns, values }] of rowOutputs(network, together).entries()) {
      assert.deepEqual(
        rowsOf(values, columns, T, 4, beta),
        rowsOf(outputsAlone[n].values, columns, T),
        `output ${n}`,
      );
      for (const row of rowsOf(values, columns, 11, 4, beta).slice(T))
        assert.ok(
          row.every((value) => value === 0),
          `output ${n} of padding`,
        );
    }
    for (const [name, sum] of Object.entries(sums))
      sum.forEach((_, i) => (sum[i] += alone.gradients[name][i]));
  }
  for (const [name, sum] of Object.entries(sums))
    assert.ok(relativeError(together.gradients[name], sum) < 1e-14, name);
}

describe('the network', () => {
  for (const activation of activationNames) {
    it(`${activation}: ŷ and E are those of the formulas`, async () => {
      for (const form of forms) {
        const network = { ...form, activation };
        const parameters = randomParameters(network, K, 3);
        const sentence = randomSentence(network, K, 12, 4);
        const { yHat, loss } = await runMinibatch(device, parameters, network, [sentence], 12);
        const expected = byHand(parameters, network, sentence);
        // With a CRF what comes out is z: the host decodes it.
        assert.ok(relativeError(yHat, (network.transitions ? expected.z : expected.yHat).flat()) < 1e-12);
        assert.ok(Math.abs([...loss].reduce((sum, E) => sum + E, 0) - expected.E) < 1e-12 * expected.E);
      }
    });

    it(`${activation}: a sentence alone and padded in a minibatch have equal ŷ, losses and gradients`, async () => {
      for (const form of forms) await checkPadding({ ...form, activation });
    });
  }

  it('with truncation and with dropout, a sentence alone and padded in a minibatch have equal ŷ, losses and gradients, too', async () => {
    for (const form of forms)
      await checkPadding({ ...form, truncation: 3, dropsInput: form.E > 0, dropsStates: true });
  });

  it('truncation changes the gradients, and neither ŷ nor E', async () => {
    for (const network of forms) {
      const parameters = randomParameters(network, K, 3);
      const sentence = randomSentence(network, K, 12, 4);
      const whole = await runMinibatch(device, parameters, network, [sentence], 12);
      const cut = await runMinibatch(device, parameters, { ...network, truncation: 4 }, [sentence], 12);
      assert.deepEqual(cut.yHat, whole.yHat);
      assert.deepEqual(cut.loss, whole.loss);
      assert.notDeepEqual(cut.gradients['U1>'], whole.gradients['U1>']);
      const block = await runMinibatch(device, parameters, { ...network, truncation: 12 }, [sentence], 12);
      assert.deepEqual(block.gradients, whole.gradients);
    }
  });

  it('dropout is for training only', async () => {
    for (const form of forms) {
      const network = { ...form, dropsInput: form.E > 0, dropsStates: true };
      const parameters = randomParameters(network, K, 3);
      const sentence = randomSentence(network, K, 12, 4);
      const { yHat, loss } = await runMinibatch(device, parameters, network, [sentence], 12);
      const plain = await runMinibatch(device, parameters, form, [sentence], 12);
      assert.deepEqual(yHat, plain.yHat);
      assert.notDeepEqual(loss, plain.loss);
    }
  });

  it('both programs end in the same states, one for each layer, left to right', async () => {
    for (const network of forms) {
      const parameters = randomParameters(network, K, 1);
      const sentence = randomSentence(network, K, 5, 1);
      const { hLast, forwardLast } = await runMinibatch(device, parameters, network, [sentence], 5);
      const { states } = byHand(parameters, network, sentence);
      assert.equal(forwardLast.length, network.layers);
      forwardLast.forEach((last, layer) => {
        assert.deepEqual(hLast[layer], last);
        assert.ok(relativeError(last, states[`${layer + 1}>`][4]) < 1e-12);
      });
    }
  });
});
