/** How text of a user's data is shown in a line: names, labels, patterns, words, paths. */

/**
 * Characters that draw nothing, or turn the direction of what is drawn around them: controls, line and
 * paragraph separators, marks of direction, zero-width spaces and their like, halves of surrogate pairs. Not
 * the joiners that scripts and emoji need.
 */
const unseen =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const mostNames = 20;

/** The text with each character that could not be seen written out, as in `‹U+202E›`. */
export function withUnseenWritten(text: string): string {
  return text.replace(unseen, (character) => `‹U+${hex(character)}›`);
}

/** Names as a message lists them, those beyond the first twenty left out. */
export function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map((name) => shownName(name));
  return [...shown, ...(names.length > mostNames ? ['…'] : [])].join(', ');
}

/**
 * Keeps `[text](command:…)` in a name, a label or a path from becoming a link: VS Code's notifications draw
 * links, and run their commands at a click.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}

function hex(character: string): string {
  return character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
}

/**
 * A name from the user's data as a message quotes it: on one line, what could not be seen written out, and
 * cut off with `…` behind so many characters.
 */
export function shownName(name: string, longest = 60): string {
  // A character has two UTF-16 units at most: of a long text, no more than its beginning is gone over.
  const characters = [...name.slice(0, 2 * longest + 2)];
  return characters.length > longest
    ? `${withUnseenWritten(characters.slice(0, longest - 1).join(''))}…`
    : withUnseenWritten(name);
}

/** A name likewise, but of a long one the middle is left out, since names of many parts often begin alike. */
export function shownInShort(name: string, longest: number): string {
  if (name.length <= longest) return withUnseenWritten(name);
  // A character has two UTF-16 units at most: of a long text, only its ends are gone over.
  const characters = name.length <= 4 * longest ? [...name] : undefined;
  if (characters && characters.length <= longest) return withUnseenWritten(name);
  const atEnd = Math.floor((longest - 1) / 2);
  const start = (characters ?? [...name.slice(0, 2 * longest)]).slice(0, longest - 1 - atEnd);
  const end = (characters ?? [...name.slice(-2 * longest)]).slice(-atEnd);
  return `${withUnseenWritten(start.join(''))}…${withUnseenWritten(end.join(''))}`;
}

/**
 * A path, or a message that may quote some, as one line: what could not be seen written out, and of what has
 * more UTF-16 units than `longest` the middle left out.
 */
export function shownLine(text: string, longest = 200): string {
  if (text.length <= longest) return withUnseenWritten(text);
  const half = Math.floor(longest / 2);
  // No half of a character stays at the cut.
  const start = text.slice(0, half).replace(/[\ud800-\udbff]$/, '');
  const end = text.slice(text.length - half).replace(/^[\udc00-\udfff]/, '');
  return `${withUnseenWritten(start)}…${withUnseenWritten(end)}`;
}
