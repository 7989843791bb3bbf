import { isUnspaced } from '../../script';
import type { ColumnStatistics } from './columnStatistics';

/** A character and its position in its word, as in Weibo NER: `科0`. */
const numberedCharacter = /^.\p{M}*(?=\d{1,2}$)/su;

/** The longest such value, in UTF-16 units; marks that go with a character may be several. */
const longest = 12;

/** Where the character of a field ends: before its position, if it has one. */
export function characterEnd(text: string, from: number, to: number): number {
  if (to - from > longest) return to;
  const match = numberedCharacter.exec(text.slice(from, to));
  return match ? from + match[0].length : to;
}

/** Whether all words are characters with their positions behind them, however few there are. */
export function haveDigits(words: ColumnStatistics): boolean {
  return (
    words.filled > 0 && words.share((value) => value.length <= longest && numberedCharacter.test(value)) === 1
  );
}

/** Whether a column of words is so written: as above, and most characters are of a script without spaces. */
export function isNumbered(words: ColumnStatistics): boolean {
  return haveDigits(words) && words.share(isUnspaced) >= 0.5;
}
