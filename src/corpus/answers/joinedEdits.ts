import type { TextEdit } from '../textEdits';

/**
 * Edits as they are offered one by one: those of lines that belong together are one, and so are those of lines
 * that follow each other where labels lean on each other, as those of spans do.
 *
 * @param together first and last line of what belongs together, from 0, in the order of the text.
 */
export function joinedEdits(
  text: string,
  edits: readonly TextEdit[],
  together: readonly { readonly first: number; readonly last: number }[],
  areSpans: boolean,
): TextEdit[] {
  const joined: TextEdit[] = [];
  let line = 0;
  let done = 0;
  let next = 0;
  let lastLine = -2;
  for (const edit of edits) {
    for (let at = text.indexOf('\n', done); at >= 0 && at < edit.start; at = text.indexOf('\n', done)) {
      line++;
      done = at + 1;
    }
    while (next < together.length && together[next].last < line) next++;
    const own = together.at(next);
    const isTogether = next < together.length && own !== undefined && own.first <= lastLine;
    const before = joined.at(-1);
    if (before && (isTogether || (areSpans && line - lastLine <= 1)))
      joined[joined.length - 1] = {
        start: before.start,
        end: edit.end,
        text: before.text + text.slice(before.end, edit.start) + edit.text,
      };
    else joined.push(edit);
    lastLine = line;
  }
  return joined;
}
