import type { LineRange } from '../../corpus/text/segments';

/** A change of a text: the lines that it replaces, and what stands there after it. */
interface TextChange {
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
  readonly text: string;
}

/**
 * The lines whose text an edit changed or moved: those that it touches, and all below where it changes how many
 * there are. An edit within lines leaves what is drawn in all others where it is, and that although an editor may
 * be ahead of what is known here of its text.
 */
export function editedLines(changes: readonly TextChange[]): LineRange {
  const first = Math.min(...changes.map(({ range }) => range.start.line));
  const isWithinLines = changes.every(
    ({ range: { start, end }, text }) => text.split(/\r\n|\r|\n/).length - 1 === end.line - start.line,
  );
  return { first, last: isWithinLines ? Math.max(...changes.map(({ range }) => range.end.line)) : Infinity };
}
