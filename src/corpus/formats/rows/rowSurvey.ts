/** What a whole file looks like as rows of columns: counted once, before anything is decided. */
import type { CorpusLayout } from '../../corpus';
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
import { scanRows } from './rowScanner';
import { countWidths, WidthCounter } from './rowWidths';
import type { Widths } from './rowWidths';

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
  if (!quoted && text.length > 2 * beginning) {
    // What the first rows are, most files are: then one walk over the file is enough.
    const end = text.lastIndexOf('\n', beginning);
    const guess = countWidths(text.slice(0, end < 0 ? beginning : end), separator, false);
    const counter = guess.width > 1 ? new WidthCounter(separator) : undefined;
    const survey = counter && new Survey(text, guess, false, counter).take();
    if (survey && areSame(guess, counter.widths())) return survey;
  }
  return new Survey(text, countWidths(text, separator, quoted), quoted).take();
}

/** Characters from whose rows their separator and their width are guessed. */
const beginning = 4096;

const areSame = (a: Widths, b: Widths): boolean =>
  a.separator === b.separator && a.width === b.width && a.trailing === b.trailing;

class Survey {
  readonly separator: NonNullable<CorpusLayout['separator']>;
  width: number;
  private readonly trailing: number;
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
    { separator, width, trailing }: Widths,
    private readonly quoted: boolean,
    /** Counts the rows' widths on the way. */
    private readonly counter?: WidthCounter,
  ) {
    this.separator = separator;
    this.width = width;
    this.trailing = trailing;
    this.columns = Array.from({ length: Math.min(width, mostColumns) }, () => new ColumnStatistics());
  }

  take(): RowSurvey {
    const { text } = this;
    const scanner = scanRows(text, this.quoted, this);
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
      isSentenceMark(text, start, end, width) ||
      (isHash && isBeforeSentence(text, start, end));
    if (partsSentences || isDocumentRow(text, start, end)) {
      this.inSentence = false;
      return;
    }
    const fields =
      this.counter && !isHash
        ? this.counter.split(text, start, end, this.separator, width, this.bounds)
        : splitRow(text, start, end, this.separator, width, this.bounds, width, this.quoted);
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
    for (let i = 0; i < columns.length; i++)
      columns[i].add(text, bounds[2 * i], bounds[2 * i + 1], !this.inSentence);
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
