/** What single characters (code points, never halves of a surrogate pair) tell of a word. */

const mark = /\p{M}/u;

/** The kinds in the order in which a word's summary names them. */
const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['digit', /\p{Nd}/u],
  ['punctuation', /[\p{P}\p{S}]/u],
  ['latin', /\p{Script=Latin}/u],
  ['han', /\p{Script=Han}/u],
  // The prolonged sound mark is common to both kana, so neither script has it.
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}\u30fc\uff70]/u],
  ['hangul', /\p{Script=Hangul}/u],
];

/**
 * The kinds of a word's characters, each once: `latin`, `digit+latin`. Combining marks go with what they
 * stand on.
 */
export function kindOf(word: string): string {
  const met = new Set<string>();
  for (const character of word) if (!mark.test(character)) met.add(kindOfCharacter(character));
  if (met.size === 0) return 'other';
  return [...kinds.map(([kind]) => kind), 'other'].filter((kind) => met.has(kind)).join('+');
}

function kindOfCharacter(character: string): string {
  return kinds.find(([, pattern]) => pattern.test(character))?.[0] ?? 'other';
}

/**
 * A word's shape: X for upper case, x for lower case, o for letters without case, d for digits; all else
 * stands for itself. Two or more of a kind in a row are written as two: `Xxx`, `dd-dd`, `XX`. Combining marks
 * are left out.
 */
export function shapeOf(word: string): string {
  let shape = '';
  let last = '';
  let run = 0;
  for (const character of word) {
    if (mark.test(character)) continue;
    const sign = signOf(character);
    run = sign === last ? run + 1 : 1;
    last = sign;
    if (run <= 2) shape += sign;
  }
  return shape;
}

const upper = /[\p{Lu}\p{Lt}]/u;
const lower = /\p{Ll}/u;
const letter = /\p{L}/u;
const digit = /\p{Nd}/u;

function signOf(character: string): string {
  if (lower.test(character)) return 'x';
  if (upper.test(character)) return 'X';
  if (letter.test(character)) return 'o';
  return digit.test(character) ? 'd' : character;
}

/** The length in code points, in steps that grow. */
export function lengthOf(word: string): string {
  const length = [...word].length;
  if (length <= 4) return String(length);
  if (length <= 6) return '5-6';
  if (length <= 9) return '7-9';
  return length <= 14 ? '10-14' : '15+';
}
