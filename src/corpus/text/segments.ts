/**
 * Cuts a document into segments that begin and end where sentences do, so that each can be labelled alone and
 * kept by its text. Only the segments that touch the given lines are cut. Where a segment
 * ends depends on the text around that place and never on the viewport, so that scrolling finds the segments
 * that were labelled before.
 */
import { isBlank } from './lines';
import type { Lines } from './lines';
import { sentenceEndsBetween } from './tokenize';

/** Lines `first` to `last`, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** UTF-16 columns from `start` to `end`, the end exclusive. */
export interface ColumnRange {
  readonly start: number;
  readonly end: number;
}

export interface Segment extends LineRange {
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

/** How a document is cut: where its sentences end. */
export type SegmentRules =
  /** One token a row, and blank lines between sentences. */
  | { readonly kind: 'rows' }
  | {
      readonly kind: 'text';
      readonly markdown: boolean;
      /** Lines that hold no text to label: Markdown's code blocks and front matter. */
      readonly skipped: (line: number) => boolean;
      /** UTF-16 column of a long line around which to label. */
      readonly near: (line: number) => number;
      /** The UTF-16 columns of a long line that are on screen; undefined where that is not known. */
      readonly visible?: (line: number) => ColumnRange | undefined;
    };

/**
 * A line of text with more UTF-16 units is labelled in part: what is on screen, or where that is not known, what
 * is around the cursor.
 */
export const longLineLength = 5_000;

/**
 * Lines without a blank one between them beyond which the run is cut inside, and every how many lines at the
 * latest. Rows: a sentence of 10,000 tokens stays whole.
 */
const longRun = { rows: 10_000, text: 100 };
const innerStep = { rows: 5_000, text: 50 };

/**
 * The segments that touch the wanted lines (in order, apart), from top to bottom. Blank and skipped lines are
 * in none.
 */
export function cutSegments(lines: Lines, wanted: readonly LineRange[], rules: SegmentRules): Segment[] {
  const segments: Segment[] = [];
  for (const { first, last } of wanted) {
    let line = Math.max(first, (segments.at(-1)?.last ?? -1) + 1);
    while (line <= last && line < lines.lineCount) {
      if (isGap(lines, line, rules)) {
        line++;
        continue;
      }
      if (rules.kind === 'text' && isLong(lines, line, rules)) {
        segments.push(...longLineSegments(lines.lineAt(line), line, rules));
        line++;
        continue;
      }
      const segment = segmentAt(lines, line, rules);
      segments.push(segment);
      line = segment.last + 1;
    }
  }
  return segments;
}

/** Lines over the wanted size after which a document's text is cut, where no sentence ends until then. */
const latestEnd = 200;

/**
 * The whole document in segments of `size` lines or more, blank lines included: their texts joined by line
 * feeds are the document's. Each holds something to label, unless the document has nothing. The next segment
 * is looked for when it is asked for.
 */
export function* cutDocument(
  lines: Lines,
  size: number,
  rules: SegmentRules,
): Generator<Segment, void, undefined> {
  const lastLine = lines.lineCount - 1;
  let lastFilled = lastLine;
  while (lastFilled >= 0 && isEmpty(lines, lastFilled, rules)) lastFilled--;
  for (let first = 0; first <= lastLine;) {
    let last = Math.min(first + size - 1, lastLine);
    let filled = false;
    for (let line = first; line <= last && !filled; line++) filled = !isEmpty(lines, line, rules);
    /** How often it was looked whether a sentence ends, which takes its time in text. */
    let looks = 0;
    while (last < lastLine && !(filled && mayEnd(lines, last, rules, looks++))) {
      last++;
      filled ||= !isEmpty(lines, last, rules);
    }
    // What follows must hold something to label too, or it belongs to this segment.
    if (last >= lastFilled) last = lastLine;
    yield whole(lines, first, last);
    first = last + 1;
  }
}

function mayEnd(lines: Lines, line: number, rules: SegmentRules, looks: number): boolean {
  if (rules.kind === 'rows' || looks < latestEnd) return endsSentence(lines, line, rules);
  return !rules.skipped(line) && !rules.skipped(line + 1) && !isEmpty(lines, line + 1, rules);
}

/** Whether a sentence ends with this line, which is not the last. */
function endsSentence(lines: Lines, line: number, rules: SegmentRules): boolean {
  if (rules.kind === 'rows') return isEmpty(lines, line, rules);
  if (rules.skipped(line)) return false;
  if (isEmpty(lines, line, rules)) return true;
  // The next line may be skipped since a comment begins on this one.
  return (
    !rules.skipped(line + 1) &&
    sentenceEndsBetween(lines.lineAt(line), lines.lineAt(line + 1), rules.markdown)
  );
}

function isEmpty(lines: Lines, line: number, { kind }: SegmentRules): boolean {
  const text = lines.lineAt(line);
  return kind === 'rows' ? isBlank(text, 0, text.length) : text.trim() === '';
}

const isGap = (lines: Lines, line: number, rules: SegmentRules): boolean =>
  isEmpty(lines, line, rules) || (rules.kind === 'text' && rules.skipped(line));

const isLong = (lines: Lines, line: number, rules: SegmentRules): boolean =>
  rules.kind === 'text' && lines.lineAt(line).length > longLineLength;

function segmentAt(lines: Lines, line: number, rules: SegmentRules): Segment {
  const joins = (other: number): boolean =>
    other >= 0 && other < lines.lineCount && !isGap(lines, other, rules) && !isLong(lines, other, rules);
  const most = longRun[rules.kind];
  let first = line;
  let last = line;
  while (last - first < most && joins(first - 1)) first--;
  while (last - first < most && joins(last + 1)) last++;
  if (last - first < most) return whole(lines, first, last);

  const innerBorder = (below: number): boolean =>
    below % innerStep[rules.kind] === 0 || (rules.kind === 'text' && endsSentence(lines, below - 1, rules));
  first = line;
  last = line;
  while (joins(first - 1) && !innerBorder(first)) first--;
  while (joins(last + 1) && !innerBorder(last + 1)) last++;
  return whole(lines, first, last);
}

function longLineSegments(
  text: string,
  line: number,
  { near, visible }: Extract<SegmentRules, { kind: 'text' }>,
): Segment[] {
  const part = ({ start, end }: ColumnRange, isCut: boolean): Segment => ({
    first: line,
    last: line,
    firstColumn: start,
    text: text.slice(start, end),
    cut: {
      startColumn: start,
      endColumn: end,
      before: isCut && start > 0,
      after: isCut && end < text.length,
    },
  });
  const onScreen = visible?.(line);
  // An editor that does not wrap lines says that all of a line is on screen.
  return onScreen && onScreen.end - onScreen.start <= mostVisible
    ? visibleParts(text, onScreen).map((columns) => part(columns, false))
    : [part(partOfLongLine(text, near(line)), true)];
}

/** UTF-16 units of one line that a screen may hold: about a hundred lines of two hundred. */
const mostVisible = 20_000;
/** UTF-16 units of a part of a long line whose visible part is known, and how much is labelled around that. */
const partLength = 2_000;

/**
 * The parts of a very long line that are on screen, or nearly. Where a part begins does not depend on what is on
 * screen, so that those that were labelled before are known.
 */
export function visibleParts(text: string, { start, end }: ColumnRange): ColumnRange[] {
  const border = (part: number): number => {
    const at = part * partLength;
    return at <= 0 ? 0 : at >= text.length ? text.length : startBorder(text, at);
  };
  const parts: ColumnRange[] = [];
  const first = Math.max(0, Math.floor((start - partLength / 2) / partLength));
  for (let part = first; part * partLength < Math.min(text.length, end + partLength / 2); part++) {
    const columns = { start: border(part), end: border(part + 1) };
    if (columns.start < columns.end) parts.push(columns);
  }
  return parts;
}

/** UTF-16 units on each side of the cursor that are labelled in a very long line. */
const longLineReach = 2_000;
/** The segment moves on in steps of this size, so that most movements of the cursor leave it alone. */
const longLineStep = 1_000;
/** How far a cut may move to fall on a border. */
const borderSlack = 200;

/**
 * The part of a very long line around a column, cut between tokens: at the end of a sentence, else at white
 * space, else between two characters.
 * @returns UTF-16 columns, `end` exclusive.
 */
export function partOfLongLine(text: string, near: number): ColumnRange {
  const column = Math.min(Math.max(0, near), text.length);
  const centre = Math.round(column / longLineStep) * longLineStep;
  const start = Math.max(0, centre - longLineReach);
  const end = Math.min(text.length, centre + longLineReach);
  return {
    start: start === 0 ? 0 : startBorder(text, start),
    end: end === text.length ? end : endBorder(text, end),
  };
}

function startBorder(text: string, from: number): number {
  const window = text.slice(from, from + borderSlack);
  const border =
    /[.!?…]["'”’»)\]]*\s+(?=\S)|[。！？]["'”’」』)]*(?=\S)/u.exec(window) ?? /\s+(?=\S)/u.exec(window);
  return border ? from + border.index + border[0].length : characterBorder(text, from);
}

function endBorder(text: string, to: number): number {
  const window = text.slice(to - borderSlack, to + 1);
  const border = window.search(/\s\S*$/u);
  return border > 0 ? to - borderSlack + border : characterBorder(text, to);
}

/** The nearest column at or before the given one that does not stand inside a character. */
function characterBorder(text: string, column: number): number {
  let border = column;
  const inside = (at: number): boolean =>
    /^(?:[\uDC00-\uDFFF]|\p{M}|\u200D)/u.test(text.slice(at, at + 2)) || text[at - 1] === '\u200D';
  while (border > column - borderSlack && inside(border)) border--;
  return border;
}

function whole(lines: Lines, first: number, last: number): Segment {
  const text: string[] = [];
  for (let line = first; line <= last; line++) text.push(lines.lineAt(line));
  return { first, last, firstColumn: 0, text: text.join('\n') };
}

/** Segments that are labelled by one request, with the text from the first to the last of them. */
export interface SegmentGroup extends Pick<Segment, 'first' | 'firstColumn' | 'text'> {
  readonly segments: readonly Segment[];
}

/**
 * Segments with at most blank lines between them, joined. A part of a long line stays alone.
 */
export function joinNeighbours(segments: readonly Segment[], lines: Lines): SegmentGroup[] {
  const groups: Segment[][] = [];
  for (const segment of segments) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group && before && !before.cut && !segment.cut && isBlankBetween(before, segment, lines))
      group.push(segment);
    else groups.push([segment]);
  }
  return groups.map((group) => {
    const { first, firstColumn, text } = group[0];
    if (group.length === 1) return { segments: group, first, firstColumn, text };
    return { segments: group, ...whole(lines, first, group[group.length - 1].last) };
  });
}

function isBlankBetween(before: Segment, after: Segment, lines: Lines): boolean {
  for (let line = before.last + 1; line < after.first; line++)
    if (lines.lineAt(line).trim() !== '') return false;
  return true;
}
