const space = 32;
const byteOrderMark = 0xfeff;

interface ScannerPosition {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/**
 * Walks over a text's lines. Lines end at `\n`, `\r\n` or a lone `\r`, as in an editor, so that line numbers
 * agree with it (no field of any format may hold `\r`), and at nothing else: U+2028, U+0085 and their like
 * occur inside tokens.
 */
export class LineScanner {
  /** The current line, from 0, and where in the text it starts and ends (without its line end). */
  line = -1;
  start = 0;
  end = 0;
  private next: number;
  /**
   * The first line feed and carriage return from `start` on (Infinity: none), searched for again once passed.
   */
  private feed = -1;
  private carriage = -1;

  /**
   * @param from where the first line starts; by default behind a byte order mark, which belongs to no line.
   */
  constructor(
    private readonly text: string,
    from = text.charCodeAt(0) === byteOrderMark ? 1 : 0,
  ) {
    this.next = from;
  }

  /**
   * Goes to the next line; false after the last one. A text ends with an empty line if it ends with a line
   * end.
   */
  advance(): boolean {
    if (this.next > this.text.length) return false;
    this.line++;
    this.start = this.next;
    if (this.feed < this.start) this.feed = this.find('\n');
    if (this.carriage < this.start) this.carriage = this.find('\r');
    this.end = Math.min(this.feed, this.carriage, this.text.length);
    this.next = this.end + (this.carriage + 1 === this.feed ? 2 : 1);
    return true;
  }

  /** Where the scanner is, to go back there. */
  protected get position(): ScannerPosition {
    const { line, start, end, next } = this;
    return { line, start, end, next };
  }

  protected set position({ line, start, end, next }: ScannerPosition) {
    Object.assign(this, { line, start, end, next });
    this.feed = -1;
    this.carriage = -1;
  }

  private find(mark: string): number {
    const at = this.text.indexOf(mark, this.start);
    return at < 0 ? Infinity : at;
  }
}

/**
 * Whether the text from `start` to `end` holds nothing but spaces, tabs and controls (lines that separate
 * sentences may).
 */
export function isBlank(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (text.charCodeAt(i) > space) return false;
  return true;
}

/** Whether all lines of a text are blank. A byte order mark counts for nothing. */
export function isBlankText(text: string): boolean {
  return isBlank(text, text.charCodeAt(0) === byteOrderMark ? 1 : 0, text.length);
}

/** A document's lines as an editor counts them, without their line ends. */
export interface Lines {
  readonly lineCount: number;
  lineAt(line: number): string;
}

/** The lines of a text, which end where {@link LineScanner} ends them. A byte order mark stays. */
export function splitLines(text: string): Lines {
  const lines = text.split(/\r\n|\r|\n/);
  return { lineCount: lines.length, lineAt: (line) => lines[line] };
}
