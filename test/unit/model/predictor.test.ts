import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import { uniform } from '../../../src/common/random';
import { FeatureEncoder } from '../../../src/corpus/features/encoder';
import { spansOf } from '../../../src/corpus/labels/spans';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { createSimdDevice } from '../../../src/kernels/simd/device';
import { isAllowed, transitionsOf } from '../../../src/model/decoding/transitions';
import { readModel, writeModel } from '../../../src/model/modelFile';
import { mapParameters } from '../../../src/model/parameters';
import { createPredictor } from '../../../src/model/predictor';
import { networkOf } from '../../../src/model/settings/networkOf';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import type { TaggerModel } from '../../../src/model/taggerModel';
import { encode } from '../corpus/features/text';
import { byHand } from './byHand';
import { everySequence, isValid, scoreOf } from './decoding/sequences';
import { randomModel } from './models';
import { relativeError } from './tiny';

const device = createReferenceDevice();
const forms: readonly Partial<TrainingSettings>[] = [
  {},
  { loss: 'crf' },
  { bidirectional: true, layers: 2, activation: 'relu' },
  { input: 'features' },
  { input: 'features', loss: 'crf', layers: 2, bidirectional: false, activation: 'sigmoid' },
  { input: 'features', loss: 'softmax', truncation: 3 },
];

/** Probabilities as the network has them, and labels by themselves. */
function plainModel(given: Partial<TrainingSettings> = {}): TaggerModel {
  return { ...randomModel(given), scheme: 'none', outsideBias: 0, calibration: undefined };
}

function randomWords(length: number, seed: number): string[] {
  const words = ['the', 'cat', 'sat', '猫', '😀', 'never-seen', 'The'];
  return Array.from({ length }, (_, t) => words[Math.floor(uniform(seed, t) * words.length)]);
}

/** z_t and ŷ_t of the formulas. */
function formulas({ parameters, settings, features }: TaggerModel, words: readonly string[]) {
  return byHand(parameters, networkOf(settings, parameters.c.length), {
    features: encode(new FeatureEncoder(features), words),
    labels: words.map(() => 0),
  });
}

/** Of every sequence of labels, its probability under the formulas. */
function distribution(
  model: TaggerModel,
  words: readonly string[],
): { readonly sequence: number[]; readonly p: number }[] {
  const { z } = formulas(model, words);
  const L = model.parameters.c.length;
  const A = model.parameters.A as Float64Array | undefined;
  const all = everySequence(words.length, L).map((sequence) => ({
    sequence,
    p: Math.exp(scoreOf(sequence, z.flat(), L, A && Array.from(A))),
  }));
  const total = all.reduce((sum, { p }) => sum + p, 0);
  return all.map(({ sequence, p }) => ({ sequence, p: p / total }));
}

describe('the predictor', () => {
  for (const form of forms) {
    it(`gives the same for a sentence alone and among others: ${JSON.stringify(form)}`, async () => {
      const predictor = createPredictor(device, randomModel(form));
      const sentences = Array.from({ length: 40 }, (_, s) => randomWords((s * 7) % 50, s));
      const together = await predictor.predict(sentences);
      assert.deepEqual(
        await predictor.labels(sentences),
        together.map(({ labels }) => labels),
      );
      for (const [s, sentence] of sentences.entries()) {
        const [alone] = await predictor.predict([sentence]);
        assert.deepEqual(together[s], alone);
        assert.equal(alone.labels.length, sentence.length);
      }
      predictor.dispose();
    });

    it(`gives the formulas’ probabilities, and of all sequences that the scheme allows the most probable: ${JSON.stringify(form)}`, async () => {
      const model: TaggerModel = { ...randomModel(form), outsideBias: 0, calibration: undefined };
      const predictor = createPredictor(device, model);
      for (const T of [1, 2, 3, 4, 5]) {
        const words = randomWords(T, T);
        const all = distribution(model, words);
        const [{ labels, probabilities }] = await predictor.predict([words]);
        const marginals = words.flatMap((_, t) =>
          model.labels.map((__, l) =>
            all.reduce((sum, { sequence, p }) => sum + (sequence[t] === l ? p : 0), 0),
          ),
        );
        assert.ok(relativeError(probabilities, marginals) < 1e-10);
        const allowed = all.filter(({ sequence }) =>
          isValid(
            sequence.map((l) => model.labels[l]),
            model.scheme,
          ),
        );
        assert.deepEqual([...labels], allowed.reduce((best, one) => (one.p > best.p ? one : best)).sequence);
      }
      predictor.dispose();
    });
  }

  it('reads and uses a model of 20,000 span labels', async () => {
    const labels = ['O', ...Array.from({ length: 20_000 }, (_, n) => `${'BI'[n % 2]}-${n >> 1}`)];
    const model = readModel(writeModel(randomModel({ hidden: 1 }, labels)));
    const predictor = createPredictor(device, model);
    const [{ labels: found, spans }] = await predictor.predict([['the', 'cat', 'sat']]);
    assert.ok(isAllowed(transitionsOf(labels, 'IOB2'), found, 0, 3));
    assert.ok(spans.length > 0 && spans.every(({ probability }) => probability > 0 && probability <= 1));
    predictor.dispose();
  });

  for (const loss of ['softmax', 'crf'] as const) {
    it(`gives spans with the share of the sequences that the scheme allows and that have them: ${loss}`, async () => {
      const model: TaggerModel = { ...randomModel({ loss }), outsideBias: 0, calibration: undefined };
      const spansIn = (sequence: ArrayLike<number>) =>
        spansOf(
          Array.from(sequence, (label) => model.labels[label]),
          model.scheme,
        );
      const transitions = transitionsOf(model.labels, model.scheme);
      let found = 0;
      for (let seed = 0; seed < 20; seed++) {
        const words = randomWords(5, seed);
        const allowed = distribution(model, words).filter(({ sequence }) =>
          isAllowed(transitions, Uint16Array.from(sequence), 0, sequence.length),
        );
        const total = allowed.reduce((sum, { p }) => sum + p, 0);
        const [{ labels, spans }] = await createPredictor(device, model).predict([words]);
        assert.deepEqual(
          spans.map(({ start, end, type }) => ({ start, end, type })),
          spansIn(labels),
        );
        for (const { start, end, type, probability } of spans) {
          const having = allowed.filter(({ sequence }) =>
            spansIn(sequence).some((span) => span.start === start && span.end === end && span.type === type),
          );
          assert.ok(Math.abs(probability - having.reduce((sum, { p }) => sum + p, 0) / total) < 1e-9);
          found++;
        }
      }
      assert.ok(found > 5, `${found} spans`);
    });
  }

  it('gives the formulas’ ŷ for sentences of any length, h carried from window to window in each layer', async () => {
    for (const form of [
      {},
      { input: 'features', bidirectional: false, layers: 2, activation: 'tanh' },
    ] as const) {
      const model = plainModel({ ...form, loss: 'softmax' });
      const predictor = createPredictor(device, model);
      for (const length of [1, 511, 512, 513, 2600]) {
        const words = randomWords(length, length);
        const [{ labels, probabilities }] = await predictor.predict([
          words,
          words.slice(0, 600),
          [],
          words.slice(0, 3),
          words.slice(1),
        ]);
        formulas(model, words).yHat.forEach((expected, t) => {
          expected.forEach((value, l) => assert.ok(Math.abs(value - probabilities[t * 3 + l]) < 1e-12));
          assert.equal(labels[t], expected.indexOf(Math.max(...expected)));
        });
      }
      predictor.dispose();
    }
  });

  it('starts anew in each window where it goes from right to left', async () => {
    const model = plainModel({ bidirectional: true });
    // Only the states from right to left reach the labels.
    model.parameters.V[0].fill(0);
    const predictor = createPredictor(device, model);
    // Whole windows: where there is padding, it comes first and leaves nothing of what was carried.
    const words = randomWords(1024, 1);
    const [long, first, second] = await predictor.predict([words, words.slice(0, 512), words.slice(512)]);
    assert.deepEqual(long.probabilities, Float64Array.of(...first.probabilities, ...second.probabilities));
    predictor.dispose();
  });

  for (const form of [{ loss: 'softmax' }, { input: 'features', loss: 'crf' }] as const) {
    it(`takes the bias off the score of O, and leaves probabilities as they are: ${form.loss}`, async () => {
      const words = randomWords(5, 8);
      const plain = { ...randomModel(form), outsideBias: 0 };
      const sequences = new Set<string>();
      for (const outsideBias of [-4, -1, 0, 0.5, 1, 4]) {
        const [{ labels, probabilities }] = await createPredictor(device, { ...plain, outsideBias }).predict([
          words,
        ]);
        const allowed = distribution(plain, words).filter(({ sequence }) =>
          isValid(
            sequence.map((l) => plain.labels[l]),
            plain.scheme,
          ),
        );
        const scored = allowed.map(({ sequence, p }) => ({
          sequence,
          score: Math.log(p) - outsideBias * sequence.filter((l) => plain.labels[l] === 'O').length,
        }));
        assert.deepEqual(
          [...labels],
          scored.reduce((best, one) => (one.score > best.score ? one : best)).sequence,
        );
        assert.deepEqual(
          probabilities,
          (await createPredictor(device, plain).predict([words]))[0].probabilities,
        );
        sequences.add(labels.join());
      }
      assert.ok(sequences.size > 1);
    });
  }

  it('scales probabilities by the temperature that was fitted', async () => {
    const words = randomWords(4, 2);
    const [warm, plain] = await Promise.all(
      [randomModel(), { ...randomModel(), calibration: undefined }].map(
        async (model) => (await createPredictor(device, model).predict([words]))[0],
      ),
    );
    const powers = Array.from(plain.probabilities, (p) => p ** (1 / 1.25));
    const expected = powers.map(
      (power, i) => power / powers.slice(i - (i % 3), i - (i % 3) + 3).reduce((sum, value) => sum + value, 0),
    );
    assert.ok(relativeError(warm.probabilities, expected) < 1e-12);
    assert.deepEqual(warm.labels, plain.labels);
  });

  it('gives probabilities from 0 to 1, or says that its weights are too large, whatever weights a file may hold', async () => {
    const simd = createSimdDevice();
    let used = 0;
    let refused = 0;
    for (const form of [...forms, { input: 'features', activation: 'relu', layers: 3, loss: 'crf' } as const])
      for (const power of [3, 6, 9])
        for (const temperature of [0.01, 100]) {
          const random = randomModel(form);
          const parameters = mapParameters(random.parameters, (leaf) =>
            Float32Array.from(leaf, (weight) => weight * 10 ** power),
          );
          const calibration = { temperature, ece: 0, eceUncalibrated: 0 };
          const model = readModel(writeModel({ ...random, parameters, calibration }));
          for (const on of [device, simd]) {
            const predictor = createPredictor(on, model);
            const words = [randomWords(40, power), ['the']];
            try {
              for (const { probabilities, spans } of await predictor.predict(words)) {
                assert.ok(probabilities.every((p) => p >= 0 && p <= 1.0001));
                assert.ok(spans.every(({ probability }) => probability >= 0 && probability <= 1));
              }
              used++;
            } catch (error) {
              assert.ok(
                error instanceof InputError && /weights are too large/.test(error.details.hint ?? ''),
              );
              await assert.rejects(predictor.labels(words), InputError);
              refused++;
            }
            predictor.dispose();
          }
        }
    assert.ok(used > 0 && refused > 0, `${used} used, ${refused} refused`);
    simd.dispose();
  });

  it('takes empty sentences, none at all, and unknown words', async () => {
    for (const form of forms) {
      const predictor = createPredictor(device, randomModel(form));
      assert.deepEqual(await predictor.predict([]), []);
      const [empty, unknown, name] = await predictor.predict([[], ['xyzzy'], ['<unknown>']]);
      assert.equal(empty.labels.length, 0);
      assert.equal(empty.probabilities.length, 0);
      assert.notDeepEqual(unknown, name);
    }
  });

  it('answers several calls at once', async () => {
    const predictor = createPredictor(device, randomModel());
    const sentences = [1, 2, 3].map((n) => [randomWords(20 * n, n)]);
    const all = await Promise.all(sentences.map((sentence) => predictor.predict(sentence)));
    for (const [n, result] of all.entries()) assert.deepEqual(result, await predictor.predict(sentences[n]));
  });
});
