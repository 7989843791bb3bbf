/** A document whose labels are answered in a review. */
import assert from 'node:assert/strict';
import { moved } from '../../../../src/corpus/answers/tokenTarget';
import type { TokenTarget } from '../../../../src/corpus/answers/tokenTarget';
import type { TextEdit } from '../../../../src/corpus/textEdits';
import { ReviewSteps } from '../../../../src/editor/answers/reviewSteps';
import { answered, targetAt, wordsAt, wordsBeside } from './bratAnswer';
import { DocumentOnDisk } from './documentOnDisk';
import { exchanged, isClear, labelsIn } from './expectedLabels';
import type { Given } from './expectedLabels';
import { textOf, wordOf } from './uniqueWords';

const file = 'a';
export const types = ['PER', 'LOC', '__proto__'];

export class ReviewedDocument extends DocumentOnDisk {
  private review = new ReviewSteps();
  private given: Given[] = [];
  /** The words as the review knows them. */
  private reviewWords: readonly number[] = this.words;
  /** Words that an answer is to be about. */
  private targets: { target: TokenTarget | undefined; readonly words: readonly number[] }[] = [];

  protected take(): boolean {
    const at = this.draw(this.words.length);
    const words = this.words.slice(at, at + 1 + this.draw(3));
    const start = this.text.indexOf(wordOf(words[0]));
    const target = targetAt(this.text, { start, end: start + textOf(words).length });
    this.targets.push({ target, words });
    return true;
  }

  /** An answer to words of a sentence that is as it was when they were taken; the text is saved first. */
  protected answer(): boolean {
    const known = this.targets.at(this.draw(this.targets.length));
    if (!known?.target) return false;
    const found = wordsAt(this.text, known.target);
    if (found === undefined) return false;
    assert.equal(found, textOf(known.words), 'other words are taken for those that were meant');
    if (!this.save()) return false;
    const type = this.draw(4) === 0 ? undefined : types[this.draw(types.length)];
    const after = answered(this.text, this.annotations.now, known.target, type);
    const whole = this.labels.find(({ words }) => words.includes(known.words[0]));
    // One word of a span stands for the whole span.
    const words = known.words.length === 1 ? (whole?.words ?? known.words) : known.words;
    const left = this.labels.flatMap((label) =>
      wordsBeside(label.words, words).map((own) => ({ ...label, words: own })),
    );
    const labels = type === undefined ? left : [...left, { type, words }];
    const [before, old] = [this.annotations.now, this.labels];
    if (before === undefined || !isClear(this.reviewWords, this.words)) return false;
    if (!this.make(after, labels, 'unsaved')) return false;
    this.review.answer(this.given.length, file, before, after, this.text);
    this.moveReview();
    const come = labels.filter((label) => !old.includes(label));
    this.given.push({ gone: old.filter((label) => !labels.includes(label)), come });
    return true;
  }

  /** U in a review; the text is saved first, as for an answer. */
  protected takeBack(): boolean {
    if (typeof this.review.last === 'string' || !isClear(this.reviewWords, this.words)) return false;
    if (!this.save() || this.annotations.now === undefined) return false;
    this.review.move(file, this.annotations.now, this.text);
    const { last } = this.review;
    if (typeof last === 'string' || !last.edit) return false;
    if (last.edit.text !== this.annotations.now) return this.note('other labels');
    if (this.words !== this.reviewWords) this.note('take back over an edit');
    this.moveReview();
    const { gone, come } = this.given[last.index];
    this.make(last.edit.before, exchanged(this.labels, come, gone), 'unsaved');
    this.review.takenBack();
    return true;
  }

  /** What came into a label since is a part of it also once the label's own words go. */
  protected moveReview(): void {
    this.given = this.given.map(({ gone, come }) => ({
      gone: labelsIn(gone, this.words),
      come: labelsIn(come, this.words),
    }));
    this.reviewWords = this.words;
  }

  /** The review is told the annotations of now. */
  protected follow(): void {
    if (this.annotations.now !== undefined) this.review.follow(file, this.annotations.now);
  }

  protected override tell(changes: readonly TextEdit[], text: string, kind: 'edit' | 'undo' | 'redo'): void {
    super.tell(changes, text, kind);
    for (const {
      start,
      end,
      text: { length },
    } of [...changes].reverse())
      for (const known of this.targets)
        known.target &&= moved(known.target, { offset: start, removed: end - start, inserted: length });
  }

  protected override forgetSteps(): void {
    super.forgetSteps();
    this.targets = [];
  }

  protected override begin(): void {
    super.begin();
    this.review = new ReviewSteps();
    this.reviewWords = this.words;
    this.given = [];
  }
}
