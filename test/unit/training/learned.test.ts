import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SentencePlaces, TrainingCorpus } from '../../../src/corpus/dataset';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { expectedCalibrationError } from '../../../src/model/decoding/calibration';
import { createPredictor } from '../../../src/model/predictor';
import { learnedOf, reliabilityOf, wordGroups } from '../../../src/training/learned';
import { corpusOf, smallLanguage } from './corpora';
import { run } from './runs';

/** A corpus whose development sentences are those of two files, in turn. */
function placed(corpus: TrainingCorpus): TrainingCorpus {
  const { sentences } = corpus.splits.development;
  const developmentPlaces: SentencePlaces = {
    files: ['file:///a', 'file:///b'],
    file: Uint32Array.from({ length: sentences }, (_, s) => s % 2),
    sentence: Uint32Array.from({ length: sentences }, (_, s) => 3 * Math.floor(s / 2) + 1),
  };
  return { ...corpus, developmentPlaces };
}

/** Numbers of labels, as someone predicts them. */
const predictionsOf = (corpus: TrainingCorpus, labels: readonly (readonly string[])[]): Uint16Array =>
  Uint16Array.from(labels.flat(), (label) => corpus.labels.indexOf(label));

const none = { losses: new Float64Array(0) };

describe('what a model has learned', () => {
  const development = smallLanguage(60, 2);

  it('has the tokens behind each confusion, as the labels of the model say themselves', async () => {
    const corpus = placed(corpusOf({ training: smallLanguage(12, 1), development }));
    const { result } = await run(corpus, { epochs: 2, hidden: 4 });
    const { learned, details } = result;
    assert.ok(learned && details?.development);
    const predicted = await createPredictor(createReferenceDevice(), result.model).labels(
      development.map((sentence) => sentence.map(([word]) => word)),
    );
    const expected = new Map<string, [file: string, number: number, token: number][]>();
    development.forEach((sentence, s) =>
      sentence.forEach(([, gold], t) => {
        const key = `${gold} ${corpus.labels[predicted[s][t]]}`;
        const own = expected.get(key) ?? [];
        expected.set(key, own);
        own.push([s % 2 === 0 ? 'file:///a' : 'file:///b', 3 * Math.floor(s / 2) + 1, t]);
      }),
    );
    assert.equal(learned.tokens.length, expected.size);
    assert.ok(learned.tokens.some((one) => one.gold !== one.predicted));
    for (const { gold, predicted: label, places } of learned.tokens)
      assert.deepEqual(
        places.map(([sentence, token]): [string, number, number] => {
          const at = learned.sentences[sentence];
          return [at.file, at.number, token];
        }),
        expected.get(`${gold} ${label}`)!.slice(0, 100),
        `${gold} ${label}`,
      );
    const errors = learned.tokens.filter((one) => one.gold !== one.predicted);
    assert.deepEqual(learned.tokens.slice(0, errors.length), errors, 'errors come first');
    for (const { number, file, words } of learned.sentences) {
      const s = 2 * ((number - 1) / 3) + (file === 'file:///a' ? 0 : 1);
      assert.equal(words, development[s].map(([word]) => word).join(' '));
    }
  });

  it('has the sentences with the least probable labels, the least probable first', async () => {
    const corpus = placed(corpusOf({ training: smallLanguage(12, 1), development }));
    const { result } = await run(corpus, { epochs: 2, hidden: 4 });
    const predictor = createPredictor(createReferenceDevice(), { ...result.model, calibration: undefined });
    const predictions = await predictor.predict(
      development.map((sentence) => sentence.map(([word]) => word)),
    );
    const L = corpus.labels.length;
    const expected = development
      .map((sentence, s) => {
        const { probabilities, labels } = predictions[s];
        const loss = -sentence.reduce(
          (sum, [, gold], t) => sum + Math.log(probabilities[t * L + corpus.labels.indexOf(gold)]),
          0,
        );
        const wrong = sentence.flatMap(([, gold], t) => (corpus.labels[labels[t]] === gold ? [] : [t]));
        return { s, loss, errors: wrong.length, token: wrong[0] ?? 0, tokens: sentence.length };
      })
      .sort((a, b) => b.loss - a.loss);
    const { worst, sentences } = result.learned!;
    assert.equal(worst.length, 50);
    worst.forEach(({ sentence, loss, ...rest }, i) => {
      const { s, loss: own, ...others } = expected[i];
      assert.ok(Math.abs(loss - own) < 1e-6, `${loss} is ${own}`);
      assert.deepEqual(rest, others);
      assert.equal(sentences[sentence].words, development[s].map(([word]) => word).join(' '));
    });
  });

  it('is nothing where the run is stopped, and has no places where they are not known', async () => {
    const corpus = corpusOf({ training: smallLanguage(12, 1), development });
    const { result } = await run(corpus, { epochs: 1, hidden: 4 });
    assert.deepEqual(
      [result.learned?.tokens, result.learned?.worst, result.learned?.sentences],
      [[], [], []],
    );
    const stopped = await run(corpus, { epochs: 5 }, { yieldToHost: () => 'stop' });
    assert.equal(stopped.result.learned, undefined);
  });

  it('tells words of the training data from others', () => {
    const corpus = corpusOf({
      training: [
        [
          ['the', 'D'],
          ['cat', 'N'],
        ],
        [['sees', 'V']],
      ],
      development: [
        [
          ['the', 'D'],
          ['dog', 'N'],
          ['sees', 'V'],
        ],
        [
          ['a', 'D'],
          ['new', 'X'],
        ],
      ],
    });
    const labels = predictionsOf(corpus, [
      ['D', 'N', 'N'],
      ['N', 'N'],
    ]);
    assert.deepEqual(wordGroups(corpus.splits.development, labels, corpus), {
      knownWords: { tokens: 2, correct: 1 },
      unknownWords: { tokens: 3, correct: 1 },
    });
  });

  it('tells spans of known words from those with an unknown one, by hand', () => {
    const corpus = corpusOf({
      scheme: 'IOB2',
      training: [
        [
          ['New', 'B-x'],
          ['York', 'I-x'],
          ['is', 'O'],
        ],
      ],
      development: [
        [
          ['New', 'B-x'],
          ['York', 'I-x'],
          ['is', 'O'],
          ['Old', 'B-x'],
          ['York', 'I-x'],
          ['town', 'O'],
        ],
      ],
    });
    // Found: the first, of known words; and "town", which is none.
    const labels = predictionsOf(corpus, [['B-x', 'I-x', 'O', 'O', 'O', 'B-x']]);
    const { knownWords, unknownWords } = wordGroups(corpus.splits.development, labels, corpus);
    assert.deepEqual(knownWords.spans, { precision: 1, recall: 1, f1: 1, gold: 1, predicted: 1, correct: 1 });
    assert.deepEqual(unknownWords.spans, {
      precision: 0,
      recall: 0,
      f1: 0,
      gold: 1,
      predicted: 1,
      correct: 0,
    });
    assert.deepEqual([knownWords.tokens, unknownWords.tokens], [4, 2]);
  });

  it('keeps a hundred tokens of a confusion, and of a sentence that is too long none', () => {
    const long = Array.from({ length: 5000 }, () => ['word', 'A'] as const);
    const short = Array.from({ length: 150 }, () => [['word', 'A'] as const]);
    const corpus = placed(
      corpusOf({
        training: [
          [
            ['word', 'A'],
            ['other', 'B'],
          ],
        ],
        development: [long, ...short],
      }),
    );
    const labels = new Uint16Array(5150).fill(1);
    const { tokens, sentences } = learnedOf(corpus, { labels, ...none });
    // The first hundred are all in the sentence that is not kept.
    assert.deepEqual([tokens, sentences], [[], []]);
    const without = placed(
      corpusOf({
        training: [
          [
            ['word', 'A'],
            ['other', 'B'],
          ],
        ],
        development: short,
      }),
    );
    const kept = learnedOf(without, { labels: labels.subarray(0, 150), ...none });
    assert.equal(kept.tokens[0].places.length, 100);
    assert.deepEqual(kept.tokens[0].places.at(-1), [99, 0]);
  });

  it('has bins whose error is the expected calibration error, on any probabilities', () => {
    const token = fc.tuple(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.boolean());
    fc.assert(
      fc.property(fc.array(token, { minLength: 2, maxLength: 60 }), (tokens) => {
        // Sentences of one token: those with odd numbers are measured on.
        const yHat = Float64Array.from(tokens.flatMap(([p]) => [p, 1 - p]));
        const chosen = tokens.map(([p]) => (p >= 0.5 ? 0 : 1));
        const gold = tokens.map(([, right], n) => (right ? chosen[n] : 1 - chosen[n]));
        const sentenceStart = Array.from({ length: tokens.length + 1 }, (_, n) => n);
        const odd = tokens.flatMap(([p, right], n) =>
          n % 2 === 1 ? [[Math.max(p, 1 - p), Number(right)]] : [],
        );
        const ece = expectedCalibrationError(
          odd.map(([p]) => p),
          odd.map(([, right]) => right),
        );
        const {
          tokens: count,
          bins,
          ...rest
        } = reliabilityOf({ yHat, L: 2, gold, sentenceStart, chosen }, { temperature: 1, ece });
        assert.equal(count, odd.length);
        assert.equal(rest.ece, ece);
        const error = bins.reduce(
          (sum, bin) => sum + bin.tokens * Math.abs(bin.accuracy - bin.confidence),
          0,
        );
        assert.ok(Math.abs(error / count - ece) < 1e-9);
        bins.forEach((bin, i) => {
          const own = odd.filter(([p]) => p > i / 15 && p <= (i + 1) / 15);
          assert.equal(bin.tokens, own.length);
          if (own.length > 0)
            assert.ok(
              Math.abs(bin.accuracy - own.filter(([, right]) => right === 1).length / own.length) < 1e-12,
            );
        });
      }),
    );
  });
});
