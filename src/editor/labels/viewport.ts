import type { Lines } from '../../corpus/text/lines';
import type { ColumnRange, LineRange } from '../../corpus/text/segments';

/**
 * Lines above and below the viewport that are labelled with it, and how many characters they may hold on each
 * side.
 */
const marginLines = 60;
const marginCharacters = 20_000;

/** The ranges with their margins, in order, those that touch made one. */
export function withMargin(lines: Lines, visible: readonly LineRange[]): LineRange[] {
  const lastLine = lines.lineCount - 1;
  const reach = (from: number, direction: 1 | -1): number => {
    let line = from;
    for (let characters = 0, steps = 0; steps < marginLines; steps++) {
      const next = line + direction;
      if (next < 0 || next > lastLine) break;
      characters += lines.lineAt(next).length;
      if (characters > marginCharacters) break;
      line = next;
    }
    return line;
  };
  const ranges: LineRange[] = [];
  for (const { first, last } of [...visible].sort((a, b) => a.first - b.first)) {
    if (first > lastLine) continue;
    const range = { first: reach(Math.max(0, first), -1), last: reach(Math.min(last, lastLine), 1) };
    const before = ranges.at(-1);
    if (before && range.first <= before.last + 1)
      ranges[ranges.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    else ranges.push(range);
  }
  return ranges;
}

/** A range of a document as an editor has it: lines and UTF-16 columns from 0. */
interface TextRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** The columns of a line that are in a viewport: of a line in none of its ranges, where it begins. */
export function visibleColumns(visible: readonly TextRange[], line: number, length: number): ColumnRange {
  const parts = visible
    .filter(({ start, end }) => start.line <= line && line <= end.line)
    .map(({ start, end }) => ({
      start: start.line === line ? start.character : 0,
      end: end.line === line ? end.character : length,
    }));
  if (parts.length === 0) return { start: 0, end: 0 };
  return {
    start: Math.min(...parts.map(({ start }) => start)),
    end: Math.max(...parts.map(({ end }) => end)),
  };
}
