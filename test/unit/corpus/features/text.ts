import fc from 'fast-check';
import { buildFeatures } from '../../../../src/corpus/features/build';
import type { FeatureSource } from '../../../../src/corpus/features/build';
import { FeatureEncoder } from '../../../../src/corpus/features/encoder';
import type { FeatureLists, Template } from '../../../../src/corpus/features/lists';

/** Sentences of words as numbers, with the words by number in the order of first occurrence. */
export function numbered(sentences: readonly (readonly string[])[]): {
  words: string[];
  training: FeatureSource;
} {
  const words = [...new Set(sentences.flat())];
  const start = [0];
  for (const sentence of sentences) start.push(start.at(-1)! + sentence.length);
  return {
    words,
    training: {
      start: Uint32Array.from(start),
      words: Uint32Array.from(sentences.flat(), (word) => words.indexOf(word)),
    },
  };
}

/** Features of sentences, all values kept. */
export function listsOf(
  sentences: readonly (readonly string[])[],
  templates: readonly Template[],
  oneHot = false,
): FeatureLists {
  const { words, training } = numbered(sentences);
  const minimum = Object.fromEntries(templates.map(({ attribute }) => [attribute, 1]));
  return buildFeatures(words, training, { templates, minimum, oneHot });
}

/** The rows of each token of a sentence. `withheld`: 1 for each token whose word is. */
export function encode(
  encoder: FeatureEncoder,
  sentence: readonly string[],
  withheld?: ArrayLike<number>,
): number[][] {
  const types = sentence.map((word) => encoder.typeOf(word));
  const out = new Int32Array(encoder.roomFor(types, 0, types.length));
  let to = 0;
  return types.map((_, at) => {
    const from = to;
    to = encoder.write(types, 0, types.length, at, out, from, withheld);
    if (to > out.length) throw new Error('There was too little room.');
    return [...out.subarray(from, to)];
  });
}

/**
 * What each row of the table stands for: `lower-1=the`; `lower-1` at the edge; `lower-1?` for unknown words;
 * the words of a pair in two lines.
 */
export function rowNames({ templates, attributes }: FeatureLists): string[] {
  return templates.flatMap(({ attribute, offset }) => {
    const { values } = attributes.find(({ name }) => name === attribute)!;
    const name = `${attribute}${offset === 0 ? '' : offset > 0 ? `+${offset}` : offset}`;
    const edge = offset === 0 || attribute === 'pair' || attribute === 'skip' ? [] : [name];
    const unknown = attribute === 'word' || attribute === 'lower' ? [`${name}?`] : [];
    return [...values.map((value) => `${name}=${value}`), ...edge, ...unknown];
  });
}

/** The rows of each token of a sentence, by name; the words of a pair with a stroke between. */
export function named(
  lists: FeatureLists,
  sentence: readonly string[],
  withheld?: ArrayLike<number>,
): string[] {
  const names = rowNames(lists).map((name) => name.replace('\n', '|'));
  return encode(new FeatureEncoder(lists), sentence, withheld).map((rows) =>
    rows.map((row) => names[row]).join(' '),
  );
}

/**
 * Words of all kinds: empty, any Unicode, combining marks, halves of surrogate pairs, and few enough to meet
 * again.
 */
export const anyWord = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'the',
      'The',
      'THE',
      'a',
      'A',
      'naïve',
      'nai\u0308ve',
      '𠮷野',
      '北',
      '京',
      'かな',
      '한글',
      'สวัสดี',
      '2005',
      '--',
      '',
      '👩‍👩‍👧',
      'İ',
      '\ud83d',
      '__proto__',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
);

export const anySentence = fc.array(anyWord, { maxLength: 8 });
export const anySentences = fc.array(anySentence, { maxLength: 8 });

export const allAttributes = [
  'word',
  'lower',
  'shape',
  'kind',
  'length',
  'prefixes:4',
  'suffixes:5',
  'prefix:2',
  'suffix:3',
  'ngrams:3',
  'characters',
  'bigrams',
  'first',
  'last',
  'pair',
  'skip',
];

export const anyTemplates = fc.uniqueArray(
  fc.record(
    { attribute: fc.constantFrom(...allAttributes), offset: fc.integer({ min: -3, max: 3 }) },
    { noNullPrototype: true },
  ),
  { minLength: 1, maxLength: 12, selector: ({ attribute, offset }) => `${attribute} ${offset}` },
);
