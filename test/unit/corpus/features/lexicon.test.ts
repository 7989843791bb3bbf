import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FeatureEncoder } from '../../../../src/corpus/features/encoder';
import {
  countWords,
  frequentFrom,
  lexiconOf,
  lexiconRows,
  longestWord,
} from '../../../../src/corpus/features/lexicon';
import type { FeatureLists } from '../../../../src/corpus/features/lists';
import { readFeatureLists } from '../../../../src/corpus/features/readLists';

/**
 * Sentences as lists of words, and what a corpus knows of them: characters by number, and where words begin.
 */
function corpusOf(sentences: readonly (readonly string[])[]): {
  strings: string[];
  types: Uint32Array;
  start: Uint32Array;
  starts: Uint8Array;
} {
  const numbers = new Map<string, number>();
  const numberOf = (character: string): number =>
    numbers.get(character) ?? (numbers.set(character, numbers.size), numbers.size - 1);
  const types: number[] = [];
  const starts: number[] = [];
  const start = [0];
  for (const words of sentences) {
    for (const word of words) {
      [...word].forEach((character, i) => {
        types.push(numberOf(character));
        starts.push(i === 0 ? 1 : 0);
      });
    }
    start.push(types.length);
  }
  return {
    strings: [...numbers.keys()],
    types: Uint32Array.from(types),
    start: Uint32Array.from(start),
    starts: Uint8Array.from(starts),
  };
}

const lists = (lexicon: FeatureLists['lexicon']): FeatureLists => ({
  templates: [{ attribute: 'word', offset: 0 }],
  attributes: [{ name: 'word', values: [] }],
  lexicon,
  oneHot: false,
});

/**
 * The first four rows of the lexicon's for each character: begins, ends, covers (0 for none, else the
 * length), single.
 */
function found(encoder: FeatureEncoder, types: ArrayLike<number>, first: number, end: number): number[][] {
  const base = encoder.rows - lexiconRows;
  return Array.from({ length: end - first }, (_, i) => {
    const out = new Int32Array(encoder.roomFor(types, first, end));
    // One row for the unknown word stands before them.
    const stop = encoder.write(types, first, end, first + i, out, 0);
    assert.ok(out.subarray(0, stop).every((row) => row >= 0 && row < encoder.rows));
    assert.equal(new Set(out.subarray(0, stop)).size, stop, 'each row once');
    const rows = [...out.subarray(1, 5)].map((row) => row - base);
    const length = (value: number): number => (value === 0 ? 0 : value + 1);
    return [
      length(rows[0]),
      length(rows[1] - longestWord),
      length(rows[2] - 2 * longestWord),
      rows[3] - 3 * longestWord,
    ];
  });
}

function encoderOf(
  sentences: readonly (readonly string[])[],
): { encoder: FeatureEncoder } & ReturnType<typeof corpusOf> {
  const corpus = corpusOf(sentences);
  const encoder = new FeatureEncoder(
    lists(lexiconOf(countWords(corpus.strings, corpus.types, corpus.start, corpus.starts))),
  );
  for (const character of corpus.strings) encoder.typeOf(character);
  return { encoder, ...corpus };
}

describe('the lexicon', () => {
  it('holds the words of the training data, the most frequent first', () => {
    const { strings, types, start, starts } = corpusOf([
      ['ab', 'c', 'ab'],
      ['abcdefg', 'c'],
      ...Array.from({ length: frequentFrom }, () => ['x']),
    ]);
    assert.deepEqual(lexiconOf(countWords(strings, types, start, starts)), {
      words: ['x', 'ab', 'c'],
      frequent: 1,
    });
  });

  it('finds the longest words that begin, end and lie around each character', () => {
    const { encoder } = encoderOf([['ab', 'abcd', 'c', 'bc']]);
    const types = [...'abcde'].map((character) => encoder.typeOf(character));
    assert.deepEqual(found(encoder, types, 0, 5), [
      [4, 0, 0, 0],
      [2, 2, 4, 0],
      [0, 2, 4, 1],
      [0, 4, 0, 0],
      [0, 0, 0, 0],
    ]);
    assert.deepEqual(
      found(encoder, types, 1, 3),
      [
        [2, 0, 0, 0],
        [0, 2, 0, 1],
      ],
      'of another sentence, its own characters alone',
    );
  });

  it('looks a training sentence up without its own words', () => {
    const { encoder, types, start, starts } = encoderOf([
      ['ab', 'c'],
      ['ab', 'cd'],
      ['a', 'bc'],
    ]);
    encoder.train(types, start, starts);
    // ab stands in the second sentence too; c, cd, a and bc once only.
    assert.deepEqual(found(encoder, types, 0, 3), [
      [2, 0, 0, 1],
      [2, 2, 0, 0],
      [0, 2, 0, 0],
    ]);
    assert.deepEqual(found(encoder, types, 3, 7), [
      [2, 0, 0, 1],
      [2, 2, 0, 0],
      [0, 2, 0, 1],
      [0, 0, 0, 0],
    ]);
    // Another text with the same characters has all of them.
    assert.deepEqual(found(encoder, types.slice(), 0, 3), [
      [2, 0, 0, 1],
      [2, 2, 0, 0],
      [0, 2, 0, 1],
    ]);
  });

  it('finds in any text what a search for each word finds', () => {
    const word = fc
      .array(fc.constantFrom('a', 'b', '𠀀'), { minLength: 1, maxLength: 8 })
      .map((characters) => characters.join(''));
    const sentence = fc.array(word, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 4 }), sentence, (training, text) => {
        const { encoder } = encoderOf(training);
        const known = new Set(training.flat().filter((one) => [...one].length <= longestWord));
        const characters = [...text.join('')];
        const types = characters.map((character) => encoder.typeOf(character));
        const spans: [number, number][] = [];
        characters.forEach((_, i) => {
          for (let j = i + 1; j <= characters.length; j++)
            if (known.has(characters.slice(i, j).join(''))) spans.push([i, j]);
        });
        const longest = (holds: (i: number, j: number) => boolean): number =>
          Math.max(0, ...spans.filter(([i, j]) => j - i > 1 && holds(i, j)).map(([i, j]) => j - i));
        const rows = found(encoder, types, 0, types.length);
        rows.forEach(([begins, ends, covers, single], at) => {
          assert.equal(
            begins,
            longest((i) => i === at),
          );
          assert.equal(
            ends,
            longest((_, j) => j === at + 1),
          );
          assert.equal(
            covers,
            longest((i, j) => i < at && at < j - 1),
          );
          assert.equal(single > 0, known.has(characters[at]));
        });
      }),
    );
  });

  it('goes through a model file, which is checked', () => {
    const fail = (what: string): never => {
      throw new Error(what);
    };
    const whole = lists({ words: ['ab', 'c'], frequent: 1 });
    assert.deepEqual(readFeatureLists(JSON.parse(JSON.stringify(whole)), fail), whole);
    assert.throws(
      () => readFeatureLists({ ...whole, lexicon: { words: ['ab', 3], frequent: 1 } }, fail),
      /no list of words/,
    );
    assert.throws(
      () => readFeatureLists({ ...whole, lexicon: { words: ['ab'], frequent: 2 } }, fail),
      /frequent/,
    );
    assert.throws(() => readFeatureLists({ ...whole, lexicon: 'ab' }, fail), /no object/);
  });
});
