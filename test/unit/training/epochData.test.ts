import assert from 'node:assert/strict';
import { epochData, fingerprint, withheldWords } from '../../../src/training/epochData';
import { corpusOf, smallLanguage } from './corpora';
import { resolved } from './resolved';

const corpus = corpusOf({
  training: smallLanguage(400, 1).map((sentence, s) => [...sentence, [`Name${s}`, 'PROPN']] as const),
});
const { training } = corpus.splits;

describe('the words of an epoch', () => {
  it('with one-hot input, half of those that occur once are replaced by the unknown word, others in each epoch', () => {
    const settings = resolved({ input: 'one-hot' });
    const epochs = [1, 2].map((epoch) => withheldWords(corpus, settings, epoch));
    for (const withheld of epochs) {
      let count = 0;
      withheld.forEach((value, token) => {
        if (value === 0) return;
        assert.equal(corpus.counts[training.words[token]], 1);
        count++;
      });
      assert.ok(count > 160 && count < 240, String(count));
    }
    assert.notDeepEqual(epochs[0], epochs[1]);
    assert.deepEqual(epochs[0], withheldWords(corpus, settings, 1));
    assert.notDeepEqual(epochs[0], withheldWords(corpus, { ...settings, seed: 2 }, 1));
  });

  it('with features, the share that is asked for is replaced by the unknown word, whatever the words’ frequency', () => {
    for (const wordDropout of [0, 0.1, 0.4]) {
      const withheld = withheldWords(corpus, resolved({ wordDropout }), 1);
      const share = (often: (count: number) => boolean): number => {
        const tokens = [...training.words.keys()].filter((token) =>
          often(corpus.counts[training.words[token]]),
        );
        return tokens.filter((token) => withheld[token]).length / tokens.length;
      };
      assert.ok(Math.abs(share((count) => count === 1) - wordDropout) < 0.08);
      assert.ok(Math.abs(share((count) => count > 1) - wordDropout) < 0.03);
    }
  });

  it('are divided into as many steps as batch size and gradient descent ask for', () => {
    const steps = (batch: number) => {
      const { batches, sweepsPerStep } = epochData(corpus, resolved({ batch }), 1);
      return batches.sweeps / sweepsPerStep;
    };
    assert.deepEqual([steps(0), steps(1), steps(8)], [1, 400, 50]);
  });
});

describe('the fingerprint of the training data', () => {
  it('differs where words, labels or sentence boundaries differ', () => {
    const small = (...training: (readonly (readonly [string, string])[])[]) =>
      fingerprint(corpusOf({ training }));
    const same = small([
      ['a', 'X'],
      ['b', 'Y'],
    ]);
    assert.equal(
      same,
      small([
        ['a', 'X'],
        ['b', 'Y'],
      ]),
    );
    const read = (...values: string[]) =>
      fingerprint(
        corpusOf({ training: [values.map((value, t) => ['ab'[t], 'XY'[t], value] as const)], column: 'POS' }),
      );
    assert.equal(read('V', 'W'), read('V', 'W'));
    assert.equal(new Set([same, read('V', 'W'), read('W', 'V'), read('V', 'V'), read('V', 'U')]).size, 5);
    for (const other of [
      small([
        ['a', 'X'],
        ['c', 'Y'],
      ]),
      small([
        ['a', 'X'],
        ['b', 'Z'],
      ]),
      small([
        ['a', 'Y'],
        ['b', 'X'],
      ]),
      small([['a', 'X']], [['b', 'Y']]),
    ])
      assert.notEqual(other, same);
  });
});
