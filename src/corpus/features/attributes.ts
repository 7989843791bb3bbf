/**
 * Attributes by name: what a feature says of a word, of a pair of words, or of another column of the file.
 * Everything counts in code points.
 *
 * | Name | Values |
 * | --- | --- |
 * | `word`, `lower` | the word; in lower case |
 * | `shape`, `kind`, `length` | see `characters` |
 * | `prefixes:N`, `suffixes:N` | those of lengths 1 to N of the word in lower case |
 * | `prefix:N`, `suffix:N` | that of length N; the whole word where it is shorter |
 * | `ngrams:N` | the strings of N characters in the word in lower case, between `^` and `$` |
 * | `characters`, `bigrams` | the word's characters; its pairs of adjacent characters |
 * | `first`, `last` | its first and last character |
 * | `pair` | this word and the next |
 * | `skip` | the words before and behind this one |
 * | `column:NAME` | the value in that column of the file |
 */
import { kindOf, lengthOf, shapeOf } from './characters';

/** Says something of one token. Values may come twice. */
export interface TokenAttribute {
  /** The column that it reads; without one, the word. */
  readonly column?: string;
  /** It names the word itself, so that words met in training are known by it alone. */
  readonly identity: boolean;
  valuesOf(word: string): readonly string[];
}

/** Says which two words stand at two places, given relative to the place it is asked for. */
export interface PairAttribute {
  readonly left: number;
  readonly right: number;
}

export type Attribute = TokenAttribute | PairAttribute;

export const isPair = (attribute: Attribute): attribute is PairAttribute => 'left' in attribute;

type ValuesOf = TokenAttribute['valuesOf'];

const plain: Readonly<Record<string, ValuesOf>> = {
  shape: (word) => [shapeOf(word)],
  kind: (word) => [kindOf(word)],
  length: (word) => [lengthOf(word)],
  characters: (word) => [...word],
  bigrams: (word) => substrings([...word], 2),
  first: (word) => [...word].slice(0, 1),
  last: (word) => [...word].slice(-1),
};

/** With a number behind the name. */
const numbered: Readonly<Record<string, (length: number) => ValuesOf>> = {
  prefixes: (most) => (word) => prefixesOf(word.toLowerCase(), most),
  suffixes: (most) => (word) => suffixesOf(word.toLowerCase(), most),
  prefix: (length) => (word) => prefixesOf(word.toLowerCase(), length).slice(-1),
  suffix: (length) => (word) => suffixesOf(word.toLowerCase(), length).slice(-1),
  ngrams: (length) => (word) => substrings(['^', ...word.toLowerCase(), '$'], length),
};

const attributes = new Map<string, Attribute>([
  ['word', { identity: true, valuesOf: (word) => [word] }],
  ['lower', { identity: true, valuesOf: (word) => [word.toLowerCase()] }],
  ['pair', { left: 0, right: 1 }],
  ['skip', { left: -1, right: 1 }],
  ...Object.entries(plain).map(([name, valuesOf]) => [name, { identity: false, valuesOf }] as const),
]);

const numberedName = /^([a-z]+):([1-9])$/;
const columnName = /^column:(.+)$/su;

/** Undefined where there is no attribute of that name. */
export function attributeNamed(name: string): Attribute | undefined {
  const known = attributes.get(name);
  if (known) return known;
  const column = columnName.exec(name);
  if (column) return { column: column[1], identity: false, valuesOf: (value) => [value] };
  const [, base, length] = numberedName.exec(name) ?? [];
  if (base === undefined || !Object.hasOwn(numbered, base)) return undefined;
  return { identity: false, valuesOf: numbered[base](Number(length)) };
}

/** The shortest first. */
function prefixesOf(text: string, most: number): string[] {
  const prefixes: string[] = [];
  for (let end = 0; prefixes.length < most && end < text.length;) {
    end += text.codePointAt(end)! > 0xffff ? 2 : 1;
    prefixes.push(text.slice(0, end));
  }
  return prefixes;
}

/** The shortest first. */
function suffixesOf(text: string, most: number): string[] {
  const suffixes: string[] = [];
  for (let start = text.length; suffixes.length < most && start > 0;) {
    start -= start > 1 && text.codePointAt(start - 2)! > 0xffff ? 2 : 1;
    suffixes.push(text.slice(start));
  }
  return suffixes;
}

function substrings(characters: readonly string[], length: number): string[] {
  return Array.from({ length: Math.max(0, characters.length - length + 1) }, (_, i) =>
    characters.slice(i, i + length).join(''),
  );
}

/**
 * Neither a line end nor nothing at all is a token, so a pair is told from any other, and an edge from a
 * word.
 */
const separator = '\n';

/** The string of a pair; undefined is what lies outside of the sentence. */
export function pairOf(left: string | undefined, right: string | undefined): string {
  return (left ?? '') + separator + (right ?? '');
}
