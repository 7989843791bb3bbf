/** User text in messages. */

/** Characters that begin a line, move what follows, or turn its direction, and halves of characters. */
const unseen = /[\p{Cc}\p{Cs}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text as one line of a message: controls, line ends, marks of direction and halves of characters become escapes such as `\n`
 * and `\u202E`, and of what is longer than `longest` UTF-16 units the middle is left out.
 */
export function oneLine(text: string, longest = 200): string {
  const half = Math.floor(longest / 2);
  const cut = text.length <= longest ? text : `${text.slice(0, half)}…${text.slice(text.length - half)}`;
  return cut.replace(
    unseen,
    (character: string) =>
      short[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}
