/** What differs between two texts, as edits. */

/** `text` in the place of `replaced`, which stands at `start`, in UTF-16 units of the text before. */
export interface TextEdit {
  readonly start: number;
  readonly replaced: string;
  readonly text: string;
}

/** Edits from one text to another: one for each line that differs where both have as many, else one for all. */
export function editsBetween(before: string, after: string): TextEdit[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  if (old.length !== now.length) return difference(before, after, 0);
  const edits: TextEdit[] = [];
  let start = 0;
  old.forEach((line, i) => {
    edits.push(...difference(line, now[i], start));
    start += line.length;
  });
  return edits;
}

/** The lines of a text, each but the last with its line feed. */
const linesOf = (text: string): string[] =>
  text.split('\n').map((line, i, all) => (i + 1 < all.length ? `${line}\n` : line));

/** One edit, without what both have at their beginning and end; none where they are the same. */
function difference(before: string, after: string, offset: number): TextEdit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  // No surrogate pair and no line end is cut.
  const cuts = (text: string, at: number): boolean =>
    at > 0 && /^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(text.slice(at - 1, at + 1));
  if (cuts(before, start) || cuts(after, start)) start--;
  if (cuts(before, before.length - end) || cuts(after, after.length - end)) end--;
  const replaced = before.slice(start, before.length - end);
  return [{ start: offset + start, replaced, text: after.slice(start, after.length - end) }];
}
