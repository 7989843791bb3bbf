/** Texts of words by their numbers, each of which stands in a text once. */

/** Letters of several scripts, so many that no two words have one in common. */
const letters = Array.from({ length: 0x530 }, (_, i) => String.fromCharCode(0xc0 + i)).filter((letter) =>
  /\p{Ll}|\p{Lu}/u.test(letter),
);

/** How many words there are that have no letter in common. */
export const mostWords = Math.floor(letters.length / 3);

export const wordOf = (word: number): string => letters.slice(3 * word, 3 * word + 3).join('');
export const textOf = (words: readonly number[]): string => words.map(wordOf).join(' ');
