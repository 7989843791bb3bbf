import type { GoldSpan } from './decorations';

/** A place in a text: line and UTF-16 column from 0. */
interface Place {
  readonly line: number;
  readonly character: number;
}

/** A change of a text: the range that it replaces, and what stands there after it. */
interface TextChange {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly text: string;
}

/**
 * The spans of a text behind one change of it after the other, as an editor moves them. Undefined for those that a
 * change touches, and for all where one puts in so much that words may have moved.
 */
export function movedSpans(
  spans: readonly (GoldSpan | undefined)[],
  changes: readonly TextChange[],
): readonly (GoldSpan | undefined)[] | undefined {
  let moved = spans;
  for (const { range, text } of changes) {
    const { start, end } = range;
    if (text.length > 1 && text.trim() !== '') return undefined;
    const lines = text.split(/\r\n|\r|\n/);
    const moreLines = lines.length - 1 - (end.line - start.line);
    const after = (line: number, column: number): Place => ({
      line: line + moreLines,
      character:
        line > end.line
          ? column
          : column - end.character + (lines.length === 1 ? start.character : 0) + (lines.at(-1) ?? '').length,
    });
    const next: (GoldSpan | undefined)[] = [];
    for (const span of moved) {
      if (!span) {
        next.push(undefined);
        continue;
      }
      // Most stand in other lines: they are told apart first.
      const isElsewhere = span.endLine < start.line || (moreLines === 0 && span.startLine > end.line);
      if (isElsewhere || isBefore(span.endLine, span.endColumn, start)) next.push(span);
      else if (isBefore(end.line, end.character, { line: span.startLine, character: span.startColumn })) {
        const from = after(span.startLine, span.startColumn);
        const to = after(span.endLine, span.endColumn);
        next.push({
          type: span.type,
          startLine: from.line,
          startColumn: from.character,
          endLine: to.line,
          endColumn: to.character,
        });
      } else next.push(undefined);
    }
    moved = next;
  }
  return moved;
}

const isBefore = (line: number, column: number, other: Place): boolean =>
  line < other.line || (line === other.line && column < other.character);
