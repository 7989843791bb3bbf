import { rulesOf } from './conventions';
import type { TextConventions } from './conventions';
import { cutAsIn } from './cutter';
import { splitLines } from './lines';
import { frontMatterLength, MarkdownScanner } from './markdown';
import type { Rules } from './rules';
import { endsAt, SentenceEnds } from './sentenceEnds';
import { cutCharacters, cutWords } from './words';

/**
 * A token of plain text, which stands in `line` from `startColumn` to `endColumn` (exclusive), in UTF-16 units.
 * `form` is what stands there, or what the training data writes for it.
 */
export interface TextToken {
  readonly form: string;
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export interface TokenizeOptions {
  /** The document's line and column at which the text begins. */
  readonly firstLine: number;
  readonly firstColumn: number;
  /**
   * Leave out markup: front matter, code, link targets, HTML, heading marks. The text must not begin inside
   * of one.
   */
  readonly markdown: boolean;
  /** Each character is a token. */
  readonly characters: boolean;
  /** How the training data cuts text; without them text is cut as English treebanks cut it. */
  readonly conventions?: TextConventions;
}

/** A line shorter than this ends where its author wanted it to; longer ones may be wrapped. */
const wrappedLength = 50;

/**
 * Cuts text into sentences of tokens, in order. Sentences end at blank lines, at sentence marks, and at line
 * ends where the line is no wrapped one: a heading, an item of a list, a line of an address.
 */
export function tokenizeText(text: string, options: TokenizeOptions): TextToken[][] {
  const { firstLine, firstColumn, markdown, characters } = options;
  const conventions = characters ? undefined : options.conventions;
  const sentences = new SentenceCutter(conventions && rulesOf(conventions.end, conventions.goOn));
  const lines = splitLines(text);
  const isBeginning = firstLine === 0 && firstColumn === 0;
  const scanner = markdown ? new MarkdownScanner(isBeginning ? frontMatterLength(lines) : 0) : undefined;
  const cut = characters ? cutCharacters : conventions ? cutAsIn(conventions) : cutWords;
  for (let line = 0; line < lines.lineCount; line++) {
    const content = lines.lineAt(line);
    const prose = scanner ? scanner.next(content) : { text: content, block: false };
    if (!prose || prose.text.trim() === '') {
      sentences.end();
      continue;
    }
    sentences.startLine(prose.text, prose.block);
    const shift = line === 0 ? firstColumn : 0;
    cut(prose.text, (from, to, written) => {
      const form = written ?? prose.text.slice(from, to);
      sentences.add({ form, line: firstLine + line, startColumn: shift + from, endColumn: shift + to });
    });
  }
  sentences.end();
  return sentences.finished;
}

/** What of two lines is looked at to see whether a sentence ends between them. */
const lookedAt = 200;

/**
 * Whether a sentence ends between two lines of a text: so that the text can be cut there, and gives the same
 * sentences as in one piece.
 */
export function sentenceEndsBetween(before: string, after: string, markdown: boolean): boolean {
  const text = `${before.slice(-lookedAt)}\n${after.slice(0, lookedAt)}`;
  const sentences = tokenizeText(text, { firstLine: 1, firstColumn: 0, markdown, characters: false });
  return !sentences.some((sentence) => sentence[0].line !== sentence[sentence.length - 1].line);
}

const lowerCase = /^\p{Ll}/u;

/** Puts tokens together into sentences. */
class SentenceCutter {
  readonly finished: TextToken[][] = [];
  private current: TextToken[] = [];
  private readonly ends = new SentenceEnds();
  private lineLength = 0;

  constructor(private readonly rules: Rules | undefined) {}

  startLine(text: string, block: boolean): void {
    const goesOn = !block && (this.lineLength >= wrappedLength || lowerCase.test(text.trimStart()));
    if (!goesOn) this.end();
    this.lineLength = text.trimEnd().length;
  }

  add(token: TextToken): void {
    const before = this.current.at(-1);
    const attached =
      before !== undefined && token.line === before.line && token.startColumn === before.endColumn;
    const place = this.ends.next(token.form, attached);
    if (place && endsAt(this.rules, place)) {
      this.cut();
      this.ends.next(token.form, attached);
    }
    this.current.push(token);
  }

  end(): void {
    this.cut();
    this.lineLength = 0;
  }

  private cut(): void {
    if (this.current.length > 0) this.finished.push(this.current);
    this.current = [];
    this.ends.restart();
  }
}
