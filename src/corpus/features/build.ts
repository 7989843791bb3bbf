import { unknownWord } from '../vocabulary';
import { attributeNamed, isPair, pairOf } from './attributes';
import type { PairAttribute, TokenAttribute } from './attributes';
import { countWords, lexiconOf } from './lexicon';
import { minimumOf } from './lists';
import type { AttributeValues, FeatureLists, FeatureSettings } from './lists';

/** Sentences as numbers. */
export interface FeatureSource {
  /** Index of each sentence's first token, and at the end the number of tokens. */
  readonly start: Uint32Array;
  /** Each token's word, by number. */
  readonly words: Uint32Array;
  /** 1 where a word begins, for sentences of characters whose labels cut them into words. */
  readonly wordStarts?: Uint8Array;
  /** Further columns of the file by name: the distinct values, and each token's. */
  readonly columns?: ReadonlyMap<string, { readonly values: readonly string[]; readonly ids: Uint32Array }>;
}

/**
 * Gathers the values of each attribute in the training data: most frequent first, counted in tokens; of
 * equally frequent ones, the first met while going through the words by number (pairs: through the tokens).
 *
 * @param words by number.
 * @throws {RangeError} there is no such attribute, or no such column.
 */
export function buildFeatures(
  words: readonly string[],
  training: FeatureSource,
  settings: FeatureSettings,
): FeatureLists {
  const { templates, oneHot } = settings;
  const names = [...new Set(templates.map(({ attribute }) => attribute))];
  const attributes = names.map((name): AttributeValues => {
    const attribute = attributeNamed(name);
    if (!attribute) throw new RangeError(`There is no attribute ${name}.`);
    const offsets = templates.filter((template) => template.attribute === name).map(({ offset }) => offset);
    const counts = isPair(attribute)
      ? countPairs(attribute, offsets, words, training)
      : countValues(attribute, words, training);
    const values = frequent(counts, minimumOf(name, settings));
    return { name, values: oneHot ? [unknownWord, ...values] : values };
  });
  const { start, words: ids, wordStarts } = training;
  const lexicon = settings.lexicon && wordStarts && lexiconOf(countWords(words, ids, start, wordStarts));
  return { templates, attributes, ...(lexicon && { lexicon }), oneHot };
}

function frequent(counts: ReadonlyMap<string, number>, minimum: number): string[] {
  const kept = [...counts].filter(([, count]) => count >= minimum);
  return kept.sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

/** At how many tokens each value stands. */
function countValues(
  attribute: TokenAttribute,
  words: readonly string[],
  training: FeatureSource,
): Map<string, number> {
  const column =
    attribute.column === undefined
      ? { values: words, ids: training.words }
      : training.columns?.get(attribute.column);
  if (!column) throw new RangeError(`There is no column ${attribute.column}.`);
  const tokens = new Uint32Array(column.values.length);
  for (const id of column.ids) tokens[id]++;
  const counts = new Map<string, number>();
  tokens.forEach((count, id) => {
    if (count === 0) return;
    for (const value of new Set(attribute.valuesOf(column.values[id])))
      counts.set(value, (counts.get(value) ?? 0) + count);
  });
  return counts;
}

/** How often each pair stands at the places where a token looks for one, the edges of sentences included. */
function countPairs(
  { left, right }: PairAttribute,
  offsets: readonly number[],
  words: readonly string[],
  { start, words: ids }: FeatureSource,
): Map<string, number> {
  // Numbers first, so that no string is made for each token. Number 0 is what lies outside.
  const numbers = new Map<number, number>();
  const factor = words.length + 1;
  const [lowest, highest] = [Math.min(...offsets), Math.max(...offsets)];
  for (let s = 0; s + 1 < start.length; s++) {
    const [first, end] = [start[s], start[s + 1]];
    if (first === end) continue;
    const numberAt = (position: number): number =>
      position < first || position >= end ? 0 : ids[position] + 1;
    for (let at = first + lowest; at < end + highest; at++) {
      const pair = numberAt(at + left) * factor + numberAt(at + right);
      numbers.set(pair, (numbers.get(pair) ?? 0) + 1);
    }
  }
  const wordOf = (number: number): string | undefined => (number === 0 ? undefined : words[number - 1]);
  const counts = new Map<string, number>();
  for (const [pair, count] of numbers) {
    const value = pairOf(wordOf(Math.floor(pair / factor)), wordOf(pair % factor));
    counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return counts;
}
