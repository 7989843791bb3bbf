import assert from 'node:assert/strict';
import { markOf } from '../../../src/common/textMark';
import { UndoSteps } from '../../../src/common/undoSteps';

describe('steps between the edits of a text', () => {
  const changed = (steps: UndoSteps<string>, kind: 'edit' | 'undo' | 'redo', text: string): void =>
    steps.changed(kind, text.length, () => text);

  it('are undone and redone in the order of steps and edits', () => {
    const steps = new UndoSteps<string>();
    steps.record('first', 'a');
    changed(steps, 'edit', 'ab');
    assert.equal(steps.toUndo, undefined);
    steps.record('second', 'ab');
    assert.equal(steps.toUndo, 'second');
    steps.undid('second');
    assert.equal(steps.toUndo, undefined);
    assert.equal(steps.toRedo, 'second');
    changed(steps, 'undo', 'a');
    assert.equal(steps.toRedo, undefined);
    assert.equal(steps.toUndo, 'first');
    steps.undid('first');
    assert.equal(steps.hasDone, false);
    assert.equal(steps.toRedo, 'first');
    steps.redid('first');
    changed(steps, 'redo', 'ab');
    assert.equal(steps.toRedo, 'second');
  });

  it('are not the next where an edit led to the same text', () => {
    const steps = new UndoSteps<string>();
    steps.record('first', 'a');
    changed(steps, 'edit', 'ab');
    changed(steps, 'edit', 'a');
    assert.equal(steps.toUndo, undefined);
    changed(steps, 'undo', 'ab');
    changed(steps, 'undo', 'a');
    assert.equal(steps.toUndo, 'first');
  });

  it('are not the next where Undo comes by the same text on its way to theirs', () => {
    const steps = new UndoSteps<string>();
    steps.record('first', 'a');
    for (const text of ['ab', 'a', 'ac']) changed(steps, 'edit', text);
    changed(steps, 'undo', 'a');
    assert.equal(steps.toUndo, undefined);
    changed(steps, 'undo', 'ab');
    assert.equal(steps.toUndo, undefined);
    changed(steps, 'undo', 'a');
    assert.equal(steps.toUndo, 'first');
    for (const text of ['ab', 'a']) changed(steps, 'redo', text);
    assert.equal(steps.toUndo, undefined);
    steps.record('second', 'a');
    for (const text of ['ab', 'a']) changed(steps, 'undo', text);
    assert.equal(steps.toUndo, undefined);
    changed(steps, 'redo', 'ab');
    changed(steps, 'redo', 'a');
    assert.equal(steps.toUndo, 'second');
  });

  it('are the next again where Redo comes back from texts before the first of them', () => {
    const steps = new UndoSteps<string>();
    steps.record('first', 'abc');
    for (const text of ['ab', 'a']) changed(steps, 'undo', text);
    changed(steps, 'redo', 'ab');
    assert.equal(steps.toUndo, undefined);
    changed(steps, 'redo', 'abc');
    assert.equal(steps.toUndo, 'first');
  });

  it('wait for edits that were made while they were', () => {
    const steps = new UndoSteps<string>();
    steps.record('first', 'a', 'ab');
    assert.equal(steps.toUndo, undefined);
    changed(steps, 'edit', 'abc');
    steps.record('second', 'ab', 'abc');
    assert.equal(steps.toUndo, undefined);
    changed(steps, 'undo', 'ab');
    assert.equal(steps.toUndo, 'second');
    steps.undid('second');
    changed(steps, 'undo', 'a');
    assert.equal(steps.toUndo, 'first');
  });

  it('are forgotten where an edit cut off the way to their text', () => {
    const steps = new UndoSteps<string>();
    steps.record('first', 'ab');
    changed(steps, 'undo', 'a');
    assert.equal(steps.hasDone, true);
    changed(steps, 'redo', 'ab');
    assert.equal(steps.toUndo, 'first');
    changed(steps, 'undo', 'a');
    changed(steps, 'edit', 'ac');
    assert.equal(steps.hasDone, false);
  });

  it('cannot be redone behind an edit', () => {
    const steps = new UndoSteps<string>();
    steps.record('first', 'a');
    steps.undid('first');
    changed(steps, 'edit', 'b');
    assert.equal(steps.hasUndone, false);
  });

  it('keep what could not be undone', () => {
    const steps = new UndoSteps<string>();
    steps.record('two files', 'a');
    steps.undid('one file', 'the other');
    assert.equal(steps.toUndo, 'the other');
    assert.equal(steps.toRedo, 'one file');
    steps.undid(undefined);
    assert.equal(steps.hasDone, false);
  });

  it('look at a text only where its length is that of one of theirs', () => {
    const steps = new UndoSteps<string>();
    steps.record('first', 'abc');
    changed(steps, 'edit', 'abcd');
    steps.changed('undo', 2, () => assert.fail('the text was read'));
    changed(steps, 'undo', 'abd');
    assert.equal(steps.toUndo, undefined);
    steps.look(3, () => 'abc');
    assert.equal(steps.toUndo, 'first');
  });

  it('tell texts apart that differ in one letter', () => {
    const marks = ['', 'a', 'b', 'ab', 'ba', '🙂', '🙃'].map((text) => markOf(text));
    assert.equal(new Set(marks.map(({ hash, length }) => `${hash} ${length}`)).size, marks.length);
  });
});
