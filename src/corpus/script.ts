const characterScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** At least this share of the tokens must be single characters. */
const characterShare = 0.95;

/**
 * Whether words, given with their counts, are nearly all single characters (code points) and mostly of a script that is
 * written without spaces: Chinese characters, kana, hangul.
 */
export function isCharacterText(counts: Iterable<readonly [word: string, count: number]>): boolean {
  let tokens = 0;
  let single = 0;
  let inScript = 0;
  for (const [word, count] of counts) {
    tokens += count;
    if (word.length <= 2 && [...word].length === 1) single += count;
    if (characterScript.test(word)) inScript += count;
  }
  return tokens > 0 && single >= characterShare * tokens && inScript >= tokens / 2;
}
