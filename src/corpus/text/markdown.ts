/**
 * What of a Markdown document is prose. The rest (front matter, fenced code, code spans, link targets, HTML,
 * heading marks and other markup) is replaced by spaces of the same length, so that positions stay.
 */
export class MarkdownMask {
  private fence: { readonly character: string; readonly length: number } | undefined;
  private inFrontMatter = false;
  private inComment = false;

  /** @param wholeDocument the first line is the document's first: front matter may begin there. */
  constructor(private readonly wholeDocument: boolean) {}

  private first = true;

  /**
   * The next line with all but its prose blanked; undefined for a line without any. `block`: it begins a new
   * block.
   */
  next(line: string): { readonly text: string; readonly block: boolean } | undefined {
    const isFirst = this.first && this.wholeDocument;
    this.first = false;
    if (isFirst && /^---\s*$/.test(line)) {
      this.inFrontMatter = true;
      return undefined;
    }
    if (this.inFrontMatter) {
      if (/^(?:---|\.\.\.)\s*$/.test(line)) this.inFrontMatter = false;
      return undefined;
    }
    if (this.isFenced(line)) return undefined;
    if (/^\s*(?:=+|-{2,}|(?:[-*_]\s*){3,})\s*$/.test(line.slice(0, 200)) || /^\s*\[[^\]]+\]:\s/.test(line))
      return undefined;
    if (/^\s*\|?[\s:|-]*-[\s:|-]*$/.test(line.slice(0, 1000)) && line.includes('|')) return undefined;
    const lead = /^\s*(?:>\s?)*\s*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,9}[.)]\s+)?/.exec(
      line.slice(0, 200),
    )![0];
    const characters = new Blanked(line);
    characters.blank(0, lead.length);
    this.blankMarkup(line, lead.length, characters);
    return { text: characters.text(), block: lead.trim() !== '' || line.trimStart().startsWith('|') };
  }

  private isFenced(line: string): boolean {
    // Behind the opening backticks stands no other backtick (else it is a code span), behind the closing ones
    // nothing.
    const [, mark, rest] = /^\s*(?:>\s?)*(`{3,}(?!.*`)|~{3,})(.*)/.exec(line.slice(0, 200)) ?? [];
    if (!this.fence) {
      if (mark === undefined) return false;
      this.fence = { character: mark[0], length: mark.length };
      return true;
    }
    if (mark?.startsWith(this.fence.character) && mark.length >= this.fence.length && rest.trim() === '')
      this.fence = undefined;
    return true;
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

  /** Blanks the markup that begins at `at`, if any; gives the place behind it. */
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

/**
 * A line whose parts are blanked from left to right. Closing marks that are missing are searched for once.
 */
class Blanked {
  private readonly pieces: string[] = [];
  private copied = 0;
  private readonly missing = new Set<string>();

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

  /** Behind the code span that a run of backticks opens; behind the run, where nothing closes it. */
  codeEnd(at: number): number {
    let open = at;
    while (this.line[open] === '`') open++;
    const run = this.line.slice(at, open);
    const close = this.find(run, open);
    return close < 0 ? open : close + run.length;
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
