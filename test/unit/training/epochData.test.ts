import assert from 'node:assert/strict';
import { epochData, fingerprint, withUnknownWords } from '../../../src/training/epochData';
import { resolveSettings } from '../../../src/training/settings';
import { corpusOf, smallLanguage } from './corpora';

const corpus = corpusOf({ training: smallLanguage(400, 1).map((sentence, s) => [...sentence, [`Name${s}`, 'PROPN']] as const) });
const { training } = corpus.splits;

describe('the words of an epoch', () => {
  it('have half of the singletons replaced by the unknown word, others each epoch, and nothing else', () => {
    const epochs = [1, 2].map((epoch) => withUnknownWords(training, corpus.singleton, 1, epoch));
    for (const words of epochs) {
      let replaced = 0;
      words.forEach((word, token) => {
        if (word === training.words[token]) return;
        assert.equal(word, 0);
        assert.ok(corpus.singleton[training.words[token]]);
        replaced++;
      });
      assert.ok(replaced > 160 && replaced < 240, String(replaced));
    }
    assert.notDeepEqual(epochs[0], epochs[1]);
    assert.deepEqual(epochs[0], withUnknownWords(training, corpus.singleton, 1, 1));
  });

  it('come in as many steps as the form of gradient descent asks for', () => {
    const steps = (batch: number) => {
      const { batches, sweepsPerStep } = epochData(corpus, resolveSettings({ batch }), 1);
      return batches.steps / sweepsPerStep;
    };
    assert.deepEqual([steps(0), steps(1), steps(8)], [1, 400, 50]);
  });
});

describe('the fingerprint of the training data', () => {
  it('tells other words, labels and sentences', () => {
    const small = (...training: (readonly (readonly [string, string])[])[]) => fingerprint(corpusOf({ training }));
    const same = small([['a', 'X'], ['b', 'Y']]);
    assert.equal(same, small([['a', 'X'], ['b', 'Y']]));
    for (const other of [small([['a', 'X'], ['c', 'Y']]), small([['a', 'X'], ['b', 'Z']]), small([['a', 'Y'], ['b', 'X']]), small([['a', 'X']], [['b', 'Y']])]) assert.notEqual(other, same);
  });
});
