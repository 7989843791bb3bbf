/** What happens to a labelled document besides its edits: saves of its annotations, crashes, changes on the disk. */
import assert from 'node:assert/strict';
import { FollowedText } from '../../../../src/corpus/formats/followedText';
import { editsBetween } from '../../../../src/corpus/textEdits';
import { placesOf } from './bratAnswer';
import { haveSame, isClear, labelsIn } from './expectedLabels';
import { LabelledDocument } from './labelledDocument';

export class DocumentOnDisk extends LabelledDocument {
  protected saveAnnotations(): boolean {
    if (!this.annotations.isDirty) return false;
    this.annotations.save();
    this.annotated = this.bufferOf;
    this.followed.read(this.annotations.now, this.text, !this.isDirty);
    return true;
  }

  /** Unsaved labels are thrown away: those on the disk are of the text as it was when they were saved. */
  protected revertAnnotations(): boolean {
    const { annotated } = this;
    if (!this.annotations.isDirty || !annotated || this.journal || this.followed.toWrite) return false;
    const saved = this.savedMoment.words;
    if (!isClear(annotated.words, saved) || !isClear(saved, this.words)) return false;
    // What an Undo gave back or took since is of the unsaved text, and stays.
    if (!haveSame(labelsIn(this.bufferOf.labels, this.words), this.labels)) return false;
    if (this.isDirty) this.note('revert annotations of an unsaved text');
    if (annotated.words.join() !== this.words.join()) this.note('labels catch up');
    this.annotations.revert();
    this.bufferOf = annotated;
    this.followed.read(this.annotations.now, this.text, !this.isDirty);
    // They follow to the text in its file, and from there to the one of now.
    const labels = labelsIn(annotated.labels, saved);
    this.savedMoment = { ...this.savedMoment, labels };
    this.labels = labelsIn(labels, this.words);
    this.forgetSteps();
    this.catchUp();
    return true;
  }

  /** As is done once annotations were read. */
  protected catchUp(): void {
    const isDue = this.followed.isBehind || (!this.followed.isOnDisk && !this.isDirty);
    if (isDue && this.followed.toWrite) this.write();
  }

  protected mend(): void {
    const { journal } = this;
    if (journal?.text === this.disk.text && journal.before === this.annotations.now)
      this.put(journal.after, this.savedMoment);
    this.journal = undefined;
  }

  /** The window is reloaded: VS Code restores what is not saved. */
  protected reload(): boolean {
    // A label that came back with an Undo, or went so, is of the text that is not saved.
    if (this.hasOtherLabels()) return false;
    this.mend();
    this.begin();
    return true;
  }

  protected hasOtherLabels(): boolean {
    const { journal } = this;
    const isMended = journal?.text === this.disk.text && journal.before === this.annotations.now;
    const followed = new FollowedText(this.disk.text);
    followed.read(isMended ? journal.after : this.annotations.now, this.text, false);
    return placesOf(this.text, followed.annotations) !== placesOf(this.text, this.followed.annotations);
  }

  /** The window dies between the write of the text and that of its annotations, and the next one mends them. */
  protected crash(): boolean {
    const write = this.followed.onceSaved;
    if (!this.isDirty || !write) return false;
    this.disk.text = this.text;
    this.put(write.after, this.moment);
    this.isSaved();
    this.savedMoment = this.moment;
    this.begin();
    return true;
  }

  protected close(): boolean {
    this.mend();
    this.words = this.savedMoment.words;
    this.text = this.disk.text;
    this.labels = this.savedMoment.labels;
    this.isSaved();
    this.begin();
    return true;
  }

  /** The window is closed, and unsaved annotations are thrown away: those on the disk follow to the text there. */
  protected closeUnsaved(): boolean {
    const { annotated } = this;
    if (!this.annotations.isDirty || !annotated || this.journal || this.followed.toWrite) return false;
    if (!isClear(annotated.words, this.savedMoment.words)) return false;
    const below = this.followed.ifThrownAway;
    this.annotations.revert();
    if (below) {
      assert.equal(this.annotations.onDisk, below.before);
      this.annotations.onDisk = below.after;
      this.note('labels follow without their window');
    }
    this.words = this.savedMoment.words;
    this.text = this.disk.text;
    this.labels = labelsIn(annotated.labels, this.words);
    this.savedMoment = this.moment;
    this.bufferOf = this.moment;
    this.annotated = this.moment;
    this.isSaved();
    this.begin();
    return true;
  }

  /** Text and annotations are others on the disk, and VS Code reads both again, in either order. */
  protected checkout(): boolean {
    if (this.isDirty || this.journal || this.followed.toWrite || this.commits.length === 0) return false;
    const { moment, annotations } = this.commits[this.draw(this.commits.length)];
    const { isDirty } = this.annotations;
    if (isDirty && !isClear(this.words, moment.words)) return false;
    if (isDirty) this.note('checkout below unsaved annotations');
    this.disk.text = moment.text;
    this.annotations.onDisk = annotations;
    this.annotated = moment;
    const isTextFirst = this.draw(2) === 0;
    const readAnnotations = (): void =>
      void this.followed.read(this.annotations.now, this.text, true, !isDirty);
    if (!isTextFirst) readAnnotations();
    if (moment.text !== this.text) {
      this.tell(editsBetween(this.text, moment.text), moment.text, 'edit');
      this.followed.reloaded(moment.text);
    }
    if (isTextFirst) readAnnotations();
    // Unsaved annotations follow the text; others are those of the commit.
    this.labels = isDirty ? labelsIn(this.labels, moment.words) : moment.labels;
    this.words = moment.words;
    if (!isDirty) this.bufferOf = moment;
    this.savedMoment = this.moment;
    this.isSaved();
    this.forgetSteps();
    this.followed.tellDisk(this.annotations.onDisk);
    this.catchUp();
    return true;
  }

  /** Another program writes the same labels in another order, with a note. */
  protected rewrite(): boolean {
    const annotations = this.annotations.onDisk;
    if (annotations === undefined || this.annotations.isDirty || this.journal || this.followed.toWrite)
      return false;
    const lines = annotations.split('\n').filter((line) => line.startsWith('T'));
    const note = `#${this.draw(9)}\tAnnotatorNotes R1\tlooked at\n`;
    this.annotations.onDisk = `${lines.reverse().join('\n')}${lines.length > 0 ? '\n' : ''}${note}`;
    this.followed.read(this.annotations.now, this.text, !this.isDirty);
    return true;
  }
}
