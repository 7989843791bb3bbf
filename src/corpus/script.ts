import { isOneCharacter } from './text/emoji';

/**
 * How tokens are written: words between spaces, words of a script without spaces, or single characters of
 * one.
 */
export type Script = 'spaced' | 'words' | 'characters';

/** By the words with their counts. */
export function scriptOf(counts: ReadonlyMap<string, number>): Script {
  if (isCharacterText(counts)) return 'characters';
  return isUnspacedText(counts) ? 'words' : 'spaced';
}

const characterScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** At least this share of the tokens must be single characters. */
const characterShare = 0.95;

/**
 * Whether words, given with their counts, are nearly all single characters (code points, or emoji of several) and mostly of a
 * script that is written without spaces: Chinese characters, kana, hangul, Thai
 * and its neighbours.
 */
export function isCharacterText(counts: Iterable<readonly [word: string, count: number]>): boolean {
  let tokens = 0;
  let single = 0;
  let inScript = 0;
  for (const [word, count] of counts) {
    tokens += count;
    if (isOneCharacter(word)) single += count;
    if (characterScript.test(word)) inScript += count;
  }
  return tokens > 0 && single >= characterShare * tokens && inScript >= tokens / 2;
}

/** Hangul is not among them: Korean is written with spaces. */
const unspacedScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Whether a word is of such a script: what stands beside it follows without a space. */
export function isUnspaced(word: string): boolean {
  return unspacedScript.test(word);
}

/**
 * Whether words, given with their counts, are mostly of a script that is written without spaces between
 * words.
 */
function isUnspacedText(counts: Iterable<readonly [word: string, count: number]>): boolean {
  let tokens = 0;
  let inScript = 0;
  for (const [word, count] of counts) {
    tokens += count;
    if (unspacedScript.test(word)) inScript += count;
  }
  return tokens > 0 && inScript >= tokens / 2;
}
