/** Emoji of several code points (unicode.org/reports/tr51, section 1.4.9), which show as one character. */

const picture = String.raw`\p{Extended_Pictographic}(?:\ufe0f|[\u{1f3fb}-\u{1f3ff}])?(?:[\u{e0020}-\u{e007e}]+\u{e007f})?`;
const emoji = new RegExp(
  String.raw`\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3|${picture}(?:\u200d${picture})*`,
  'uy',
);

/** Where the emoji ends that begins at a place of a text; −1 where none begins there. */
export function emojiEnd(text: string, at: number): number {
  emoji.lastIndex = at;
  return emoji.test(text) ? emoji.lastIndex : -1;
}

/** Whether a word is one character: a code point, or an emoji of several. */
export function isOneCharacter(word: string): boolean {
  const first = word.codePointAt(0);
  if (first === undefined) return false;
  return word.length === (first > 0xffff ? 2 : 1) || emojiEnd(word, 0) === word.length;
}
