/** What a whole file looks like as rows of columns: counted once, before anything is decided. */
import type { CorpusLayout } from '../../corpus';
import { LineScanner } from '../../text/lines';
import { ColumnStatistics } from './columnStatistics';
import { splitRow } from './fields';
import {
  isBeforeSentence,
  isDeclaration,
  isDocumentRow,
  isInvisibleLine,
  isSentenceMark,
  lineStart,
} from './lineKinds';

/** Fields of a row that are looked at: rows with more are running text. */
export const mostFields = 100;

/** Columns whose values are counted. */
const mostColumns = 64;

/** Rows parted by spaces in a file of tabs that are looked at. */
const mostSpacedRows = 1000;

export interface RowSurvey {
  readonly separator: NonNullable<CorpusLayout['separator']>;
  /** Some rows are parted by spaces where the others are by tabs, and say as much. */
  readonly mixed: boolean;
  /** The most frequent number of columns. */
  readonly width: number;
  /** Rows with `width` columns. */
  readonly rows: number;
  /** Rows with any other number of columns. */
  readonly otherRows: number;
  /** Lines that begin with white space. */
  readonly indented: number;
  /** Where sentences end: at lines without anything to be seen, signs for it, comments before sentences. */
  readonly sentences: number;
  /** The first row with `width` columns. */
  readonly first: readonly string[];
  /** Columns from the left, in the rows with `width` columns. */
  readonly columns: readonly ColumnStatistics[];
  /** Rows of `width` columns of which the last alone is filled. */
  readonly loneLast: number;
}

/**
 * @param separator where it is known.
 * @param quoted fields may stand in quotation marks.
 */
export function surveyRows(text: string, separator?: CorpusLayout['separator'], quoted = false): RowSurvey {
  const widths = countWidths(text, separator, quoted);
  return new Survey(text, widths.separator, widths.width, widths.trailing, quoted).take();
}

/** Counts how often each number occurs. */
class Histogram {
  private readonly counts = new Map<number, number>();

  add(value: number): void {
    this.counts.set(value, (this.counts.get(value) ?? 0) + 1);
  }

  /** The most frequent number, 0 where there is none. */
  get mode(): number {
    let best = 0;
    for (const [value, count] of this.counts) if (count > (this.counts.get(best) ?? 0)) best = value;
    return best;
  }

  countOf(value: number): number {
    return this.counts.get(value) ?? 0;
  }
}

interface Widths {
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
function countWidths(text: string, given: CorpusLayout['separator'], quoted: boolean): Widths {
  const tabs = new Histogram();
  const filledTabs = new Histogram();
  const spaces = new Histogram();
  const fields = new FieldCounts();
  let withTab = 0;
  let lines = 0;
  const single = given === undefined || given === ' ' ? '\t' : given;
  forEachRow(text, (start, end) => {
    lines++;
    if (quoted) fields.countQuoted(text, start, end, single);
    else fields.count(text, start, end, single.charCodeAt(0));
    if (fields.all > 1) {
      withTab++;
      tabs.add(fields.all);
      filledTabs.add(fields.filled);
    }
    spaces.add(fields.spaced);
  });
  const bySpaces = given === ' ' || (given === undefined && withTab * 2 < lines);
  if (bySpaces) return { separator: ' ', width: spaces.mode, trailing: 0 };
  if (withTab === 0) return { separator: single, width: 1, trailing: 0 };
  const width = tabs.mode;
  const filled = filledTabs.mode;
  // Rows may end in tabs, and their last field may be empty in most rows.
  const constant = tabs.countOf(width) >= 0.9 * withTab;
  return {
    separator: single,
    width: constant ? width : filled,
    trailing: constant ? width - filled : 0,
  };
}

class Survey {
  private readonly bounds: number[] = [];
  private readonly columns: ColumnStatistics[];
  private readonly spaced: string[] = [];
  private spacedRows = 0;
  private rows = 0;
  private otherRows = 0;
  private indented = 0;
  private sentences = 0;
  private loneLast = 0;
  private inSentence = false;
  private first: string[] = [];

  constructor(
    private readonly text: string,
    private readonly separator: NonNullable<CorpusLayout['separator']>,
    private width: number,
    private readonly trailing: number,
    private readonly quoted: boolean,
  ) {
    this.columns = Array.from({ length: Math.min(width, mostColumns) }, () => new ColumnStatistics());
  }

  take(): RowSurvey {
    const { text } = this;
    const scanner = new LineScanner(text);
    while (scanner.advance()) this.line(lineStart(text, scanner.start, scanner.end), scanner.end);
    this.dropEmptyColumns();
    const { separator, width, rows, otherRows, indented, sentences, first, columns, loneLast } = this;
    const mixed = this.isMixed();
    return {
      separator,
      mixed,
      width,
      rows: rows + (mixed ? this.spacedRows : 0),
      otherRows: otherRows - (mixed ? this.spacedRows : 0),
      indented,
      sentences,
      first,
      columns,
      loneLast,
    };
  }

  private line(start: number, end: number): void {
    const { text, width } = this;
    const isHash = text.charCodeAt(start) === 35;
    const partsSentences =
      isInvisibleLine(text, start, end) ||
      (width > 1 && isSentenceMark(text, start, end)) ||
      (isHash && isBeforeSentence(text, start, end));
    if (partsSentences || isDocumentRow(text, start, end)) {
      this.inSentence = false;
      return;
    }
    const fields = splitRow(text, start, end, this.separator, width, this.bounds, width, this.quoted);
    if (isHash && (fields !== width || isDeclaration(text, start, end))) return;
    const code = text.charCodeAt(start);
    if (code === 32 || code === 9) this.indented++;
    if (fields === width) this.row();
    else this.otherRow(start, end);
    if (!this.inSentence) this.sentences++;
    this.inSentence = true;
  }

  private row(): void {
    const { bounds, columns, text } = this;
    if (columns.length > 1 && this.isLoneLast()) {
      this.loneLast++;
      return;
    }
    this.rows++;
    columns.forEach((column, i) =>
      column.add(text.slice(bounds[2 * i], bounds[2 * i + 1]), !this.inSentence),
    );
    if (this.rows === 1) this.first = columns.map((_, i) => text.slice(bounds[2 * i], bounds[2 * i + 1]));
  }

  private isLoneLast(): boolean {
    const { bounds, width } = this;
    if (bounds[2 * width - 2] === bounds[2 * width - 1]) return false;
    for (let i = 0; i + 1 < width; i++) if (bounds[2 * i] < bounds[2 * i + 1]) return false;
    return true;
  }

  private otherRow(start: number, end: number): void {
    this.otherRows++;
    if (this.separator !== '\t' || this.width < 2) return;
    if (splitRow(this.text, start, end, ' ', this.width, this.bounds) !== this.width) return;
    this.spacedRows++;
    const last = this.width - 1;
    if (this.spaced.length < mostSpacedRows)
      this.spaced.push(this.text.slice(this.bounds[2 * last], this.bounds[2 * last + 1]));
  }

  /** Rows parted by spaces are rows of this file where they end in what its other rows end in. */
  private isMixed(): boolean {
    const known = this.columns.at(-1);
    if (!known || this.spaced.length < 2) return false;
    return this.spaced.filter((value) => known.countOf(value) > 0).length >= 0.9 * this.spaced.length;
  }

  private dropEmptyColumns(): void {
    for (let i = 0; i < this.trailing && this.columns.length > 1; i++) {
      if (this.columns[this.columns.length - 1].filled > 0) return;
      this.columns.pop();
      this.first.pop();
      this.width--;
    }
  }
}
