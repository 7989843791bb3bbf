import type { CorpusFile } from '../../corpus';
import { columnAt } from '../../corpusFile';
import { rewritings } from '../../text/conventions';
import { LineScanner } from '../../text/lines';
import { spacing } from '../../text/spacing';
import { parseRowId, splitFields } from './fields';
import { isDocumentComment } from './lineKinds';

/** Tokens whose spacing is read at most: enough to learn from. */
const mostTokens = 400_000;

/** Characters of a comment or a row that are looked at. */
const longestLine = 100_000;

const noSpace = /(?:^|[|\t ])SpaceAfter=No(?:$|[|\t\r\n ])/;

/**
 * How the tokens of a file of rows stand to each other, where the file says so: by the sentence's text in a
 * comment (`# text = …`), else by `SpaceAfter=No`.
 *
 * @returns undefined where it says nothing.
 */
export function readRowSpacing(text: string, file: CorpusFile): Uint8Array | undefined {
  const marked = text.includes('SpaceAfter=No');
  if (!marked && !/^#\s*text\s*=/m.test(text)) return undefined;
  const codes = new Uint8Array(file.tokens);
  const scanner = new LineScanner(text);
  const sentence = new SentenceSpacing(text, file, marked);
  for (let s = 0; s < file.sentences; s++) {
    const [start, end] = [file.sentenceStart[s], file.sentenceStart[s + 1]];
    if (end > mostTokens) break;
    for (let token = start; token < end; token++) {
      while (scanner.line < file.line[token] && scanner.advance())
        if (scanner.line < file.line[token]) sentence.between(scanner.start, scanner.end);
      sentence.token(token, scanner.start, scanner.end);
    }
    sentence.finish(codes, start);
  }
  return codes;
}

/** A word as it stands in the text: of one token, or of several. */
interface Word {
  readonly form: string;
  tokens: number;
  readonly noSpaceAfter: boolean;
}

/** Gathers what a file says of one sentence after the other. */
class SentenceSpacing {
  private readonly bounds: number[] = [];
  private readonly idColumn: number;
  private readonly forms: Pick<ReturnType<typeof columnAt>, 'values' | 'ids'>;
  private sentenceText: string | undefined;
  private words: Word[] = [];
  /** The row at hand is of the last word, which goes on to the token of this number. */
  private last = -1;
  private before: number = spacing.paragraph;

  constructor(
    private readonly text: string,
    private readonly file: CorpusFile,
    private readonly marked: boolean,
  ) {
    this.idColumn = file.layout.columns.indexOf('ID');
    this.forms = columnAt(file, file.layout.form);
  }

  /** Takes a line that is no token. */
  between(start: number, end: number): void {
    const line = this.text.slice(start, Math.min(end, start + longestLine));
    if (line.startsWith('#')) {
      const own = /^#\s*text\s*=\s?(.*)$/s.exec(line);
      if (own) this.sentenceText = own[1];
      if (/^#\s*newpar\b/.test(line) || isDocumentComment(this.text, start, end))
        this.before = spacing.paragraph;
      return;
    }
    const { layout } = this.file;
    if (this.idColumn < 0 || splitFields(this.text, start, end, layout, this.bounds) < layout.columns.length)
      return;
    const id = parseRowId(this.text, this.bounds[2 * this.idColumn], this.bounds[2 * this.idColumn + 1]);
    if (id.kind !== 'range') return;
    this.last = Number(/\d+$/.exec(this.field(this.idColumn))?.[0]);
    this.words.push({ form: this.field(layout.form), tokens: 0, noSpaceAfter: noSpace.test(line) });
  }

  token(token: number, start: number, end: number): void {
    if (this.last >= 0) {
      splitFields(this.text, start, end, this.file.layout, this.bounds);
      const number = Number(this.field(this.idColumn));
      if (number >= this.last) this.last = -1;
      const word = this.words.at(-1);
      if (word) word.tokens++;
      return;
    }
    const line = this.text.slice(start, Math.min(end, start + longestLine));
    const form = this.forms.values[this.forms.ids[token]];
    this.words.push({ form, tokens: 1, noSpaceAfter: this.marked && noSpace.test(line) });
  }

  /** Ends the sentence, whose first token is `token`. */
  finish(codes: Uint8Array, token: number): void {
    const { words } = this;
    const found = this.sentenceText === undefined ? undefined : spacingIn(this.sentenceText, words);
    const known = found !== undefined || (this.marked && this.sentenceText === undefined);
    let at = token;
    words.forEach((word, i) => {
      const own = found?.[i] ?? (words.at(i - 1)?.noSpaceAfter ? spacing.none : spacing.space);
      codes[at] = i === 0 ? this.before : known ? own : spacing.unknown;
      const forms = Array.from({ length: word.tokens }, (_, t) => this.forms.values[this.forms.ids[at + t]]);
      // Of other forms than the text has nothing is learned.
      const whole = word.tokens === 1 || forms.join('') === word.form;
      codes.fill(known && whole ? spacing.none : spacing.unknown, at + 1, at + word.tokens);
      at += word.tokens;
    });
    this.before = words.at(-1)?.noSpaceAfter ? spacing.none : spacing.space;
    this.sentenceText = undefined;
    this.words = [];
    this.last = -1;
  }

  private field(column: number): string {
    return this.text.slice(this.bounds[2 * column], this.bounds[2 * column + 1]);
  }
}

/** How words stand to each other in a text; undefined where they are not those of the text. */
function spacingIn(text: string, words: readonly Word[]): number[] | undefined {
  const codes: number[] = [];
  let at = 0;
  for (const { form } of words) {
    const from = at;
    while (at < text.length && /\s/.test(text[at]) && !text.startsWith(form, at)) at++;
    codes.push(at > from ? spacing.space : spacing.none);
    const end = endOfForm(text, at, form);
    if (end < 0) return undefined;
    at = end;
  }
  return codes;
}

/** Where a form ends that stands in a text, as it is or as treebanks write it; −1 where it does not. */
function endOfForm(text: string, at: number, form: string): number {
  if (text.startsWith(form, at)) return at + form.length;
  const original = rewritings.find(([, written]) => written === form)?.[0];
  return original !== undefined && text.startsWith(original, at) ? at + original.length : -1;
}
