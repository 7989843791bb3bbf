/** How the rows of a file are parted into fields, told from all of them. */
import type { CorpusLayout } from '../../corpus';
import { LineScanner } from '../../text/lines';
import { splitRow } from './fields';
import { isDocumentRow, isInvisibleLine, isSentenceMark, lineStart } from './lineKinds';

/** Fields of a row that are looked at: rows with more are running text. */
export const mostFields = 100;

/** Counts how often each number occurs. */
class Histogram {
  private readonly counts = new Map<number, number>();
  /** Rows of one width follow each other: those of the last one are counted on the way. */
  private last = 0;
  private run = 0;

  add(value: number): void {
    if (value !== this.last) this.close();
    this.last = value;
    this.run++;
  }

  private close(): void {
    if (this.run > 0) this.counts.set(this.last, (this.counts.get(this.last) ?? 0) + this.run);
    this.run = 0;
  }

  /** The most frequent number, 0 where there is none. */
  get mode(): number {
    this.close();
    let best = 0;
    for (const [value, count] of this.counts) if (count > (this.counts.get(best) ?? 0)) best = value;
    return best;
  }

  countOf(value: number): number {
    this.close();
    return this.counts.get(value) ?? 0;
  }
}

/** How the rows of a file are parted. */
export interface Widths {
  readonly separator: NonNullable<CorpusLayout['separator']>;
  readonly width: number;
  /** Fields at the end of rows that are always empty. */
  readonly trailing: number;
}

/** Goes over lines without what is no row: lines that part sentences or documents, and comments. */
function forEachRow(text: string, visit: (start: number, end: number) => void): void {
  const scanner = new LineScanner(text);
  while (scanner.advance()) {
    const { end } = scanner;
    const start = lineStart(text, scanner.start, end);
    if (text.charCodeAt(start) === 35) continue;
    if (isInvisibleLine(text, start, end) || isSentenceMark(text, start, end)) continue;
    if (!isDocumentRow(text, start, end)) visit(start, end);
  }
}

/** The fields of a line, counted in one go: parted by a sign, those up to the last filled one, and by spaces. */
class FieldCounts {
  private readonly bounds: number[] = [];
  all = 0;
  filled = 0;
  spaced = 0;

  count(text: string, start: number, end: number, separator: number): void {
    let fields = 1;
    let filled = 0;
    let spaced = 0;
    let between = true;
    for (let i = start; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === separator) fields++;
      else filled = fields;
      const isSpace = code === 32 || code === 9;
      if (between && !isSpace) spaced++;
      between = isSpace;
    }
    this.all = fields;
    this.filled = Math.max(1, filled);
    this.spaced = spaced;
  }

  /** The same where fields may stand in quotes. */
  countQuoted(text: string, start: number, end: number, separator: string): void {
    const { bounds } = this;
    this.all = splitRow(text, start, end, separator, mostFields, bounds, mostFields, true);
    this.filled = Math.min(this.all, mostFields);
    while (this.filled > 1 && bounds[2 * this.filled - 2] === bounds[2 * this.filled - 1]) this.filled--;
    this.spaced = splitRow(text, start, end, ' ', 0, bounds, 0);
  }
}

/** Which of tab and space parts the fields, and how many there are. */
export function countWidths(text: string, given: CorpusLayout['separator'], quoted: boolean): Widths {
  const counter = new WidthCounter(given);
  const fields = new FieldCounts();
  const { single } = counter;
  forEachRow(text, (start, end) => {
    if (quoted) fields.countQuoted(text, start, end, single);
    else fields.count(text, start, end, single.charCodeAt(0));
    counter.add(fields.all, fields.filled, fields.spaced);
  });
  return counter.widths();
}

/** Counts the widths of rows, from which is told how they are parted. */
export class WidthCounter {
  private readonly singles = new Histogram();
  private readonly filledSingles = new Histogram();
  private readonly spaces = new Histogram();
  private withSingle = 0;
  private lines = 0;
  /** The sign that may part fields one by one. */
  readonly single: NonNullable<CorpusLayout['separator']>;
  /** Where this sign is next, from a row's start on. */
  private next = -1;
  private readonly counts = new FieldCounts();

  /** @param given the separator, where it is known. */
  constructor(private readonly given: CorpusLayout['separator']) {
    this.single = given === undefined || given === ' ' ? '\t' : given;
  }

  /** @param all fields that the sign parts. @param filled those up to the last one that is not empty. */
  add(all: number, filled: number, spaced: number): void {
    this.lines++;
    if (all > 1) {
      this.withSingle++;
      this.singles.add(all);
      this.filledSingles.add(filled);
    }
    this.spaces.add(spaced);
  }

  /**
   * Splits a row and counts it for the separator by which it is split: what is counted for the other one
   * does not matter where {@link widths} gives this one.
   *
   * @param width fields that are expected.
   * @returns what `splitRow` gives.
   */
  split(
    text: string,
    start: number,
    end: number,
    separator: NonNullable<CorpusLayout['separator']>,
    width: number,
    bounds: number[],
  ): number {
    if (separator === ' ') {
      const spaced = splitRow(text, start, end, ' ', width, bounds);
      this.add(this.hasSingle(text, start, end) ? 2 : 1, 1, spaced);
      return spaced;
    }
    // Expecting any number, it gives all fields, the empty ones at the end of the row too.
    const all = splitRow(text, start, end, separator, Infinity, bounds, width);
    let filled = Math.min(all, width);
    while (filled > 1 && bounds[2 * filled - 2] === bounds[2 * filled - 1]) filled--;
    if (all > width) {
      this.counts.count(text, start, end, separator.charCodeAt(0));
      filled = this.counts.filled;
    }
    this.add(all, filled, 1);
    return Math.max(filled, Math.min(all, Math.max(1, width)));
  }

  private hasSingle(text: string, start: number, end: number): boolean {
    if (this.next < start) {
      const found = text.indexOf(this.single, start);
      this.next = found < 0 ? Infinity : found;
    }
    return this.next < end;
  }

  widths(): Widths {
    const { given, lines, withSingle, single, singles, filledSingles } = this;
    const bySpaces = given === ' ' || (given === undefined && withSingle * 2 < lines);
    if (bySpaces) return { separator: ' ', width: this.spaces.mode, trailing: 0 };
    if (withSingle === 0) return { separator: single, width: 1, trailing: 0 };
    const width = singles.mode;
    const filled = filledSingles.mode;
    // Rows may end in tabs, and their last field may be empty in most rows.
    const constant = singles.countOf(width) >= 0.9 * withSingle;
    return {
      separator: single,
      width: constant ? width : filled,
      trailing: constant ? width - filled : 0,
    };
  }
}
