/** A text with its annotations in an editor and on the disk, as VS Code treats them: edits, Undo, saves. */
import assert from 'node:assert/strict';
import { UndoSteps } from '../../../../src/common/undoSteps';
import { inverseStep, makeStep, stepBetween } from '../../../../src/corpus/formats/annotationSteps';
import type { AnnotationStep } from '../../../../src/corpus/formats/annotationSteps';
import { spansIn } from '../../../../src/corpus/formats/bratEdits';
import { FollowedText } from '../../../../src/corpus/formats/followedText';
import { editsBetween } from '../../../../src/corpus/textEdits';
import type { TextEdit } from '../../../../src/corpus/textEdits';
import { AnnotationBuffer } from './annotationBuffer';
import type { ExpectedLabel, LabelledWords, Moment } from './expectedLabels';
import { textOf } from './uniqueWords';

/** Draws a whole number below another. */
export type Draw = (below: number) => number;

/**
 * Each word is there once, so that a label is at a wrong place where it is on other words. What is expected is
 * kept by words and moments, and knows nothing of offsets.
 */
export class LabelledDocument {
  protected nextWord = 0;
  protected words: readonly number[];
  text: string;
  protected disk: { text: string };
  protected readonly annotations = new AnnotationBuffer();
  protected savedMoment: Moment;
  /** What the annotations on the disk say, and of which words; undefined where nobody knows any more. */
  protected annotated: LabelledWords | undefined;
  /** What the annotations of now say, unsaved or not, and of which words. */
  protected bufferOf: LabelledWords;
  /** As VS Code has it: an edit makes a text dirty, also one that leads to what is in the file. */
  protected isDirty = false;
  /** What a save was about to make of annotations that could not be written. */
  protected journal: { text: string; before: string | undefined; after: string } | undefined;
  /** Pairs of a text and annotations that were on the disk. */
  protected commits: { moment: Moment; annotations: string | undefined }[] = [];
  protected labels: readonly ExpectedLabel[] = [];
  followed: FollowedText;
  private steps = new UndoSteps<{
    step: AnnotationStep;
    before: readonly ExpectedLabel[];
    after: readonly ExpectedLabel[];
  }>();
  protected undoable: { before: Moment; after: Moment }[] = [];
  private redoable: { before: Moment; after: Moment }[] = [];
  /** What stands behind words that were deleted: words that are put there take their place, and their label. */
  protected readonly seams = new Set<number | undefined>();
  /** Words that are not saved yet: beside them it is open whose place they took. */
  protected readonly fresh = new Set<number | undefined>();
  readonly counts: Record<string, number> = {};
  /** What was done, for whoever looks for a fault. */
  readonly log: string[] = [];

  constructor(protected readonly draw: Draw) {
    this.words = Array.from({ length: 6 + draw(6) }, () => this.nextWord++);
    this.text = textOf(this.words);
    this.disk = { text: this.text };
    this.savedMoment = this.moment;
    this.bufferOf = this.moment;
    this.annotated = this.moment;
    this.followed = new FollowedText(this.text);
    this.followed.read(undefined, this.text);
  }

  protected get moment(): Moment {
    return { words: this.words, text: this.text, labels: this.labels };
  }

  protected note(what: string): false {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
    return false;
  }

  protected edit(words: readonly number[], labels: readonly ExpectedLabel[]): boolean {
    const before = this.moment;
    const text = textOf(words);
    const changes = editsBetween(this.text, text);
    this.words = words;
    this.labels = labels;
    this.isDirty = true;
    this.tell(changes, text, 'edit');
    this.undoable.push({ before, after: this.moment });
    this.redoable = [];
    return true;
  }

  protected tell(changes: readonly TextEdit[], text: string, kind: 'edit' | 'undo' | 'redo'): void {
    // As an editor tells changes: from the last to the first.
    this.followed.change([...changes].reverse(), kind === 'edit' ? 'edit' : 'undo', () => text);
    this.text = text;
    this.steps.changed(kind, text.length, () => text);
  }

  protected found({ words, type }: ExpectedLabel): ReturnType<typeof spansIn> {
    const quote = textOf(words);
    const found = spansIn(this.text, this.annotations.now ?? '').filter(
      (span) => span.type === type && this.text.slice(span.start, span.end) === quote,
    );
    assert.equal(found.length, 1);
    return found;
  }

  protected make(
    after: string,
    labels: readonly ExpectedLabel[],
    as: 'written' | 'unsaved' = 'written',
  ): boolean {
    const before = this.annotations.now;
    if (before === after) return false;
    if (as === 'unsaved') this.annotations.edit(after);
    this.put(after, { words: this.words, labels });
    this.followed.read(after, this.text, !this.isDirty, !this.annotations.isDirty);
    this.steps.record({ step: stepBetween(before, after), before: this.labels, after: labels }, this.text);
    this.labels = labels;
    this.savedMoment = this.moment;
    this.redoable = [];
    return true;
  }

  protected put(annotations: string | undefined, of: LabelledWords): void {
    this.annotations.write(annotations);
    this.bufferOf = of;
    if (!this.annotations.isDirty) this.annotated = of;
  }

  protected undo(): boolean {
    const next = this.steps.toUndo;
    if (next) {
      this.give(inverseStep(next.step), next.before);
      this.steps.undid(next);
      return true;
    }
    const last = this.undoable.pop();
    if (!last) return false;
    this.redoable.push(last);
    this.go(last.before, 'undo');
    return true;
  }

  protected redo(): boolean {
    const next = this.steps.toRedo;
    if (next) {
      this.give(next.step, next.after);
      this.steps.redid(next);
      return true;
    }
    const last = this.redoable.pop();
    if (!last) return false;
    this.undoable.push(last);
    this.go(last.after, 'redo');
    return true;
  }

  protected give(step: AnnotationStep, labels: readonly ExpectedLabel[]): void {
    // What a save has to write of the annotations comes first.
    if (!this.isDirty && this.followed.toWrite) this.write();
    this.labels = labels;
    const made = makeStep(this.isDirty ? this.followed.annotations : this.annotations.now, step);
    assert.notEqual(made, 'changed');
    if (made === 'changed') return;
    if (this.isDirty) return this.followed.put(made.after ?? '', this.text);
    // A file with unsaved changes is emptied, and not deleted.
    const after = made.after ?? (this.annotations.isDirty ? '' : undefined);
    this.put(after, this.moment);
    this.followed.read(after, this.text, true, !this.annotations.isDirty);
    this.savedMoment = this.moment;
  }

  protected go(to: Moment, kind: 'undo' | 'redo'): void {
    const changes = editsBetween(this.text, to.text);
    this.noteOpenPlaces(to.words);
    this.words = to.words;
    // Labels were given and taken back in order, so that there are those of then.
    this.labels = to.labels;
    this.tell(changes, to.text, kind);
    this.isDirty = this.text !== this.disk.text;
    if (this.isDirty) return;
    this.followed.reloaded(this.text);
    this.isSaved();
  }

  /** Undo and Redo delete and insert words too. */
  protected noteOpenPlaces(now: readonly number[]): void {
    const [saved, left] = [new Set(this.savedMoment.words), new Set(now)];
    for (const word of now) if (!saved.has(word)) this.fresh.add(word);
    this.words.forEach((word, i) => {
      if (!left.has(word)) this.seams.add(this.words.slice(i).find((behind) => left.has(behind)));
    });
  }

  protected isSaved(): void {
    this.isDirty = false;
    // Annotations on the disk are still of the words before.
    if (this.annotations.isDirty) return;
    this.seams.clear();
    this.fresh.clear();
  }

  protected save(annotations: 'are written' | 'fails' = 'are written'): boolean {
    if (this.isDirty) {
      this.disk.text = this.text;
      this.followed.saved(this.text, this.text);
    } else this.followed.reloaded(this.text);
    this.isSaved();
    const write = this.followed.toWrite;
    if (annotations === 'fails') {
      if (write) this.journal = { text: this.disk.text, ...write };
      this.savedMoment = this.moment;
      return true;
    }
    this.write();
    return true;
  }

  protected write(): void {
    const write = this.followed.toWrite;
    if (write) {
      assert.equal(this.annotations.now, write.before);
      this.annotations.write(write.after);
      this.followed.written(write, !this.annotations.isDirty);
    }
    this.put(this.annotations.now, this.isDirty ? this.savedMoment : this.moment);
    if (this.followed.isInStep) this.journal = undefined;
    if (!this.isDirty) this.savedMoment = this.moment;
    if (!this.isDirty && this.commits.length < 5 && !this.annotations.isDirty)
      this.commits.push({ moment: this.moment, annotations: this.annotations.now });
  }

  protected forgetSteps(): void {
    this.steps = new UndoSteps();
    this.undoable = [];
    this.redoable = [];
  }

  protected begin(): void {
    this.followed = new FollowedText(this.disk.text);
    this.followed.read(this.annotations.now, this.text, !this.isDirty, !this.annotations.isDirty);
    this.followed.tellDisk(this.annotations.onDisk);
    // A window that begins does not know what unsaved annotations were before, but where that is of the same text.
    if (this.annotations.isDirty && this.annotated && textOf(this.annotated.words) !== this.disk.text)
      this.annotated = undefined;
    this.forgetSteps();
  }
}
