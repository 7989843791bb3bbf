import assert from 'node:assert/strict';
import { uniform } from '../../../src/common/random';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { createPredictor } from '../../../src/model/predictor';
import { randomModel } from './models';
import { byHand } from './tiny';

const device = createReferenceDevice();

function randomWords(length: number, seed: number): string[] {
  const words = ['the', 'cat', 'sat', '猫', '😀', 'never-seen', 'The'];
  return Array.from({ length }, (_, t) => words[Math.floor(uniform(seed, t) * words.length)]);
}

describe('the predictor', () => {
  it('gives the same for a sentence alone and among others', async () => {
    const predictor = createPredictor(device, randomModel());
    const sentences = Array.from({ length: 40 }, (_, s) => randomWords((s * 7) % 50, s));
    const together = await predictor.predict(sentences);
    for (const [s, sentence] of sentences.entries()) {
      const [alone] = await predictor.predict([sentence]);
      assert.deepEqual(together[s], alone);
      assert.equal(alone.labels.length, sentence.length);
    }
    predictor.dispose();
  });

  it('gives the formulas’ ŷ for sentences of any length, h carried from window to window', async () => {
    const model = randomModel();
    const predictor = createPredictor(device, model);
    for (const length of [1, 511, 512, 513, 2600]) {
      const words = randomWords(length, length);
      const [{ labels, probabilities }, second] = await predictor.predict([words, words.slice(0, 600), [], words.slice(0, 3), words.slice(1)]);
      const { yHat } = byHand(model.parameters, 'tanh', { words: words.map((word) => model.vocabulary.idOf(word)), labels: words.map(() => 0) });
      yHat.forEach((expected, t) => {
        expected.forEach((value, l) => assert.ok(Math.abs(value - probabilities[t * 3 + l]) < 1e-12));
        assert.equal(labels[t], expected.indexOf(Math.max(...expected)));
      });
      assert.deepEqual(second.labels, labels.slice(0, 600));
    }
  });

  it('takes empty sentences, none at all, and unknown words', async () => {
    const predictor = createPredictor(device, randomModel());
    assert.deepEqual(await predictor.predict([]), []);
    const [empty, unknown, name] = await predictor.predict([[], ['xyzzy'], ['<unknown>']]);
    assert.equal(empty.labels.length, 0);
    assert.equal(empty.probabilities.length, 0);
    assert.notDeepEqual(unknown, name);
  });

  it('answers calls made at the same time', async () => {
    const predictor = createPredictor(device, randomModel());
    const sentences = [1, 2, 3].map((n) => [randomWords(20 * n, n)]);
    const all = await Promise.all(sentences.map((sentence) => predictor.predict(sentence)));
    for (const [n, result] of all.entries()) assert.deepEqual(result, await predictor.predict(sentences[n]));
  });
});
