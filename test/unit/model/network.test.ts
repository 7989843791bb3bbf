import assert from 'node:assert/strict';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { parameterNames } from '../../../src/model/parameters';
import { byHand, randomParameters, randomSentence, relativeError, runMinibatch } from './tiny';

const sizes = { K: 9, H: 6, L: 5 };
const device = createReferenceDevice();

describe('the network', () => {
  for (const activation of ['tanh', 'sigmoid', 'relu'] as const) {
    it(`${activation}: ŷ and E are those of the formulas`, async () => {
      const parameters = randomParameters(sizes, 3);
      const sentence = randomSentence(sizes, 12, 4);
      const { yHat, loss } = await runMinibatch(device, parameters, activation, [sentence], 12);
      const expected = byHand(parameters, activation, sentence);
      assert.ok(relativeError(yHat, expected.yHat.flat()) < 1e-12);
      assert.ok(Math.abs([...loss].reduce((sum, E) => sum + E, 0) - expected.E) < 1e-12 * expected.E);
    });

    it(`${activation}: a sentence alone and padded in a minibatch have equal ŷ, δ and gradients`, async () => {
      const parameters = randomParameters(sizes, 5);
      const sentences = [4, 9, 1].map((T) => randomSentence(sizes, T, T));
      const together = await runMinibatch(device, parameters, activation, [sentences[0], undefined, sentences[1], sentences[2]], 11);
      const sum = Object.fromEntries(parameterNames.map((name) => [name, new Float64Array(parameters[name].length)]));
      for (const [beta, sentence] of [[0, sentences[0]], [2, sentences[1]], [3, sentences[2]]] as const) {
        const T = sentence.words.length;
        const alone = await runMinibatch(device, parameters, activation, [sentence], T);
        for (let t = 0; t < T; t++) {
          const row = t * together.B + beta;
          const of = (values: ArrayLike<number>, r: number, width: number) => Array.from(values).slice(r * width, (r + 1) * width);
          assert.deepEqual(of(together.yHat, row, sizes.L), of(alone.yHat, t, sizes.L));
          assert.deepEqual(of(together.delta, row, sizes.H), of(alone.delta, t, sizes.H));
          assert.equal(together.loss[row], alone.loss[t]);
        }
        for (const name of parameterNames) sum[name].forEach((_, i) => (sum[name][i] += alone.gradients[name][i]));
      }
      for (const name of parameterNames) assert.ok(relativeError(together.gradients[name], sum[name]) < 1e-14, name);
    });
  }

  it('both programs end in the same state', async () => {
    const { hLast, forwardLast } = await runMinibatch(device, randomParameters(sizes, 1), 'tanh', [randomSentence(sizes, 5, 1)], 5);
    assert.deepEqual(hLast, forwardLast);
  });
});
