import assert from 'node:assert/strict';
import fc from 'fast-check';
import { attributeNamed, isPair } from '../../../../src/corpus/features/attributes';
import { buildFeatures } from '../../../../src/corpus/features/build';
import { FeatureEncoder } from '../../../../src/corpus/features/encoder';
import { oneHotTemplates } from '../../../../src/corpus/features/lists';
import type { Template } from '../../../../src/corpus/features/lists';
import { Vocabulary } from '../../../../src/corpus/vocabulary';
import { anySentence, anySentences, anyTemplates, encode, listsOf, named, numbered, rowNames } from './text';

const at = (attribute: string, ...offsets: number[]): Template[] =>
  offsets.map((offset) => ({ attribute, offset }));

describe('rows of a token', () => {
  it('are those of its own word and of its neighbours, with an edge at either end', () => {
    const lists = listsOf(
      [['The', 'cat', 'sat']],
      [...at('word', 0), ...at('lower', 0, -1, 1), ...at('suffix:3', -2)],
    );
    assert.deepEqual(named(lists, ['The', 'cat', 'sat']), [
      'word=The lower=the lower-1 lower+1=cat suffix:3-2',
      'word=cat lower=cat lower-1=the lower+1=sat suffix:3-2',
      'word=sat lower=sat lower-1=cat lower+1 suffix:3-2=the',
    ]);
  });

  it('are none for what the model does not know, but for words', () => {
    const lists = listsOf(
      [['The', 'cat']],
      [...at('word', 0), ...at('lower', 0, -1), ...at('characters', 0)],
    );
    assert.deepEqual(named(lists, ['dog', 'the', 'tic']), [
      'word? lower? lower-1',
      'word? lower=the characters=t characters=h characters=e lower-1?',
      'word? lower? characters=t characters=c lower-1=the',
    ]);
  });

  it('are each once, however often the word has the value', () => {
    assert.deepEqual(named(listsOf([['banana']], at('bigrams', 0)), ['banana']), [
      'bigrams=ba bigrams=an bigrams=na',
    ]);
  });

  it('of a word that is withheld are those of an unknown one, from wherever it is looked at, and pairs with it have none', () => {
    const lists = listsOf(
      [['The', 'cat']],
      [...at('shape', 0), ...at('lower', 0, -1), ...at('word', 0, -1), ...at('pair', -1, 0)],
    );
    assert.deepEqual(named(lists, ['The', 'cat']), [
      'lower=the word=The shape=Xxx lower-1 word-1 pair-1=|The pair=The|cat',
      'lower=cat word=cat shape=xx lower-1=the word-1=The pair-1=The|cat pair=cat|',
    ]);
    assert.deepEqual(named(lists, ['The', 'cat'], [1, 0]), [
      'lower? word? shape=Xxx lower-1 word-1',
      'lower=cat word=cat shape=xx lower-1? word-1? pair=cat|',
    ]);
    assert.deepEqual(named(lists, ['The', 'cat'], [0, 1]), [
      'lower=the word=The shape=Xxx lower-1 word-1 pair-1=|The',
      'lower? word? shape=xx lower-1=the word-1=The',
    ]);
  });

  it('of pairs have their place, edges included', () => {
    const lists = listsOf([['a', 'b', 'c']], [...at('pair', -2, -1, 0, 1), ...at('skip', 0)]);
    assert.deepEqual(named(lists, ['a', 'b', 'c']), [
      'pair-2=| pair-1=|a pair=a|b pair+1=b|c skip=|b',
      'pair-2=|a pair-1=a|b pair=b|c pair+1=c| skip=a|c',
      'pair-2=a|b pair-1=b|c pair=c| pair+1=| skip=b|',
    ]);
    assert.deepEqual(named(lists, ['b', 'a']), ['pair-2=|', 'pair+1=| skip=b|']);
  });

  it('of further columns stand behind, and are left out where there are none', () => {
    const { words, training } = numbered([['a', 'b']]);
    const columns = new Map([['POS', { values: ['X', 'Y'], ids: Uint32Array.of(1, 0) }]]);
    const templates = [...at('column:POS', 0, 1), ...at('word', 0)];
    const lists = buildFeatures(
      words,
      { ...training, columns },
      { templates, minimum: { 'column:POS': 1 }, oneHot: false },
    );
    const encoder = new FeatureEncoder(lists);
    assert.deepEqual(encoder.columns, ['POS']);
    const types = ['b', 'a', 'b'].map((word) => encoder.typeOf(word));
    const partsOfSpeech = ['X', 'Z', 'Y'].map((value) => encoder.columnTypeOf(0, value));
    const rowsAt = (place: number, ...more: (ArrayLike<number> | undefined)[]): string => {
      const out = new Int32Array(encoder.roomFor(types, 0, 3, more));
      const end = encoder.write(types, 0, 3, place, out, 0, undefined, more);
      const names = rowNames(lists);
      return [...out.subarray(0, end)].map((row) => names[row]).join(' ');
    };
    assert.deepEqual(
      [0, 1, 2].map((place) => rowsAt(place, partsOfSpeech)),
      ['word=b column:POS=X', 'word=a column:POS+1=Y', 'word=b column:POS=Y column:POS+1'],
    );
    assert.equal(rowsAt(1), 'word=a');
    assert.equal(rowsAt(2, undefined), 'word=b');
  });

  it('one-hot are the number in the vocabulary, one for each token', () => {
    fc.assert(
      fc.property(anySentences, anySentence, (training, sentence) => {
        const lists = listsOf(training, oneHotTemplates, true);
        const vocabulary = new Vocabulary(lists.attributes[0].values);
        const encoder = new FeatureEncoder(lists);
        assert.equal(encoder.rows, vocabulary.size);
        assert.deepEqual(
          encode(encoder, sentence),
          sentence.map((word) => [vocabulary.idOf(word)]),
        );
        assert.deepEqual(
          encode(
            encoder,
            sentence,
            sentence.map(() => 1),
          ),
          sentence.map(() => [0]),
        );
      }),
    );
  });

  it('one-hot find a word in lower case', () => {
    const encoder = new FeatureEncoder(listsOf([['the', 'Cat']], oneHotTemplates, true));
    assert.deepEqual(encode(encoder, ['THE', 'cat', 'Cat']).flat(), [1, 0, 2]);
  });
});

describe('rows of any text', () => {
  it('are what the templates say, worked out anew', () => {
    fc.assert(
      fc.property(
        anyTemplates,
        anySentences,
        anySentence,
        fc.infiniteStream(fc.integer({ min: 0, max: 1 })),
        (templates, training, sentence, stream) => {
          const lists = listsOf(training, templates);
          const names = rowNames(lists);
          const known = new Set(names);
          const withheld = sentence.map(() => stream.next().value as number);
          const expected = sentence.map((_, place) =>
            templates
              .flatMap((template) => expectedNames(template, sentence, place, withheld, known))
              .filter((name) => known.has(name)),
          );
          const encoder = new FeatureEncoder(lists);
          assert.equal(encoder.rows, names.length);
          const rows = encode(encoder, sentence, withheld);
          assert.deepEqual(
            rows.map((own) => own.map((row) => names[row]).sort()),
            expected.map((own) => own.sort()),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('do not depend on what was encoded before', () => {
    fc.assert(
      fc.property(
        anyTemplates,
        anySentences,
        anySentences,
        anySentence,
        (templates, training, before, sentence) => {
          const lists = listsOf(training, templates);
          const used = new FeatureEncoder(lists);
          for (const other of before) encode(used, other);
          const rows = encode(new FeatureEncoder(lists), sentence);
          assert.deepEqual(encode(used, sentence), rows);
          used.reset();
          assert.deepEqual(encode(used, sentence), rows);
        },
      ),
    );
  });

  it('do not depend on where the sentence stands', () => {
    fc.assert(
      fc.property(
        anyTemplates,
        anySentences,
        fc.infiniteStream(fc.integer({ min: 0, max: 1 })),
        (templates, sentences, stream) => {
          const encoder = new FeatureEncoder(listsOf(sentences, templates));
          const types = sentences.flat().map((word) => encoder.typeOf(word));
          const withheld = types.map(() => stream.next().value as number);
          let first = 0;
          for (const sentence of sentences) {
            const end = first + sentence.length;
            const alone = encode(encoder, sentence, withheld.slice(first, end));
            for (let place = first; place < end; place++) {
              const out = new Int32Array(encoder.roomFor(types, first, end) + 5);
              assert.deepEqual(
                [...out.subarray(5, encoder.write(types, first, end, place, out, 5, withheld))],
                alone[place - first],
              );
            }
            first = end;
          }
        },
      ),
    );
  });

  it('of any part of a sentence fit into the room for it', () => {
    fc.assert(
      fc.property(anyTemplates, anySentences, fc.nat(), fc.nat(), (templates, sentences, a, b) => {
        const encoder = new FeatureEncoder(listsOf(sentences, templates));
        const types = sentences.flat().map((word) => encoder.typeOf(word));
        let first = 0;
        for (const sentence of sentences) {
          const end = first + sentence.length;
          const from = first + (a % (sentence.length + 1));
          const to = from + (b % (end - from + 1));
          const room = encoder.roomFor(types, from, to);
          const out = new Int32Array(room + 1000);
          let rows = 0;
          for (let at = from; at < to; at++) rows = encoder.write(types, first, end, at, out, rows);
          assert.ok(rows <= room, `${rows} rows in room for ${room}`);
          first = end;
        }
      }),
    );
  });
});

describe('types', () => {
  it('are numbered as words come, and anew after a reset', () => {
    const encoder = new FeatureEncoder(listsOf([['a']], at('word', 0)));
    assert.deepEqual(
      ['b', 'a', 'b', ''].map((word) => encoder.typeOf(word)),
      [0, 1, 0, 2],
    );
    encoder.reset();
    assert.deepEqual(
      ['', 'a'].map((word) => encoder.typeOf(word)),
      [0, 1],
    );
  });

  it('that are too many ask for a reset', () => {
    const encoder = new FeatureEncoder(listsOf([['a']], at('first', 0)));
    for (let i = 0; i < 500_000; i++) encoder.typeOf(`a${i}`);
    assert.equal(encoder.full, false);
    encoder.typeOf('b');
    assert.equal(encoder.full, true);
    encoder.reset();
    assert.equal(encoder.full, false);
  });

  it('need a known attribute', () => {
    assert.throws(
      () =>
        new FeatureEncoder({
          templates: at('smell', 0),
          attributes: [{ name: 'smell', values: [] }],
          oneHot: false,
        }),
      /There is no attribute smell/,
    );
    assert.throws(
      () => new FeatureEncoder({ templates: at('word', 0), attributes: [], oneHot: false }),
      /There is no attribute word/,
    );
  });
});

/** What a template says of a token, written plainly; `known`: all that the model knows. */
function expectedNames(
  { attribute: name, offset }: Template,
  sentence: readonly string[],
  place: number,
  withheld: readonly number[],
  known: ReadonlySet<string>,
): string[] {
  const prefix = `${name}${offset === 0 ? '' : offset > 0 ? `+${offset}` : offset}`;
  const attribute = attributeNamed(name)!;
  const wordAt = (position: number): string | undefined => sentence[position];
  if (isPair(attribute)) {
    const [left, right] = name === 'pair' ? [0, 1] : [-1, 1];
    const places = [place + offset + left, place + offset + right];
    return places.some((position) => withheld[position])
      ? []
      : [`${prefix}=${places.map((position) => wordAt(position) ?? '').join('\n')}`];
  }
  const word = wordAt(place + offset);
  if (word === undefined) return [prefix];
  const isName = name === 'word' || name === 'lower';
  if (isName && withheld[place + offset]) return [`${prefix}?`];
  const names = [...new Set(attribute.valuesOf(word))].map((value) => `${prefix}=${value}`);
  return isName && !names.some((value) => known.has(value)) ? [`${prefix}?`] : names;
}
