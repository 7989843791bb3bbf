/** A text of a corpus in an editor and on the disk, as VS Code and its user treat them. */
import assert from 'node:assert/strict';
import type { CorpusLayout } from '../../../../src/corpus/corpus';
import { applyEdits, inverseEdits } from '../../../../src/corpus/textEdits';
import type { TextEdit } from '../../../../src/corpus/textEdits';
import type { AnswerFormat, Sentence } from './answerFormats';
import { asScheme } from './spanLabels';

export type Draw = (below: number) => number;

/** A sentence as it stands in the text; its words have numbers by which they are told apart. */
export interface Piece extends Sentence {
  readonly text: string;
  readonly ids: readonly number[];
}

/** The text at one moment. What is expected is kept by words, and knows nothing of offsets. */
export type Pieces = readonly Piece[];

/** One step of the editor’s undo. */
export interface Step {
  readonly before: Pieces;
  readonly after: Pieces;
  readonly edits: readonly TextEdit[];
  /** The text was read again from the disk. */
  readonly isReload?: true;
}

export abstract class EditedText {
  private nextWord = 0;
  private nextSentence = 0;
  pieces: Pieces;
  text: string;
  private disk: Pieces;
  private isDirty = false;
  private readonly commits: Pieces[] = [];
  protected undoable: Step[] = [];
  private redoable: Step[] = [];
  private readonly checked = new WeakSet<Piece>();

  /**
   * @param hasMarks each sentence begins with a word that no other has, so that it is known again in any text.
   */
  constructor(
    protected readonly format: AnswerFormat,
    protected readonly layout: CorpusLayout,
    protected readonly lineEnd: string,
    protected readonly hasMarks: boolean,
    protected readonly draw: Draw,
  ) {
    this.pieces = Array.from({ length: 1 + draw(4) }, () => this.newPiece());
    this.text = this.textOf(this.pieces);
    this.disk = this.pieces;
    this.check();
  }

  /** Each word has the label that it was given, and the text is what it is to be. */
  protected check(): void {
    assert.equal(this.text, this.textOf(this.pieces));
    for (const piece of this.pieces) {
      if (this.checked.has(piece)) continue;
      const { words, labels } = this.format.read(piece.text);
      assert.deepEqual(words, piece.words);
      assert.deepEqual(labels, piece.labels);
      this.checked.add(piece);
    }
  }

  protected textOf(pieces: Pieces): string {
    const { head, glue, tail } = this.format;
    return this.ended(head) + pieces.map(({ text }) => text).join(this.ended(glue)) + this.ended(tail);
  }

  private ended(text: string): string {
    return text.replaceAll('\n', this.lineEnd);
  }

  /** Where a sentence begins in the text. */
  protected startOf(pieces: Pieces, at: number): number {
    const { head, glue } = this.format;
    return pieces
      .slice(0, at)
      .reduce((sum, { text }) => sum + text.length + this.ended(glue).length, this.ended(head).length);
  }

  protected one<T>(all: readonly T[]): T {
    return all[this.draw(all.length)];
  }

  protected piece(words: readonly string[], labels: readonly string[], ids: readonly number[]): Piece {
    const own = asScheme(this.isSpans ? wellFormed(labels) : labels, this.format.scheme);
    const text = this.ended(this.format.write({ words, labels: own }, this.nextSentence++));
    return { text, words, labels: own, ids };
  }

  protected get isSpans(): boolean {
    return this.format.scheme !== 'none';
  }

  private newPiece(): Piece {
    const words = Array.from({ length: 2 + this.draw(4) }, () => this.one(this.format.words));
    if (this.hasMarks) words[0] = this.mark();
    return this.piece(words, this.drawnLabels(words.length), this.newIds(words.length));
  }

  private mark(): string {
    return `q${[...String(this.nextSentence)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
  }

  protected drawnLabels(length: number): string[] {
    if (!this.isSpans) return Array.from({ length }, () => this.one(this.format.types));
    const labels: string[] = [];
    while (labels.length < length) {
      const type = this.one(this.format.types);
      if (this.draw(2) === 0) labels.push('O');
      else labels.push(`B:${type}`, ...Array.from({ length: this.draw(3) }, () => `I:${type}`));
    }
    return labels.slice(0, length);
  }

  private newIds(length: number): number[] {
    return Array.from({ length }, () => this.nextWord++);
  }

  /** An edit in the editor: one step to undo. */
  protected make(after: Pieces, edits: readonly TextEdit[]): void {
    this.undoable.push({ before: this.pieces, after, edits });
    this.redoable = [];
    this.change(after, edits);
    this.isDirty = true;
  }

  private change(after: Pieces, edits: readonly TextEdit[]): void {
    this.text = applyEdits(this.text, edits);
    this.pieces = after;
    this.changed(edits);
  }

  /** Edits were made. */
  protected abstract changed(edits: readonly TextEdit[]): void;

  /** The text is another, not by an answer. */
  protected abstract follow(): void;

  /** The text was read again from the disk, or an Undo or Redo led over that. */
  protected abstract readAnew(): void;

  /** The file is opened again: of what was there before, its text alone is left. */
  protected abstract opened(): void;

  /** An edit as people make them: sentences and words come, go, are copied, parted and joined. */
  protected edit(): boolean {
    const [after, edits] = this.drawnEdit(this.pieces) ?? [];
    if (!after || !edits) return false;
    this.make(after, edits);
    this.follow();
    return true;
  }

  private drawnEdit(pieces: Pieces): [after: Pieces, edits: TextEdit[]] | undefined {
    const at = this.draw(pieces.length);
    const own = pieces[at];
    switch (this.draw(8)) {
      case 0:
        return this.inserted(pieces, at, this.newPiece());
      case 1: {
        const words = this.hasMarks ? [this.mark(), ...own.words.slice(1)] : own.words;
        return this.inserted(pieces, at, this.piece(words, own.labels, this.newIds(words.length)));
      }
      case 2:
        return pieces.length > 1 ? this.deleted(pieces, at) : undefined;
      case 3:
        return pieces.length > 1 && !this.hasMarks ? this.joined(pieces, at) : undefined;
      case 4: {
        const cut = 1 + this.draw(own.words.length - 1);
        if (this.hasMarks || own.words.length < 2) return undefined;
        const [left, right] = [own, own].map(({ words, labels, ids }, i) => {
          const range = i === 0 ? ([0, cut] as const) : ([cut, words.length] as const);
          return this.piece(words.slice(...range), labels.slice(...range), ids.slice(...range));
        });
        const text = left.text + this.ended(this.format.glue) + right.text;
        return this.instead(pieces, at, 1, [left, right], text);
      }
      default:
        // Which of two words that are alike was deleted, the text does not tell: the sentence has to be marked.
        return this.hasMarks ? this.withOtherWords(pieces, at) : undefined;
    }
  }

  private withOtherWords(pieces: Pieces, at: number): [Pieces, TextEdit[]] {
    const { words, labels, ids } = pieces[at];
    const first = this.hasMarks ? 1 : 0;
    const i = Math.min(words.length - 1, first + this.draw(words.length));
    const gone = i < first ? 0 : this.draw(words.length > first + 1 ? 3 : 2) % (words.length - i + 1);
    const isAll = gone === words.length;
    const added = Array.from({ length: isAll || this.draw(2) === 0 ? 1 : 0 }, () =>
      this.one(this.format.words),
    );
    const from = Math.max(i, first);
    const put = <T>(all: readonly T[], own: readonly T[]): T[] => [
      ...all.slice(0, from),
      ...own,
      ...all.slice(from + gone),
    ];
    const piece = this.piece(
      put(words, added),
      put(labels, this.drawnLabels(added.length)),
      put(ids, this.newIds(added.length)),
    );
    return this.instead(pieces, at, 1, [piece], piece.text);
  }

  private inserted(pieces: Pieces, at: number, piece: Piece): [Pieces, TextEdit[]] {
    const start = this.startOf(pieces, at);
    return [
      [...pieces.slice(0, at), piece, ...pieces.slice(at)],
      [{ start, end: start, text: piece.text + this.ended(this.format.glue) }],
    ];
  }

  private deleted(pieces: Pieces, at: number): [Pieces, TextEdit[]] {
    const glue = this.ended(this.format.glue).length;
    const start = this.startOf(pieces, at);
    const isLast = at + 1 === pieces.length;
    const end = start + pieces[at].text.length;
    return [
      pieces.filter((_, i) => i !== at),
      [isLast ? { start: start - glue, end, text: '' } : { start, end: end + glue, text: '' }],
    ];
  }

  private joined(pieces: Pieces, at: number): [Pieces, TextEdit[]] {
    const first = Math.min(at, pieces.length - 2);
    const [a, b] = [pieces[first], pieces[first + 1]];
    const piece = this.piece([...a.words, ...b.words], [...a.labels, ...b.labels], [...a.ids, ...b.ids]);
    return this.instead(pieces, first, 2, [piece], piece.text);
  }

  /** Other sentences in the place of some, by what differs alone. */
  private instead(
    pieces: Pieces,
    at: number,
    count: number,
    now: readonly Piece[],
    text: string,
  ): [Pieces, TextEdit[]] {
    const start = this.startOf(pieces, at);
    const old = pieces
      .slice(at, at + count)
      .map((own) => own.text)
      .join(this.ended(this.format.glue));
    let [head, tail] = [0, 0];
    while (head < Math.min(old.length, text.length) && old[head] === text[head]) head++;
    while (tail < Math.min(old.length, text.length) - head && old.at(-1 - tail) === text.at(-1 - tail))
      tail++;
    return [
      [...pieces.slice(0, at), ...now, ...pieces.slice(at + count)],
      [{ start: start + head, end: start + old.length - tail, text: text.slice(head, text.length - tail) }],
    ];
  }

  /** Somebody types another label. */
  protected labelByHand(): boolean {
    const at = this.draw(this.pieces.length);
    const { words, ids } = this.pieces[at];
    const piece = this.piece(words, this.drawnLabels(words.length), ids);
    this.make(...this.instead(this.pieces, at, 1, [piece], piece.text));
    this.follow();
    return true;
  }

  protected undo(): boolean {
    const last = this.undoable.pop();
    if (!last) return false;
    this.redoable.push(last);
    if (last.isReload) this.readAnew();
    this.change(last.before, inverseEdits(this.textOf(last.before), last.edits));
    this.isDirty = this.text !== this.textOf(this.disk);
    this.follow();
    return true;
  }

  protected redo(): boolean {
    const last = this.redoable.pop();
    if (!last) return false;
    this.undoable.push(last);
    if (last.isReload) this.readAnew();
    this.change(last.after, last.edits);
    this.isDirty = this.text !== this.textOf(this.disk);
    this.follow();
    return true;
  }

  protected save(): boolean {
    this.disk = this.pieces;
    this.isDirty = false;
    if (this.commits.length < 4 && this.draw(2) === 0) this.commits.push(this.pieces);
    return true;
  }

  /** VS Code reads the text again from the disk, by lines that differ; Undo leads back over it. */
  private readAgain(): void {
    const [before, after] = [this.text, this.textOf(this.disk)];
    this.isDirty = false;
    if (before === after) return;
    const edits = [differingLines(before, after, this.lineEnd)];
    const step: Step = { before: this.pieces, after: this.disk, edits, isReload: true };
    this.readAnew();
    this.undoable.push(step);
    this.redoable = [];
    this.change(this.disk, edits);
    this.follow();
  }

  protected revert(): boolean {
    this.readAgain();
    return true;
  }

  /** Another program, or another window, edits the file or answers in it. */
  protected changeOnDisk(): boolean {
    const edited = this.drawnEdit(this.disk);
    const at = this.draw(this.disk.length);
    const { words, ids } = this.disk[at];
    const isAnswer = this.draw(2) === 0;
    const piece = this.piece(words, this.drawnLabels(words.length), ids);
    const after = isAnswer ? this.disk.map((own, i) => (i === at ? piece : own)) : edited?.[0];
    if (!after) return false;
    this.disk = after;
    if (!this.isDirty) this.readAgain();
    return true;
  }

  protected checkout(): boolean {
    if (this.commits.length === 0) return false;
    this.disk = this.one(this.commits);
    if (!this.isDirty) this.readAgain();
    return true;
  }

  /** The window dies: VS Code restores what is not saved, and nothing else. */
  protected crash(): boolean {
    if (!this.isDirty) this.pieces = this.disk;
    this.begin();
    return true;
  }

  /** Closed without a save. */
  protected close(): boolean {
    this.pieces = this.disk;
    this.isDirty = false;
    this.begin();
    return true;
  }

  private begin(): void {
    this.text = this.textOf(this.pieces);
    this.undoable = [];
    this.redoable = [];
    this.opened();
  }
}

/** What goes on begins, where what it went on from is gone. */
function wellFormed(labels: readonly string[]): string[] {
  const own: string[] = [];
  for (const label of labels) {
    const before = own.at(-1) ?? 'O';
    own.push(label.startsWith('I') && before.slice(2) !== label.slice(2) ? `B${label.slice(1)}` : label);
  }
  return own;
}

/** The one edit by which VS Code makes a text that is read again of the one before. */
function differingLines(before: string, after: string, lineEnd: string): TextEdit {
  const [old, now] = [before.split(lineEnd), after.split(lineEnd)];
  const shorter = Math.min(old.length, now.length);
  let [head, tail] = [0, 0];
  while (head < shorter && old[head] === now[head]) head++;
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const offset = (lines: readonly string[], line: number): number =>
    lines.slice(0, line).reduce((sum, own) => sum + own.length + lineEnd.length, 0);
  const ofLines = (lines: readonly string[], text: string): [start: number, end: number] => {
    if (tail > 0) return [offset(lines, head), offset(lines, lines.length - tail)];
    return head > 0 ? [offset(lines, head) - lineEnd.length, text.length] : [0, text.length];
  };
  const [start, end] = ofLines(old, before);
  return { start, end, text: after.slice(...ofLines(now, after)) };
}
