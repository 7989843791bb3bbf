import { markOf, sameMark } from './textMark';
import type { TextMark } from './textMark';

const mostSteps = 200;
/** Texts between edits that are told apart since the first step. */
const mostMoments = 5_000;

/** How a text came to be what it is: by an edit, or by the editor’s own Undo or Redo. */
export type TextChangeKind = 'edit' | 'undo' | 'redo';

/** A text between two edits. Another moment may have the same text. */
interface Moment {
  readonly mark: TextMark;
}

interface Made<S> {
  readonly step: S;
  readonly at: Moment;
}

/**
 * Steps that were made between the edits of a text, to be undone and redone in the order of both. A step is the
 * next one where the edits behind it were undone, and not where other edits led to the same text again: nor
 * where Undo comes back to such a text on its way.
 */
export class UndoSteps<S> {
  private readonly done: Made<S>[] = [];
  private readonly undone: Made<S>[] = [];
  /** What the text was since the first step, in the order of its edits. */
  private moments: Moment[] = [];
  /** The moment of now; one before the first where Undo led there, one behind the last where Redo did. */
  private now = -1;

  /** Whether there are steps to undo, now or once edits of the text are. */
  get hasDone(): boolean {
    return this.done.length > 0;
  }

  get hasUndone(): boolean {
    return this.undone.length > 0;
  }

  /** The step to undo now; undefined where an edit of the text is to be undone first. */
  get toUndo(): S | undefined {
    return this.next(this.done);
  }

  get toRedo(): S | undefined {
    return this.next(this.undone);
  }

  /**
   * A step that was made.
   * @param text in which it was made.
   * @param now the text of now, where it was edited since.
   */
  record(step: S, text: string, now = text): void {
    this.undone.length = 0;
    this.forget();
    const mark = markOf(text);
    let at = this.find(mark, this.now, -1);
    if (at < 0) {
      at = Math.min(this.now + 1, this.moments.length);
      this.moments.splice(at, 0, { mark });
      this.now = at;
    }
    this.done.push({ step, at: this.moments[at] });
    if (this.done.length > mostSteps) this.done.shift();
    if (now !== text && at === this.now) this.edited(markOf(now));
  }

  /** {@link toUndo} was undone. @param made what can be redone of it. @param left what is still to be undone. */
  undid(made: S | undefined, left?: S): void {
    move(this.done, this.undone, made, left);
  }

  redid(made: S | undefined, left?: S): void {
    move(this.undone, this.done, made, left);
  }

  /**
   * The text has changed.
   * @param length of the text of now, in UTF-16 units.
   * @param text the text of now; it is called where it has to be told from others.
   */
  changed(kind: TextChangeKind, length: number, text: () => string): void {
    if (kind === 'edit') this.undone.length = 0;
    if (!this.hasDone && !this.hasUndone) return this.forgetAll();
    if (kind === 'edit') return this.edited(markOf(text()));
    const by = kind === 'undo' ? -1 : 1;
    const mark = this.markIfNear(length, text);
    const at = mark ? this.find(mark, this.now + by, by) : -1;
    if (at >= 0) this.now = at;
    // An edit that leads to the same text can be undone, too.
    else if (this.now in this.moments && !(mark && this.isNow(mark)))
      this.now = by < 0 ? -1 : this.moments.length;
  }

  /** Looks whether a text is one in which a step was made, as where it was closed and opened again. */
  look(length: number, text: () => string): void {
    const mark = this.markIfNear(length, text);
    if (mark && this.isNow(mark)) return;
    const of = [this.done.at(-1), this.undone.at(-1)].find(
      (made) => made && mark && sameMark(made.at.mark, mark),
    );
    this.now = of ? this.moments.indexOf(of.at) : -1;
  }

  /** Behind an edit, what was undone before it is out of reach. */
  private edited(mark: TextMark): void {
    this.moments.splice(this.now + 1);
    this.moments.push({ mark });
    if (this.moments.length > 2 * mostMoments) this.moments.splice(0, mostMoments);
    this.now = this.moments.length - 1;
    this.forget();
  }

  /** Forgets steps whose text no Undo can lead to any more. */
  private forget(): void {
    for (let last = this.done.at(-1); last; last = this.done.at(-1)) {
      const at = this.moments.lastIndexOf(last.at);
      if (at >= 0 && at <= this.now) break;
      this.done.pop();
    }
  }

  private forgetAll(): void {
    this.moments = [];
    this.now = -1;
  }

  private markIfNear(length: number, text: () => string): TextMark | undefined {
    return this.moments.some(({ mark }) => mark.length === length) ? markOf(text()) : undefined;
  }

  private isNow(mark: TextMark): boolean {
    return this.now in this.moments && sameMark(this.moments[this.now].mark, mark);
  }

  /** The nearest moment that has a text, from one on. @returns -1 where there is none. */
  private find(mark: TextMark, from: number, by: 1 | -1): number {
    let at = by < 0 ? Math.min(from, this.moments.length - 1) : Math.max(from, 0);
    for (; at in this.moments; at += by) if (sameMark(this.moments[at].mark, mark)) return at;
    return -1;
  }

  private next(steps: readonly Made<S>[]): S | undefined {
    const last = steps.at(-1);
    return last && this.now in this.moments && last.at === this.moments[this.now] ? last.step : undefined;
  }
}

function move<S>(from: Made<S>[], to: Made<S>[], made: S | undefined, left: S | undefined): void {
  const last = from.pop();
  if (!last) return;
  if (left !== undefined) from.push({ ...last, step: left });
  if (made !== undefined) to.push({ ...last, step: made });
}
