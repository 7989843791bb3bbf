/**
 * Cuts an open document into passages: parts that begin and end at sentence borders, so that each can be
 * labelled alone and kept by its text. Only the passages that touch the given lines are cut. Where a passage
 * ends depends on the text around that place and never on the viewport, so that scrolling finds the passages
 * that were labelled before.
 */
import { partOfLongLine } from './longLine';

/** A document's lines as the editor counts them, without their line ends. */
export interface Lines {
  readonly lineCount: number;
  lineAt(line: number): string;
}

/** Lines `first` to `last`, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

export interface Passage extends LineRange {
  readonly text: string;
  /** UTF-16 column on the first line where `text` begins. */
  readonly firstColumn: number;
  /** For a part of a long line: where it was cut. */
  readonly cut?: {
    readonly startColumn: number;
    readonly endColumn: number;
    readonly before: boolean;
    readonly after: boolean;
  };
}

/** What is to be cut. */
export type Cutting =
  | { readonly kind: 'rows' }
  | {
      readonly kind: 'text';
      /** Lines that hold no text to label: Markdown's code blocks and front matter. */
      readonly skipped: (line: number) => boolean;
      /** UTF-16 column of a long line around which to label. */
      readonly near: (line: number) => number;
    };

/**
 * Lines above and below the viewport that are labelled with it, and how many characters they may hold on each
 * side.
 */
const marginLines = 60;
const marginCharacters = 20_000;

/** A line of text with more UTF-16 units is labelled around the cursor only. */
export const longLineLength = 5_000;

/**
 * Lines without a blank one between them beyond which the run is cut inside, and every how many lines at the
 * latest. Rows: a sentence of 10,000 tokens stays whole.
 */
const longRun = { rows: 10_000, text: 100 };
const innerStep = { rows: 5_000, text: 50 };

const sentenceEnd = /[.!?…。！？]["'”’»)\]]*\s*$/u;

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

/**
 * The passages that touch the wanted lines (in order, apart), from top to bottom. Blank and skipped lines are
 * in none.
 */
export function cutPassages(lines: Lines, wanted: readonly LineRange[], cutting: Cutting): Passage[] {
  const passages: Passage[] = [];
  for (const { first, last } of wanted) {
    let line = Math.max(first, (passages.at(-1)?.last ?? -1) + 1);
    while (line <= last && line < lines.lineCount) {
      if (isGap(lines, line, cutting)) {
        line++;
        continue;
      }
      const passage = passageAt(lines, line, cutting);
      passages.push(passage);
      line = passage.last + 1;
    }
  }
  return passages;
}

/**
 * The whole document as parts of `size` lines or more, blank lines included: their texts joined by line feeds
 * are the document's.
 */
export function cutWhole(lines: Lines, size: number, cutting: Cutting): Passage[] {
  const passages: Passage[] = [];
  const lastLine = lines.lineCount - 1;
  for (let first = 0; first <= lastLine;) {
    let last = Math.min(first + size - 1, lastLine);
    while (last < lastLine && !(endsPart(lines, last, cutting) && hasContent(lines, first, last))) last++;
    // What follows must hold something to label too, or it belongs to this part.
    if (!hasContent(lines, last + 1, lastLine)) last = lastLine;
    passages.push(whole(lines, first, last));
    first = last + 1;
  }
  return passages;
}

function hasContent(lines: Lines, first: number, last: number): boolean {
  for (let line = first; line <= last; line++) if (lines.lineAt(line).trim() !== '') return true;
  return false;
}

/** Whether a sentence ends with this line for certain: at a blank line, in text also at a full stop. */
function endsPart(lines: Lines, line: number, cutting: Cutting): boolean {
  const text = lines.lineAt(line);
  if (cutting.kind === 'rows') return text.trim() === '';
  return !cutting.skipped(line) && (text.trim() === '' || sentenceEnd.test(text.slice(-longLineLength)));
}

const isGap = (lines: Lines, line: number, cutting: Cutting): boolean =>
  lines.lineAt(line).trim() === '' || (cutting.kind === 'text' && cutting.skipped(line));

const isLong = (lines: Lines, line: number, cutting: Cutting): boolean =>
  cutting.kind === 'text' && lines.lineAt(line).length > longLineLength;

function passageAt(lines: Lines, line: number, cutting: Cutting): Passage {
  if (cutting.kind === 'text' && isLong(lines, line, cutting))
    return longLinePassage(lines.lineAt(line), line, cutting.near(line));
  const joins = (other: number): boolean =>
    other >= 0 && other < lines.lineCount && !isGap(lines, other, cutting) && !isLong(lines, other, cutting);
  const most = longRun[cutting.kind];
  let first = line;
  let last = line;
  while (last - first < most && joins(first - 1)) first--;
  while (last - first < most && joins(last + 1)) last++;
  if (last - first < most) return whole(lines, first, last);

  const innerBorder = (below: number): boolean =>
    below % innerStep[cutting.kind] === 0 ||
    (cutting.kind === 'text' && sentenceEnd.test(lines.lineAt(below - 1)));
  first = line;
  last = line;
  while (joins(first - 1) && !innerBorder(first)) first--;
  while (joins(last + 1) && !innerBorder(last + 1)) last++;
  return whole(lines, first, last);
}

function longLinePassage(text: string, line: number, near: number): Passage {
  const { start, end } = partOfLongLine(text, near);
  const cut = { startColumn: start, endColumn: end, before: start > 0, after: end < text.length };
  return { first: line, last: line, firstColumn: start, text: text.slice(start, end), cut };
}

function whole(lines: Lines, first: number, last: number): Passage {
  const text: string[] = [];
  for (let line = first; line <= last; line++) text.push(lines.lineAt(line));
  return { first, last, firstColumn: 0, text: text.join('\n') };
}
