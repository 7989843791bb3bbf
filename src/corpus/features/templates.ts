import type { Script } from '../script';
import type { Template } from './lists';

/** An attribute with all offsets that it is used at. */
type Row = readonly [attribute: string, ...offsets: number[]];

const rows: Readonly<Record<Script, readonly Row[]>> = {
  spaced: [
    ['word', 0],
    ['lower', 0, -2, -1, 1, 2],
    ['shape', 0, -1, 1],
    ['prefixes:4', 0],
    ['suffixes:5', 0],
    ['suffix:3', -1, 1],
    ['ngrams:3', 0],
  ],
  words: [
    ['word', 0, -1, 1],
    ['shape', 0, -1, 1],
    ['prefixes:3', 0],
    ['suffixes:3', 0],
    ['characters', 0],
    ['ngrams:2', 0],
    ['ngrams:3', 0],
    ['length', 0],
    ['first', -1, 1],
    ['last', -1, 1],
  ],
  characters: [
    ['word', 0, -2, -1, 1, 2],
    ['pair', -2, -1, 0, 1],
    ['skip', 0],
    ['kind', 0, -1, 1],
  ],
};

/** Tokens for training from which on a corpus is large. */
const largeFrom = 50_000;

/**
 * By attribute, how often a value has to occur in training, where {@link minimumOf} is not the best. Without
 * spaces there is little text to a feature: a character or two say much, even where they were met once. In a
 * large corpus with spaces rare words and parts of words make up half of the table, and add nothing: what is
 * common to them says as much.
 */
const minimums = {
  large: { word: 2, lower: 4, 'prefixes:4': 3, 'suffixes:5': 3, 'ngrams:3': 3 },
  words: { 'prefixes:3': 1, 'suffixes:3': 1, characters: 1, 'ngrams:2': 1, 'ngrams:3': 1, first: 1, last: 1 },
} as const;

export function minimumsFor(script: Script, tokens: number): Readonly<Record<string, number>> {
  if (script === 'words') return minimums.words;
  return script === 'spaced' && tokens >= largeFrom ? minimums.large : {};
}

/** What is looked at by default, by how the text is written. */
export function templatesFor(script: Script): Template[] {
  return rows[script].flatMap(([attribute, ...offsets]) => offsets.map((offset) => ({ attribute, offset })));
}
