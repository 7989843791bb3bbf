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
  ],
  words: [
    ['word', 0, -2, -1, 1, 2],
    ['characters', 0],
    ['bigrams', 0],
    ['first', 0, -1, 1],
    ['last', 0, -1, 1],
    ['length', 0],
  ],
  characters: [
    ['word', 0, -2, -1, 1, 2],
    ['pair', -2, -1, 0, 1],
    ['skip', 0],
    ['kind', 0, -1, 1],
  ],
};

/** What is looked at by default, by how the text is written. */
export function templatesFor(script: Script): Template[] {
  return rows[script].flatMap(([attribute, ...offsets]) => offsets.map((offset) => ({ attribute, offset })));
}
