import type { Column, CorpusFile, CorpusLayout } from '../corpus';
import type { ProblemList } from '../problems';
import { DistinctParts } from './distinctParts';

/** An array of numbers that grows. */
class NumberList {
  private array = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.array.length) {
      const larger = new Uint32Array(2 * this.length);
      larger.set(this.array);
      this.array = larger;
    }
    this.array[this.length++] = value;
  }

  /** The numbers in an array of just their size. */
  finish(): Uint32Array {
    return this.array.slice(0, this.length);
  }
}

/** A column as it grows. */
class ColumnBuilder {
  private readonly parts = new DistinctParts(Infinity, true);
  private readonly ids = new NumberList();

  constructor(
    private readonly name: string,
    readonly index: number,
  ) {}

  /** Adds a part of a text. */
  push(text: string, from: number, to: number): void {
    this.ids.push(this.parts.numberOf(text, from, to));
  }

  finish(): Column {
    return { name: this.name, values: this.parts.values, ids: this.ids.finish() };
  }
}

/** Where a token stands in the text: a line from 0, UTF-16 columns on it, the end exclusive. */
export interface TokenRange {
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

/** Collects a file's tokens, in the order of the text, whatever the file's format. */
export class CorpusFileBuilder {
  private readonly columns: readonly ColumnBuilder[];
  private readonly line = new NumberList();
  private readonly startColumn = new NumberList();
  private readonly endColumn = new NumberList();
  private readonly sentenceStart = new NumberList();
  private readonly sentenceDocument = new NumberList();
  private document = -1;
  private newDocument = true;
  private open = false;
  private readonly leftOut = new Map<string, { rows: number; records?: number; line: number }>();

  /** @param columns positions, in the layout, of the columns to keep. */
  constructor(
    private readonly file: string,
    private readonly layout: CorpusLayout,
    columns: readonly number[],
  ) {
    this.columns = columns.map((index) => new ColumnBuilder(layout.columns[index], index));
  }

  /** The next sentence begins a document. Sentences before the first call are of a document, too. */
  startDocument(): void {
    this.endSentence();
    this.newDocument = true;
  }

  endSentence(): void {
    this.open = false;
  }

  /**
   * Adds a token to the sentence.
   *
   * @param valueOf gives the token's value in a column, by the column's position in the layout.
   */
  addToken({ line, startColumn, endColumn }: TokenRange, valueOf: (column: number) => string): void {
    this.addPlace(line, startColumn, endColumn);
    for (const column of this.columns) {
      const value = valueOf(column.index);
      column.push(value, 0, value.length);
    }
  }

  /**
   * Adds a token whose values stand in a row of the text.
   *
   * @param line of the row, from 0, which begins at `lineStart` in the text.
   * @param form position of the word's column in the layout.
   * @param bounds start and end of each column's field in the text: see `splitRow`.
   */
  addRow(text: string, line: number, lineStart: number, form: number, bounds: readonly number[]): void {
    this.addPlace(line, bounds[2 * form] - lineStart, bounds[2 * form + 1] - lineStart);
    for (const column of this.columns)
      column.push(text, bounds[2 * column.index], bounds[2 * column.index + 1]);
  }

  private addPlace(line: number, startColumn: number, endColumn: number): void {
    if (!this.open) {
      if (this.newDocument) this.document++;
      this.newDocument = false;
      this.sentenceStart.push(this.line.length);
      this.sentenceDocument.push(this.document);
      this.open = true;
    }
    this.line.push(line);
    this.startColumn.push(startColumn);
    this.endColumn.push(endColumn);
  }

  /** A row could not be read. @param code of the problem that says so. */
  leaveOut(code: string, line: number): void {
    const kind = this.leftOut.get(code);
    if (kind) kind.rows++;
    else this.leftOut.set(code, { rows: 1, line });
  }

  /** A record of about so many tokens could not be read. */
  leaveOutRecord(code: string, line: number, tokens: number): void {
    const kind = this.leftOut.get(code) ?? { rows: 0, records: 0, line };
    this.leftOut.set(code, { ...kind, rows: kind.rows + tokens, records: (kind.records ?? 0) + 1 });
  }

  /** Tokens that were added. */
  get tokens(): number {
    return this.line.length;
  }

  finish(problems: ProblemList): CorpusFile {
    const tokens = this.line.length;
    const sentences = this.sentenceStart.length;
    this.sentenceStart.push(tokens);
    return {
      file: this.file,
      layout: this.layout,
      tokens,
      sentences,
      leftOut: {
        rows: [...this.leftOut.values()].reduce((sum, { rows }) => sum + rows, 0),
        kinds: [...this.leftOut].map(([code, kind]) => ({ code, ...kind })),
      },
      sentenceStart: this.sentenceStart.finish(),
      sentenceDocument: this.sentenceDocument.finish(),
      line: this.line.finish(),
      startColumn: this.startColumn.finish(),
      endColumn: this.endColumn.finish(),
      columns: this.columns.map((column) => column.finish()),
      problems: problems.finish(),
    };
  }
}
