/** Where a file's sentences and documents stand, and what they say: for an editor's outline and its folding. */
import { shownName } from '../common/shownText';
import type { CorpusFile } from './corpus';
import { columnAt } from './corpusFile';
import { formatOf } from './formats';
import {
  isDocumentComment,
  isDocumentRow,
  isInvisibleLine,
  isSentenceMark,
  lineStart,
} from './formats/rows/lineKinds';
import { isUnspaced } from './script';
import { LineScanner } from './text/lines';

/** A file's sentences and documents; flat arrays with one number for each of them. Lines count from 0. */
export interface CorpusOutline {
  /** First and last line of each sentence: comments before it and rows that were left out are of it. */
  readonly firstLine: Uint32Array;
  readonly lastLine: Uint32Array;
  /** UTF-16 columns on those lines where it starts and ends; the end is exclusive. */
  readonly startColumn: Uint32Array;
  readonly endColumn: Uint32Array;
  /** The line of its first token. */
  readonly tokenLine: Uint32Array;
  /** Each sentence's text, shortened. */
  readonly names: readonly string[];
  /** The documents that the file says it has: none where it says nothing of documents. */
  readonly documents: readonly OutlinedDocument[];
}

export interface OutlinedDocument {
  readonly name: string;
  /** The line that begins it. */
  readonly line: number;
  /** Its sentences, by their numbers: from `first` to `end`, exclusive. */
  readonly first: number;
  readonly end: number;
}

/** Characters of a name, and tokens that are joined for it. */
const longestName = 100;
const mostTokens = 50;

/** The outline of a file that was read from this text. Takes linear time. */
export function outlineOf(text: string, file: CorpusFile): CorpusOutline {
  return new Outliner(text, file).outline();
}

class Outliner {
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;
  private readonly lines: number;
  private readonly comment: string;
  private readonly isRows: boolean;
  private readonly form: { readonly values: readonly string[]; readonly ids: Uint32Array };

  constructor(
    private readonly text: string,
    private readonly file: CorpusFile,
  ) {
    const scanner = new LineScanner(text);
    const starts: number[] = [];
    const ends: number[] = [];
    while (scanner.advance()) {
      starts.push(lineStart(text, scanner.start, scanner.end));
      ends.push(scanner.end);
    }
    this.starts = Uint32Array.from(starts);
    this.ends = Uint32Array.from(ends);
    this.lines = starts.length;
    this.comment = file.layout.comment ?? '#';
    this.isRows = formatOf(file.layout).tokenPerLine === true;
    this.form = columnAt(file, file.layout.form);
  }

  outline(): CorpusOutline {
    const { sentences } = this.file;
    const result = {
      firstLine: new Uint32Array(sentences),
      lastLine: new Uint32Array(sentences),
      startColumn: new Uint32Array(sentences),
      endColumn: new Uint32Array(sentences),
      tokenLine: new Uint32Array(sentences),
      names: [] as string[],
    };
    for (let s = 0, before = -1; s < sentences; s++) {
      const { line, startColumn, endColumn, sentenceStart } = this.file;
      const first = sentenceStart[s];
      const last = sentenceStart[s + 1] - 1;
      const next = s + 1 < sentences ? line[sentenceStart[s + 1]] : this.lines;
      const firstLine = this.isRows ? this.blockStart(line[first], before) : line[first];
      const lastLine = this.isRows ? this.blockEnd(line[last], next) : line[last];
      result.firstLine[s] = firstLine;
      result.lastLine[s] = lastLine;
      result.startColumn[s] = this.isRows ? 0 : startColumn[first];
      result.endColumn[s] = this.isRows ? this.ends[lastLine] - this.starts[lastLine] : endColumn[last];
      result.tokenLine[s] = line[first];
      result.names.push(this.nameOf(first, last + 1, firstLine));
      before = lastLine;
    }
    return { ...result, documents: this.documents(result.firstLine, result.lastLine) };
  }

  /** The first line of what stands above a sentence's first row, without a blank line between. */
  private blockStart(line: number, before: number): number {
    let first = line;
    while (first - 1 > before && !this.parts(first - 1)) first--;
    return first;
  }

  /** The last line of the rows behind a sentence's last token: those that are no tokens, or were left out. */
  private blockEnd(line: number, next: number): number {
    let last = line;
    while (last + 1 < next && !this.parts(last + 1) && !this.isComment(last + 1)) last++;
    return last;
  }

  /** Whether a line is of no sentence. */
  private parts(line: number): boolean {
    const { text } = this;
    const [start, end] = [this.starts[line], this.ends[line]];
    return isInvisibleLine(text, start, end) || isSentenceMark(text, start, end) || this.beginsDocument(line);
  }

  private isComment(line: number): boolean {
    return this.comment !== '' && this.text.startsWith(this.comment, this.starts[line]);
  }

  private beginsDocument(line: number): boolean {
    const [start, end] = [this.starts[line], this.ends[line]];
    return isDocumentRow(this.text, start, end) || isDocumentComment(this.text, start, end);
  }

  private nameOf(first: number, end: number, firstLine: number): string {
    for (let line = firstLine; this.isRows && line < this.file.line[first]; line++) {
      const stated = /^#\s*text\s*=\s*(.*\S)/.exec(this.lineText(line));
      if (stated) return shownName(stated[1], longestName);
    }
    const { line, startColumn, endColumn } = this.file;
    let name = '';
    let before = '';
    for (let t = first; t < Math.min(end, first + mostTokens) && name.length <= longestName; t++) {
      const word = this.form.values[this.form.ids[t]];
      const touches = t > first && line[t] === line[t - 1] && startColumn[t] === endColumn[t - 1];
      const isJoined = t === first || touches || (isUnspaced(before) && isUnspaced(word));
      name += `${isJoined ? '' : ' '}${word.slice(0, longestName)}`;
      before = word;
    }
    return shownName(end - first > mostTokens ? `${name}…` : name, longestName).trim() || '…';
  }

  private lineText(line: number): string {
    return this.text.slice(this.starts[line], Math.min(this.ends[line], this.starts[line] + 2000));
  }

  private documents(firstLine: Uint32Array, lastLine: Uint32Array): OutlinedDocument[] {
    const { sentences, sentenceDocument } = this.file;
    const found: OutlinedDocument[] = [];
    let isStated = false;
    for (let first = 0, end = 0; first < sentences; first = end) {
      while (end < sentences && sentenceDocument[end] === sentenceDocument[first]) end++;
      const mark = this.isRows
        ? this.markBefore(firstLine[first], first === 0 ? -1 : lastLine[first - 1])
        : -1;
      isStated ||= mark >= 0 || found.length > 0;
      const line = mark < 0 ? firstLine[first] : mark;
      found.push({ name: this.documentName(mark, found.length + 1), line, first, end });
    }
    return isStated ? found : [];
  }

  /** The line above a document's first sentence that begins it; −1 where there is none. */
  private markBefore(line: number, before: number): number {
    for (let above = line - 1; above > before; above--)
      if (this.beginsDocument(above) || /-{1,2} ?docstart\b/i.test(this.lineText(above))) return above;
    return -1;
  }

  /** What the file calls a document, else its number. */
  private documentName(mark: number, number: number): string {
    const named =
      mark < 0
        ? undefined
        : /^#\s*(?:newdoc\s+id\s*=\s*(.*\S)|begin document\s+(.*\S))/.exec(this.lineText(mark));
    return shownName(named?.[1] ?? named?.[2] ?? `Document ${number}`, longestName);
  }
}
