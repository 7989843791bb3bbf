import assert from 'node:assert/strict';
import fc from 'fast-check';
import { misquotedLines, spansIn } from '../../../../src/corpus/formats/bratEdits';
import { FollowedText } from '../../../../src/corpus/formats/followedText';
import { applyEdits } from '../../../../src/corpus/textEdits';
import type { TextEdit } from '../../../../src/corpus/textEdits';

const text = 'Anna sees New York and Rome.';
const annotations = 'T1\tPER 0 4\tAnna\nT2\tLOC 10 18\tNew York\nT3\tLOC 23 27\tRome\n';

const following = (): FollowedText => {
  const followed = new FollowedText(text);
  assert.equal(followed.read(annotations, text), true);
  return followed;
};
const quoted = (now: string, found: string | undefined): string[] =>
  spansIn(now, found ?? '').map(({ start, end, type }) => `${type} ${now.slice(start, end)}`);
/** Removes words of a text. */
const removal = (from: string, words: string): TextEdit => {
  const start = from.indexOf(words);
  return { start, end: start + words.length, text: '' };
};

describe('a text that is followed by its annotations', () => {
  it('has nothing to write until it is edited, and nothing once an edit is undone', () => {
    const followed = following();
    assert.equal(followed.isPending, false);
    followed.change(removal(text, 'Anna '));
    assert.equal(followed.isPending, true);
    followed.change({ start: 0, end: 0, text: 'Anna ' });
    assert.equal(followed.isPending, false);
    assert.equal(followed.annotations, annotations);
  });

  it('gives what is written when it is saved, with what is dropped', () => {
    const followed = following();
    const now = text.replace('Anna ', '');
    followed.change(removal(text, 'Anna '));
    const settled = followed.settled(now);
    assert.deepEqual(
      settled?.dropped.map(({ quote }) => quote),
      ['Anna'],
    );
    assert.equal(settled?.before, annotations);
    assert.equal(followed.isPending, false);
    assert.equal(followed.read(settled?.after, now), false);
    assert.deepEqual(quoted(now, followed.annotations), ['LOC New York', 'LOC Rome']);
  });

  it('has its spans again where an undo brings their text back, also after it was saved and edited further', () => {
    const followed = following();
    const now = text.replace('Anna ', '');
    followed.change(removal(text, 'Anna '));
    followed.settled(now);
    followed.kept();
    followed.change({ start: 0, end: 0, text: 'Anna ' });
    followed.isNow(text);
    assert.equal(followed.isPending, true);
    followed.change({ start: 0, end: 0, text: 'So ' });
    followed.isNow(`So ${text}`);
    assert.deepEqual(quoted(`So ${text}`, followed.annotations).sort(), [
      'LOC New York',
      'LOC Rome',
      'PER Anna',
    ]);
    assert.deepEqual(misquotedLines(`So ${text}`, followed.annotations ?? ''), []);
  });

  it('gives back what was written for a text that was never saved', () => {
    const followed = following();
    followed.change(removal(text, 'Anna '));
    const settled = followed.settled(text.replace('Anna ', ''));
    assert.deepEqual(followed.neverSaved(text), settled);
    assert.equal(followed.neverSaved(text), undefined);
  });

  it('is followed from the file’s text on where it comes back unsaved, as after a crash of the window', () => {
    const now = text.replace('sees', 'will see');
    const followed = new FollowedText(text);
    followed.read(annotations, now);
    assert.equal(followed.isPending, true);
    assert.deepEqual(quoted(now, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
  });

  it('takes annotations for its own that are of the unsaved text, as where a crash came between the two writes', () => {
    const now = text.replace('sees', 'will see');
    const written = following();
    written.change({ start: 5, end: 9, text: 'will see' });
    const after = written.settled(now)?.after;
    const followed = new FollowedText(text);
    followed.read(after, now);
    assert.equal(followed.isPending, false);
    assert.deepEqual(quoted(now, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
  });

  it('takes annotations that others write, for the text that they are of', () => {
    const followed = following();
    followed.change(removal(text, 'Anna '));
    const others = 'T9\tLOC 23 27\tRome\n';
    assert.equal(followed.read(others, text.replace('Anna ', '')), true);
    assert.equal(followed.annotations, 'T9\tLOC 18 22\tRome\n');
    assert.equal(followed.read(undefined, text), true);
    assert.equal(followed.annotations, undefined);
  });

  it('is the same in the end, however often it is saved, loaded and read again between edits', () => {
    const step = fc.oneof(
      fc.record({ at: fc.nat(30), length: fc.nat(4), text: fc.constantFrom('', 'x', ' y ', '🙂', 'Rome ') }),
      fc.constantFrom('save', 'restore', 'undo'),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        let followed = following();
        let now = text;
        let file = { text, annotations };
        const before: string[] = [];
        for (const made of steps) {
          if (made === 'save') {
            const settled = followed.settled(now);
            followed.kept();
            file = { text: now, annotations: settled?.after ?? '' };
          } else if (made === 'restore') {
            followed = new FollowedText(file.text);
            followed.read(file.annotations, now);
          } else {
            const letters = [...now];
            const start = made === 'undo' ? 0 : letters.slice(0, made.at).join('').length;
            const end =
              made === 'undo'
                ? now.length
                : start + letters.slice(made.at, made.at + made.length).join('').length;
            const inserted = made === 'undo' ? (before.pop() ?? now) : made.text;
            if (made !== 'undo') before.push(now);
            const change = { start, end, text: inserted };
            now = applyEdits(now, [change]);
            followed.change(change);
            followed.isNow(now);
          }
          assert.deepEqual(misquotedLines(now, followed.annotations ?? ''), []);
          assert.deepEqual(misquotedLines(file.text, file.annotations), []);
          for (const { start, end } of spansIn(now, followed.annotations ?? ''))
            assert.match(now.slice(start, end), /^\S(?:.*\S)?$/su);
        }
      }),
    );
  });
});
