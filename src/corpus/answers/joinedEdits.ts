import { formatOf } from '../formats';
import type { TextEdit } from '../textEdits';
import type { AnnotatedText } from './annotatedText';
import type { FileTokens } from './labelDraft';

/**
 * Edits of a text as they are offered one by one, so that nobody ticks half a span: in rows each answer is one, in
 * records those of one record are.
 *
 * @param answers in the order of the text.
 */
export function offeredEdits(
  { input, file, notation }: AnnotatedText,
  answers: readonly FileTokens[],
  edits: readonly TextEdit[],
): readonly TextEdit[] {
  if (input.companion || formatOf(input.layout).tokenPerLine !== true) return edits;
  // In quotation marks, a row goes over several lines.
  const lines = answers.map(({ first, end }) => ({
    first: file.line[first],
    last: end < file.tokens ? file.line[end] - 1 : Infinity,
  }));
  return joinedEdits(input.text, edits, lines, notation.scheme !== 'none');
}

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
