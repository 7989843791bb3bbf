import assert from 'node:assert/strict';
import { markOf } from '../../../src/common/textMark';
import { entryOf, outcomeOf } from '../../../src/workspace/journalEntry';
import type { JournalEntry } from '../../../src/workspace/journalEntry';

const entry: JournalEntry = {
  version: 1,
  text: 'file:///a.txt',
  textBefore: markOf('Anna'),
  textAfter: markOf('So Anna'),
  annotationsBefore: markOf('T1\tPER 0 4\tAnna\n'),
  annotationsAfter: 'T1\tPER 3 7\tAnna\n',
  pid: 7,
  at: 0,
};
const before = 'T1\tPER 0 4\tAnna\n';

describe('a save that was cut off', () => {
  it('has its annotations written where the text was saved and they were not', () => {
    assert.equal(outcomeOf(entry, 'So Anna', before), 'write');
  });

  it('needs nothing where both were written, or none', () => {
    assert.equal(outcomeOf(entry, 'So Anna', entry.annotationsAfter), 'nothing');
    assert.equal(outcomeOf(entry, 'Anna', before), 'nothing');
    assert.equal(outcomeOf(entry, undefined, before), 'nothing');
    assert.equal(outcomeOf(entry, 'So Anna', undefined), 'nothing');
  });

  it('has its annotations written where there were none before', () => {
    const first = { ...entry, annotationsBefore: markOf('') };
    assert.equal(outcomeOf(first, 'So Anna', undefined), 'write');
    assert.equal(outcomeOf(first, 'Anna', undefined), 'nothing');
    assert.equal(outcomeOf(first, 'So Anna', before), 'unclear');
  });

  it('is left alone where text or annotations are others by now', () => {
    assert.equal(outcomeOf(entry, 'So, Anna', before), 'unclear');
    assert.equal(outcomeOf(entry, 'So Anna', `${before}T2\tLOC 0 2\tSo\n`), 'unclear');
  });

  it('has what is below unsaved annotations written where these are gone, and is told in no other case', () => {
    const below: JournalEntry = { ...entry, textBefore: entry.textAfter, isBelow: true };
    assert.equal(outcomeOf(below, 'So Anna', before), 'write');
    assert.equal(outcomeOf(below, 'So Anna', `${before}T2\tLOC 0 2\tSo\n`), 'nothing');
    assert.equal(outcomeOf(below, 'Anna', before), 'nothing');
    assert.equal(outcomeOf(below, 'So Anna', entry.annotationsAfter), 'nothing');
    assert.deepEqual(entryOf(JSON.stringify(below)), below);
  });

  it('is read from its entry, and damaged ones are none', () => {
    assert.deepEqual(entryOf(JSON.stringify(entry)), entry);
    const json = JSON.stringify(entry);
    for (let length = 0; length < json.length; length++)
      assert.equal(entryOf(json.slice(0, length)), undefined);
    for (const key of Object.keys(entry))
      assert.equal(entryOf(JSON.stringify({ ...entry, [key]: undefined })), undefined);
  });
});
