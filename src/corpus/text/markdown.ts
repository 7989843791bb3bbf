import type { Lines } from './lines';

/** What of a line is prose: the rest is replaced by spaces, so that positions stay. */
export interface Prose {
  readonly text: string;
  /** The line begins a new block. */
  readonly block: boolean;
}

/**
 * Goes over a Markdown document line by line and separates prose from the rest: front matter, fenced code
 * (CommonMark 0.31, section 4.5; at any indentation, as inside lists and quotes), comments, code spans, link
 * targets, HTML, heading marks and other markup. A fence or comment that is never closed reaches to the end.
 * Takes time linear in the length of the text.
 */
export class MarkdownScanner {
  private line = 0;
  /** The marks that opened the fenced code that the next line is in. */
  private fence: string | undefined;
  private inComment = false;

  /** @param frontMatter how many lines of front matter come first, see {@link frontMatterLength}. */
  constructor(private readonly frontMatter: number) {}

  /** The next line's prose; undefined for a line without any. */
  next(line: string): Prose | undefined {
    if (this.kindOf(line) !== 'text') return undefined;
    const lead = this.inComment ? '' : leadOf(line);
    const characters = new Blanked(line);
    characters.blank(0, lead.length);
    this.blankMarkup(line, lead.length, characters);
    return { text: characters.text(), block: lead.trim() !== '' || line.trimStart().startsWith('|') };
  }

  /**
   * Goes over the next line without looking for its prose.
   * @returns whether the line is code or front matter, or begins inside a comment: no text to label can begin
   * there.
   */
  skip(line: string): boolean {
    const beginsInComment = this.inComment;
    const kind = this.kindOf(line);
    // Nothing else in a line has a bearing on the lines below it.
    if (kind === 'text' && (beginsInComment || line.includes('<!--')))
      this.blankMarkup(line, 0, new Blanked(line));
    return beginsInComment || kind === 'code';
  }

  /** Takes the next line. `markup`: a line that is no prose as a whole, yet no code either. */
  private kindOf(line: string): 'code' | 'markup' | 'text' {
    if (this.line++ < this.frontMatter) return 'code';
    if (this.inComment) return 'text';
    if (this.fence !== undefined) {
      if (closesFence(line, this.fence)) this.fence = undefined;
      return 'code';
    }
    this.fence = fenceOf(line);
    if (this.fence !== undefined) return 'code';
    return isRule(line) || isLinkDefinition(line) || isTableRule(line) ? 'markup' : 'text';
  }

  private blankMarkup(line: string, from: number, characters: Blanked): void {
    let at = from;
    while (at < line.length) {
      if (this.inComment) {
        const end = line.indexOf('-->', at);
        this.inComment = end < 0;
        const stop = end < 0 ? line.length : end + 3;
        characters.blank(at, stop);
        at = stop;
      } else {
        at = this.blankOne(line, at, characters);
      }
    }
  }

  /** Blanks the markup that begins at `at`, if any; gives where it ends. */
  private blankOne(line: string, at: number, characters: Blanked): number {
    const blankTo = (end: number): number => {
      characters.blank(at, end);
      return end;
    };
    switch (line[at]) {
      case '\\':
        characters.blank(at, at + 1);
        return at + 2;
      case '`':
        return blankTo(characters.codeEnd(at));
      case '<':
        if (line.startsWith('<!--', at)) {
          this.inComment = true;
          return blankTo(at + 4);
        }
        return /[a-z/]/i.test(line[at + 1] ?? '') ? blankTo(characters.tagEnd(at)) : at + 1;
      case ']':
        return line[at + 1] === '(' || line[at + 1] === '['
          ? blankTo(characters.targetEnd(at + 1))
          : blankTo(at + 1);
      case '!':
        return line[at + 1] === '[' ? blankTo(at + 2) : at + 1;
      case '[':
      case '|':
      case '*':
        return blankTo(at + 1);
      case '~':
        return line[at + 1] === '~' ? blankTo(at + 2) : at + 1;
      case '_': {
        const inside =
          /[\p{L}\p{N}_]/u.test(line[at - 1] ?? ' ') && /[\p{L}\p{N}_]/u.test(line[at + 1] ?? ' ');
        return inside ? at + 1 : blankTo(at + 1);
      }
      case '#':
        return /^#+\s*$/.test(line.slice(at, at + 20)) && line.length - at < 20
          ? blankTo(line.length)
          : at + 1;
      default:
        return at + 1;
    }
  }
}

/** How many lines of front matter a document begins with: 0 where it is not closed, or there is none. */
export function frontMatterLength(lines: Lines): number {
  if (lines.lineCount === 0 || !/^---\s*$/.test(lines.lineAt(0))) return 0;
  for (let line = 1; line < lines.lineCount; line++)
    if (/^(?:---|\.\.\.)\s*$/.test(lines.lineAt(line))) return line + 1;
  return 0;
}

/** Which lines of a document hold no text to label, so that no segment may begin there: 1 for such a line. */
export function linesWithoutText(lines: Lines): Uint8Array {
  const scanner = new MarkdownScanner(frontMatterLength(lines));
  const without = new Uint8Array(lines.lineCount);
  for (let line = 0; line < lines.lineCount; line++) without[line] = scanner.skip(lines.lineAt(line)) ? 1 : 0;
  return without;
}

/** Quote marks, a heading's or a list item's. Longer ones are none. */
function leadOf(line: string): string {
  const lead = /^\s*(?:>\s?)*\s*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,9}[.)]\s+)?/;
  return lead.exec(line.slice(0, 200))?.[0] ?? '';
}

/** Behind the marks of a quote and white space. */
function fenceStart(line: string): number {
  let at = 0;
  while (at < line.length && (line[at] === '>' || /\s/.test(line[at]))) at++;
  return at;
}

/**
 * The marks of a line that opens fenced code; behind backticks stands no other, else they are a code span.
 */
function fenceOf(line: string): string | undefined {
  const start = fenceStart(line);
  const mark = line[start];
  if (mark !== '`' && mark !== '~') return undefined;
  let end = start;
  while (line[end] === mark) end++;
  if (end - start < 3 || (mark === '`' && line.includes('`', end))) return undefined;
  return line.slice(start, end);
}

/** Whether a line ends the code that `fence` opened: as many such marks or more, and nothing behind them. */
function closesFence(line: string, fence: string): boolean {
  const start = fenceStart(line);
  let end = start;
  while (line[end] === fence[0]) end++;
  return end - start >= fence.length && line.slice(end).trim() === '';
}

/** A thematic break, or the line below a heading. */
function isRule(line: string): boolean {
  return (
    /^\s*[=*_-]/.test(line) &&
    (/^(?:=+|-{2,})$/.test(line.trim()) || /^[-*_]{3,}$/.test(line.replace(/\s+/g, '')))
  );
}

function isLinkDefinition(line: string): boolean {
  return /^\s*\[[^\]]+\]:\s/.test(line);
}

/** The line below a table's head. */
function isTableRule(line: string): boolean {
  return line.includes('|') && line.includes('-') && /^[\s:|-]*$/.test(line);
}

/**
 * A line whose parts are blanked from left to right. Closing marks that are missing are searched for once.
 */
class Blanked {
  private readonly pieces: string[] = [];
  private copied = 0;
  private readonly missing = new Set<string>();
  /** By the length of a run of backticks, where such runs begin: from the last one to the next. */
  private backticks: ReadonlyMap<number, number[]> | undefined;

  constructor(private readonly line: string) {}

  blank(start: number, end: number): void {
    const stop = Math.min(end, this.line.length);
    if (stop <= start) return;
    this.pieces.push(this.line.slice(this.copied, start), ' '.repeat(stop - start));
    this.copied = stop;
  }

  text(): string {
    return this.pieces.join('') + this.line.slice(this.copied);
  }

  /**
   * Behind the code span that a run of backticks opens, which the next run of the same length closes
   * (CommonMark 0.31, section 6.1); behind the run, where nothing closes it.
   */
  codeEnd(at: number): number {
    const open = backticksEnd(this.line, at);
    this.backticks ??= backtickRuns(this.line);
    const closing = this.backticks.get(open - at) ?? [];
    while (closing.length > 0 && closing[closing.length - 1] < open) closing.pop();
    const close = closing.at(-1);
    return close === undefined ? open : close + open - at;
  }

  /** Behind a tag; for `<http://…>` only the bracket is markup, but an address needs no label either. */
  tagEnd(at: number): number {
    const close = this.find('>', at);
    return close < 0 ? at + 1 : close + 1;
  }

  /** Behind a link's target, whose opening bracket stands at `at`. */
  targetEnd(at: number): number {
    const close = this.find(this.line[at] === '(' ? ')' : ']', at);
    return close < 0 ? at : close + 1;
  }

  private find(mark: string, from: number): number {
    if (this.missing.has(mark)) return -1;
    const at = this.line.indexOf(mark, from);
    if (at < 0) this.missing.add(mark);
    return at;
  }
}

function backticksEnd(line: string, at: number): number {
  let end = at;
  while (line[end] === '`') end++;
  return end;
}

function backtickRuns(line: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (let at = line.indexOf('`'); at >= 0;) {
    const end = backticksEnd(line, at);
    const same = runs.get(end - at);
    if (same) same.push(at);
    else runs.set(end - at, [at]);
    at = line.indexOf('`', end);
  }
  for (const starts of runs.values()) starts.reverse();
  return runs;
}
