import type { Lines } from '../../corpus/text/lines';
import type { LineRange } from '../../corpus/text/segments';

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
