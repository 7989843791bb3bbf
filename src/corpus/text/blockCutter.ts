import { InputError } from '../../common/errors';
import * as l10n from '../../common/l10n';

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const byteOrderMark = 0xfeff;

/** Characters from which on a block ends behind the next blank line, however few sentences it has. */
const longBlock = 4 << 20;

/** Characters of a block that an engine's strings can hold, labels included. */
const mostCharacters = 1 << 28;

/** Whole sentences of a text, with all that is around them. */
export interface TextBlock {
  readonly text: string;
  /** Line of the whole text on which the block begins, from 0. */
  readonly firstLine: number;
}

/**
 * Cuts a text that comes in pieces into blocks, each behind a blank line. Lines end, and are blank, as they
 * do and are for {@link LineScanner} and `isBlank`. The blocks together are the text.
 */
export class BlockCutter {
  private pieces: string[] = [];
  private pieceLength = 0;
  private firstLine = 0;
  private sentences = 0;
  private inSentence = false;
  private lineIsBlank = true;
  /** The text so far ends with a carriage return: a line feed may follow. */
  private afterCarriage = false;
  private begun = false;
  private lines = 0;

  /** @param sentencesAtOnce sentences of a block. */
  constructor(private readonly sentencesAtOnce: number) {}

  /** Lines that have ended so far. */
  get line(): number {
    return this.lines;
  }

  /**
   * Takes the next piece; gives the blocks that end in it.
   * @throws {InputError} a sentence is longer than a string can be.
   */
  *push(text: string): Generator<TextBlock> {
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (this.afterCarriage || code === lineFeed) {
        const end = code === lineFeed ? i + 1 : i;
        this.afterCarriage = false;
        if (this.endLine(end - from)) {
          yield this.take(text.slice(from, end));
          from = end;
        }
      }
      if (code === carriageReturn) this.afterCarriage = true;
      else if (code > space && (this.begun || code !== byteOrderMark)) this.lineIsBlank = false;
      this.begun = true;
    }
    this.pieces.push(text.slice(from));
    this.pieceLength += text.length - from;
    if (this.pieceLength > mostCharacters)
      throw new InputError(l10n.t('There is no blank line for more text than can be labelled at once.'), {
        line: this.firstLine,
        hint: l10n.t('Part sentences by blank lines.'),
      });
  }

  /** What is left, once the text has ended. */
  finish(): TextBlock | undefined {
    return this.pieceLength > 0 ? this.take('') : undefined;
  }

  /** Ends a line, `length` characters into the piece at hand. @returns whether the block ends with it. */
  private endLine(length: number): boolean {
    this.lines++;
    const blank = this.lineIsBlank;
    this.lineIsBlank = true;
    if (blank && this.inSentence) this.sentences++;
    this.inSentence = !blank;
    return blank && (this.sentences >= this.sentencesAtOnce || this.pieceLength + length >= longBlock);
  }

  private take(last: string): TextBlock {
    const block = { text: this.pieces.join('') + last, firstLine: this.firstLine };
    this.pieces = [];
    this.pieceLength = 0;
    this.firstLine = this.lines;
    this.sentences = 0;
    return block;
  }
}
