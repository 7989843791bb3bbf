/** A document with labels, and what its user does with it, as it is drawn. */
import assert from 'node:assert/strict';
import {
  addSpans,
  changeType,
  misquotedLines,
  removeSpans,
  soundSpansIn,
  spansIn,
  withEdits,
} from '../../../../src/corpus/formats/bratEdits';
import { drawnByWeight } from './drawnByWeight';
import { withoutWords } from './expectedLabels';
import { ReviewedDocument, types } from './reviewedDocument';
import { mostWords, textOf, wordOf } from './uniqueWords';

export class LabellingModel extends ReviewedDocument {
  step(): void {
    const makers: [number, string, () => boolean][] = [
      [5, 'insert', () => this.insert()],
      [5, 'delete', () => this.delete()],
      [2, 'both', () => this.both()],
      [6, 'label', () => this.label()],
      [2, 'change', () => this.change()],
      [2, 'remove', () => this.remove()],
      [5, 'take', () => this.take()],
      [10, 'answer', () => this.answer()],
      [5, 'take back', () => this.takeBack()],
      [2, 'save annotations', () => this.saveAnnotations()],
      [2, 'revert annotations', () => this.revertAnnotations()],
      [9, 'undo', () => this.undo()],
      [5, 'redo', () => this.redo()],
      [3, 'save', () => this.save()],
      [1, 'reload', () => this.reload()],
      [1, 'crash', () => this.crash()],
      [1, 'close', () => this.close()],
      [1, 'close without saving annotations', () => this.closeUnsaved()],
      [1, 'checkout', () => this.checkout()],
      [1, 'rewrite', () => this.rewrite()],
      [1, 'type on while it is saved', () => this.saveLate()],
      [1, 'failed write', () => this.save('fails')],
    ];
    const [, name, make] = drawnByWeight(makers, this.draw);
    this.log.push(name);
    if (make()) this.note(name);
    this.follow();
    this.log.push(`  ${this.text} | ${this.labels.map(({ words }) => textOf(words)).join(', ')}`);
    this.check();
  }

  /** Each label is on its words, and none is missing. */
  private check(): void {
    const annotations = this.followed.annotations;
    assert.deepEqual(misquotedLines(this.text, annotations ?? ''), []);
    const found = spansIn(this.text, annotations ?? '').map(
      ({ type, start, end }) => `${type} ${this.text.slice(start, end)}`,
    );
    const expected = this.labels.map(({ type, words }) => `${type} ${textOf(words)}`);
    assert.deepEqual(found.sort(), expected.sort());
    const places = ({ type, start, end }: { type: string; start: number; end: number }): string =>
      `${type} ${start} ${end}`;
    assert.deepEqual(this.followed.spans.map(places), soundSpansIn(this.text, annotations ?? '').map(places));
    if (this.followed.isInStep)
      assert.deepEqual(misquotedLines(this.disk.text, this.annotations.now ?? ''), []);
  }

  private insert(): boolean {
    if (this.nextWord + 3 > mostWords) return false;
    const at = this.draw(this.words.length + 1);
    if (this.seams.has(this.words[at])) return false;
    const added = Array.from({ length: 1 + this.draw(3) }, () => this.nextWord++);
    const words = [...this.words.slice(0, at), ...added, ...this.words.slice(at)];
    const labels = this.labels.map((label) => {
      const [first, last] = [label.words[0], label.words[label.words.length - 1]];
      return { ...label, words: words.slice(words.indexOf(first), words.indexOf(last) + 1) };
    });
    for (const word of added) this.fresh.add(word);
    return this.edit(words, labels);
  }

  private delete(): boolean {
    if (this.words.length < 4) return false;
    const at = this.draw(this.words.length);
    const gone = new Set(this.words.slice(at, at + 1 + this.draw(2)));
    if (this.words.slice(Math.max(0, at - 1), at + gone.size + 1).some((word) => this.fresh.has(word)))
      return false;
    const words = this.words.filter((word) => !gone.has(word));
    this.seams.add(words[at]);
    return this.edit(words, withoutWords(this.labels, gone));
  }

  /** Two edits with nothing between them. */
  private both(): boolean {
    return this.insert() && this.delete();
  }

  /** As Label Selection does: the text is saved first. */
  private label(): boolean {
    if (!this.save()) return false;
    const at = this.draw(this.words.length);
    const words = this.words.slice(at, at + 1 + this.draw(3));
    const type = types[this.draw(types.length)];
    if (this.labels.some((label) => label.words.some((word) => words.includes(word)))) return false;
    const start = this.text.indexOf(wordOf(words[0]));
    const span = { start, end: start + textOf(words).length, type };
    const now = this.annotations.now ?? '';
    return this.make(withEdits(now, addSpans(this.text, now, [span])), [...this.labels, { type, words }]);
  }

  private change(): boolean {
    if (this.labels.length === 0 || !this.save()) return false;
    const i = this.draw(this.labels.length);
    const type = types[this.draw(types.length)];
    const { words } = this.labels[i];
    const now = this.annotations.now ?? '';
    const found = this.found(this.labels[i]);
    const labels = this.labels.map((label, at) => (at === i ? { type, words } : label));
    return this.make(withEdits(now, changeType(found, type)), labels);
  }

  private remove(): boolean {
    if (this.labels.length === 0 || !this.save()) return false;
    const i = this.draw(this.labels.length);
    const now = this.annotations.now ?? '';
    const after = withEdits(now, removeSpans(this.found(this.labels[i])));
    return this.make(
      after,
      this.labels.filter((_, at) => at !== i),
    );
  }

  /** Somebody types on between the save and VS Code’s word of it. */
  private saveLate(): boolean {
    if (!this.isDirty) return false;
    const saved = this.text;
    if (!this.insert()) return false;
    this.disk.text = saved;
    this.followed.saved(saved, this.text);
    this.savedMoment = this.undoable[this.undoable.length - 1].before;
    this.write();
    return true;
  }
}
