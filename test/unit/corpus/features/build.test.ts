import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildFeatures } from '../../../../src/corpus/features/build';
import { oneHotTemplates } from '../../../../src/corpus/features/lists';
import type { Template } from '../../../../src/corpus/features/lists';
import { templatesFor } from '../../../../src/corpus/features/templates';
import { Vocabulary } from '../../../../src/corpus/vocabulary';
import { anySentences, listsOf, numbered } from './text';

const at = (attribute: string, ...offsets: number[]): Template[] =>
  offsets.map((offset) => ({ attribute, offset }));

function valuesOf(
  text: string,
  templates: readonly Template[],
  minimum: Record<string, number> = {},
): readonly string[] {
  const { words, training } = numbered(text.split(' | ').map((sentence) => sentence.split(' ')));
  const { attributes } = buildFeatures(words, training, { templates, minimum, oneHot: false });
  assert.equal(attributes.length, 1);
  return attributes[0].values.map((value) => value.replace('\n', '_'));
}

describe('values of features', () => {
  it('stand by their number of tokens, then as they were met', () => {
    assert.deepEqual(valuesOf('b a c | a', at('word', 0)), ['a', 'b', 'c']);
    assert.deepEqual(valuesOf('Ab aB c | d C', at('lower', 0, 1), { lower: 1 }), ['ab', 'c', 'd']);
  });

  it('count once for a token, however often it has them', () => {
    assert.deepEqual(valuesOf('banana | nab cab', at('characters', 0), { characters: 1 }), [
      'b',
      'a',
      'n',
      'c',
    ]);
  });

  it('that are too rare are left out: of words none, else below two tokens where nothing is said', () => {
    assert.deepEqual(valuesOf('a b a', at('word', 0)), ['a', 'b']);
    assert.deepEqual(valuesOf('a b a', at('lower', 0)), ['a']);
    assert.deepEqual(valuesOf('a b a b a', at('lower', 0), { lower: 3 }), ['a']);
    assert.deepEqual(valuesOf('a b a', at('word', 0), { word: 2 }), ['a']);
  });

  it('count what is in the training data, not what has a number', () => {
    const { words, training } = numbered([['b', 'a']]);
    const { attributes } = buildFeatures(
      ['unused', ...words],
      { ...training, words: training.words.map((word) => word + 1) },
      { templates: oneHotTemplates, minimum: {}, oneHot: false },
    );
    assert.deepEqual(attributes, [{ name: 'word', values: ['b', 'a'] }]);
  });

  it('of pairs know the edges', () => {
    assert.deepEqual(valuesOf('a b | a b', at('pair', 0), { pair: 1 }), ['a_b', 'b_']);
    assert.deepEqual(valuesOf('a b | c', at('pair', -1, 0), { pair: 1 }), ['_a', 'a_b', 'b_', '_c', 'c_']);
    assert.deepEqual(valuesOf('a b', at('pair', 1), { pair: 1 }), ['b_', '_']);
    assert.deepEqual(valuesOf('a b c | d', at('skip', 0), { skip: 1 }), ['_b', 'a_c', 'b_', '_']);
  });

  it('of further columns come from there', () => {
    const { words, training } = numbered([['a', 'b', 'a']]);
    const columns = new Map([['POS', { values: ['X', 'Y', 'Z'], ids: Uint32Array.of(1, 0, 1) }]]);
    const { attributes } = buildFeatures(
      words,
      { ...training, columns },
      { templates: at('column:POS', 0, -1), minimum: { 'column:POS': 1 }, oneHot: false },
    );
    assert.deepEqual(attributes, [{ name: 'column:POS', values: ['Y', 'X'] }]);
    assert.throws(
      () => buildFeatures(words, training, { templates: at('column:POS', 0), minimum: {}, oneHot: false }),
      /There is no column POS/,
    );
  });

  it('need a known attribute', () => {
    assert.throws(() => listsOf([['a']], at('smell', 0)), /There is no attribute smell/);
  });

  it('one-hot are the vocabulary', () => {
    fc.assert(
      fc.property(anySentences, (sentences) => {
        const counts = new Map<string, number>();
        for (const word of sentences.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
        assert.deepEqual(
          listsOf(sentences, oneHotTemplates, true).attributes[0].values,
          Vocabulary.build(counts).words,
        );
      }),
    );
  });

  it('can be made of the default templates, for any text', () => {
    fc.assert(
      fc.property(fc.constantFrom('spaced', 'words', 'characters'), anySentences, (script, sentences) => {
        const { words, training } = numbered(sentences);
        const templates = templatesFor(script);
        const { attributes } = buildFeatures(words, training, { templates, minimum: {}, oneHot: false });
        assert.deepEqual(
          attributes.map(({ name }) => name),
          [...new Set(templates.map(({ attribute }) => attribute))],
        );
        for (const { values } of attributes) assert.equal(new Set(values).size, values.length);
      }),
    );
  });
});
