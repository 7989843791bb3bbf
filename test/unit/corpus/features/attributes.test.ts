import assert from 'node:assert/strict';
import fc from 'fast-check';
import { attributeNamed, isPair } from '../../../../src/corpus/features/attributes';
import { allAttributes, anyWord } from './text';

function values(name: string, word: string): readonly string[] {
  const attribute = attributeNamed(name);
  assert.ok(attribute && !isPair(attribute), name);
  return attribute.valuesOf(word);
}

/** Half of a surrogate pair, without the other one. */
const half = /\p{Surrogate}/u;

describe('attributes of a word', () => {
  const cases: readonly (readonly [name: string, word: string, values: string])[] = [
    ['word', 'Rita', 'Rita'],
    ['lower', 'Rita', 'rita'],
    ['prefixes:4', 'Lisbon', 'l li lis lisb'],
    ['prefixes:4', 'Ox', 'o ox'],
    ['suffixes:5', 'Lisbon', 'n on bon sbon isbon'],
    ['prefix:2', 'Lisbon', 'li'],
    ['suffix:3', 'Lisbon', 'bon'],
    ['suffix:3', 'Ox', 'ox'],
    ['prefix:2', '', ''],
    ['ngrams:3', 'Rita', '^ri rit ita ta$'],
    ['ngrams:3', 'a', '^a$'],
    ['ngrams:3', '', ''],
    ['characters', '𠮷野家', '𠮷 野 家'],
    ['bigrams', '𠮷野家', '𠮷野 野家'],
    ['bigrams', '家', ''],
    ['first', '𠮷野', '𠮷'],
    ['last', '野𠮷', '𠮷'],
    ['first', '', ''],
    ['suffixes:5', '野𠮷', '𠮷 野𠮷'],
    ['column:NN', 'Rita', 'Rita'],
  ];
  for (const [name, word, expected] of cases)
    it(`${name} of ‘${word}’: ${expected || 'none'}`, () =>
      assert.equal(values(name, word).join(' '), expected));

  const shapes: Record<string, string> = {
    Rita: 'Xxx',
    I: 'X',
    USA: 'XX',
    'iPhone-7': 'xXxx-d',
    '2005-10-11': 'dd-dd-dd',
    '...': '..',
    北京市: 'oo',
    naïve: 'xx',
    'nai\u0308ve': 'xx',
    '٣٤': 'dd',
    '': '',
  };
  for (const [word, shape] of Object.entries(shapes))
    it(`shape of ‘${word}’: ${shape}`, () => assert.deepEqual(values('shape', word), [shape]));

  const kinds: Record<string, string> = {
    Rita: 'latin',
    'e\u0301': 'latin',
    B2: 'digit+latin',
    '2B': 'digit+latin',
    '１２': 'digit',
    '。': 'punctuation',
    $: 'punctuation',
    々: 'han',
    𠮷: 'han',
    食べる: 'han+kana',
    ラーメン: 'kana',
    한국: 'hangul',
    мир: 'other',
    '\u0301': 'other',
    '': 'other',
  };
  for (const [word, kind] of Object.entries(kinds))
    it(`kind of ‘${word}’: ${kind}`, () => assert.deepEqual(values('kind', word), [kind]));

  it('length goes by code points, in steps', () => {
    const lengths = [0, 1, 4, 5, 6, 7, 9, 10, 14, 15, 99].map(
      (length) => values('length', '𠮷'.repeat(length))[0],
    );
    assert.deepEqual(lengths, ['0', '1', '4', '5-6', '5-6', '7-9', '7-9', '10-14', '10-14', '15+', '15+']);
  });

  it('refuses attributes that do not exist', () => {
    for (const name of [
      '',
      'Word',
      'words',
      'prefixes',
      'prefixes:',
      'prefixes:0',
      'prefixes:10',
      'word:3',
      'column:',
      'constructor',
      'constructor:3',
      'toString:1',
    ]) {
      assert.equal(attributeNamed(name), undefined, name);
    }
  });

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.constantFrom(...allAttributes), anyWord, (name, word) => {
        const attribute = attributeNamed(name)!;
        fc.pre(!half.test(word) && !isPair(attribute));
        for (const value of values(name, word)) assert.doesNotMatch(value, half, `${name} of ${word}`);
      }),
    );
  });
});
