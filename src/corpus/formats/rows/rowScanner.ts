import { LineScanner } from '../../text/lines';
import type { TokenRange } from '../corpusFileBuilder';
import { splitRow } from './fields';

const lineEnd = /\r\n|\r|\n/;

/** Lines that a row may go over, and how many characters. */
const mostLines = 20;
const longestRow = 20_000;

/** What parts the fields of rows, and how many there are. */
export interface RowShape {
  readonly separator: string | undefined;
  readonly width: number;
}

/** Goes over the rows of a text: its lines, and where fields are quoted, rows whose fields hold line ends. */
export function scanRows(text: string, quoted: boolean | undefined, shape: RowShape): RowScanner {
  return new RowScanner(text, quoted ? shape : undefined);
}

/**
 * A scanner of rows. A line goes on where a field's quotation mark is not closed on it: if it has not all the
 * fields by itself, and has them with the next lines. Else the mark is a character like any other.
 */
export class RowScanner extends LineScanner {
  private readonly bounds: number[] = [];
  private added = 0;

  constructor(
    private readonly whole: string,
    private readonly shape: RowShape | undefined,
  ) {
    super(whole);
  }

  /** The last line of the row; `line` is its first. */
  get lastLine(): number {
    return this.line + this.added;
  }

  override advance(): boolean {
    this.line += this.added;
    this.added = 0;
    if (!super.advance()) return false;
    const { start, end } = this;
    const mark = this.shape ? this.whole.indexOf('"', start) : -1;
    if (mark >= 0 && mark < end && !this.isFull(start, end)) this.goOn();
    return true;
  }

  /** Where a part of the row stands; of one that goes over several lines the first line that holds any of it. */
  rangeOf(from: number, to: number): TokenRange {
    const { start, line, whole } = this;
    if (this.added === 0) return { line, startColumn: from - start, endColumn: to - start };
    const part = whole.slice(from, to);
    const first = from + part.search(/[^\r\n]|$/);
    const before = whole.slice(start, first).split(lineEnd);
    const startColumn = before[before.length - 1].length;
    const [word] = whole.slice(first, to).split(lineEnd, 1);
    return { line: line + before.length - 1, startColumn, endColumn: startColumn + word.length };
  }

  private isFull(start: number, end: number): boolean {
    if (!this.shape) return true;
    const { separator, width } = this.shape;
    return splitRow(this.whole, start, end, separator, width, this.bounds, 0, true) >= width;
  }

  private goOn(): void {
    const { shape, whole, line, start, bounds } = this;
    if (!shape) return;
    const { separator, width } = shape;
    const before = this.position;
    while (this.line - line < mostLines && super.advance() && this.end - start < longestRow) {
      // A line that is a row by itself may only be the last one, which the mark is closed on.
      const fields = splitRow(whole, start, this.end, separator, 0, bounds, width, true);
      if (fields === width && spansLines(whole, bounds, width, before.end)) {
        this.added = this.line - line;
        this.line = line;
        this.start = start;
        return;
      }
      if (this.isFull(this.start, this.end)) break;
    }
    this.position = before;
  }
}

/** Whether one of the fields goes over a place: a quoted one, in which marks stand only doubled. */
function spansLines(text: string, bounds: readonly number[], width: number, place: number): boolean {
  for (let i = 0; i < width; i++) {
    const [start, end] = [bounds[2 * i], bounds[2 * i + 1]];
    if (start <= place && place < end)
      return text[start - 1] === '"' && !text.slice(start, end).replaceAll('""', '').includes('"');
  }
  return false;
}
