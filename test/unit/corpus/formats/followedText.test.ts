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
    followed.change([removal(text, 'Anna ')], 'edit', () => text.replace('Anna ', ''));
    assert.equal(followed.isPending, true);
    followed.change([{ start: 0, end: 0, text: 'Anna ' }], 'edit', () => text);
    assert.equal(followed.isPending, false);
    assert.equal(followed.annotations, annotations);
  });

  it('has something to write once it is saved, till that is written, and says what is dropped', () => {
    const followed = following();
    const now = text.replace('Anna ', '');
    followed.change([removal(text, 'Anna ')], 'edit', () => now);
    assert.equal(followed.toWrite, undefined);
    const once = followed.onceSaved;
    const dropped = followed.saved(now, now);
    assert.deepEqual(
      dropped.map(({ quote }) => quote),
      ['Anna'],
    );
    assert.deepEqual(followed.toWrite, once);
    assert.equal(once?.before, annotations);
    assert.equal(followed.isInStep, false);
    assert.equal(followed.read(annotations, now, true), false);
    assert.equal(followed.isPending, true);
    if (once) followed.written(once);
    assert.equal(followed.isPending, false);
    assert.equal(followed.isInStep, true);
    assert.equal(followed.read(once?.after, now), false);
    assert.deepEqual(quoted(now, followed.annotations), ['LOC New York', 'LOC Rome']);
  });

  describe('whose annotations are unsaved', () => {
    const answer = annotations.replace('PER', 'ORG');
    const now = text.replace('Anna ', 'Then Anna ');
    /** An answer that is not saved, and then an edit of the text that is. */
    const edited = (): FollowedText => {
      const followed = following();
      followed.read(answer, text, true, false);
      followed.change([{ start: 0, end: 0, text: 'Then ' }], 'edit', () => now);
      followed.saved(now, now);
      const write = followed.toWrite;
      assert.ok(write);
      followed.written(write, false);
      assert.equal(followed.isOnDisk, false);
      return followed;
    };

    it('goes back to those on the disk where they are thrown away, at the places of now', () => {
      const followed = edited();
      followed.read(annotations, now, true);
      assert.deepEqual(misquotedLines(now, followed.annotations ?? ''), []);
      assert.deepEqual(quoted(now, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
      assert.equal(followed.isBehind, true);
      assert.deepEqual(followed.toWrite, { before: annotations, after: followed.annotations });
      if (followed.toWrite) followed.written(followed.toWrite);
      assert.equal(followed.isBehind, false);
      assert.equal(followed.isInStep, true);
    });

    it('has those of its file where they are thrown away while it is unsaved itself', () => {
      const followed = edited();
      const more = `And ${now}`;
      followed.change([{ start: 0, end: 0, text: 'And ' }], 'edit', () => more);
      followed.read(annotations, more);
      assert.deepEqual(quoted(more, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
      assert.deepEqual(misquotedLines(now, followed.toWrite?.after ?? ''), []);
    });

    it('has its answers at their words where another program writes the text', () => {
      const followed = edited();
      followed.change([{ start: 0, end: 5, text: '' }], 'edit', () => text);
      followed.reloaded(text);
      assert.deepEqual(quoted(text, followed.toWrite?.after), ['ORG Anna', 'LOC New York', 'LOC Rome']);
      if (followed.toWrite) followed.written(followed.toWrite, false);
      followed.read(annotations, text, true);
      assert.equal(followed.annotations, annotations);
      assert.equal(followed.toWrite, undefined);
    });

    for (const [which, left] of [
      ['others', `${annotations}T4\tVERB 5 9\tsees\n`],
      ['the same', annotations],
    ])
      it(`has those of its file written as that is where it is back, unsaved, at the text that they are of (${which})`, () => {
        const followed = following();
        followed.read(`${annotations}T4\tVERB 5 9\tsees\n`, text, true, false);
        const saved = text.replace('Anna ', '');
        followed.change([removal(text, 'Anna ')], 'edit', () => saved);
        followed.saved(saved, saved);
        const write = followed.toWrite;
        assert.ok(write);
        followed.written(write, false);
        followed.change([{ start: 0, end: 0, text: 'Anna ' }], 'undo', () => text);
        followed.put(left, text);
        followed.read(annotations, text, false, true);
        assert.deepEqual(quoted(text, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
        assert.ok(followed.isBehind);
        const behind = followed.toWrite;
        assert.ok(behind);
        assert.deepEqual(quoted(saved, behind.after), ['LOC New York', 'LOC Rome']);
        followed.written(behind, true);
        assert.ok(followed.isInStep);
        assert.deepEqual(quoted(text, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
      });

    it('knows what those on the disk are to be where they are thrown away with their window', () => {
      const followed = following();
      const below = (): typeof followed.ifThrownAway => followed.ifThrownAway;
      followed.read(`${annotations}T4\tVERB 5 9\tsees\n`, text, true, false);
      assert.equal(below(), undefined);
      const now = text.replace('Anna ', '');
      followed.change([removal(text, 'Anna ')], 'edit', () => now);
      assert.equal(below(), undefined, 'the text in its file is as it was');
      followed.saved(now, now);
      const write = followed.toWrite;
      assert.ok(write);
      followed.written(write, false);
      assert.equal(below()?.before, annotations);
      assert.deepEqual(quoted(now, below()?.after), ['LOC New York', 'LOC Rome']);
      followed.read(write.after, now, true, true);
      assert.equal(below(), undefined, 'they were saved');
    });

    it('is told what is on the disk where it begins with unsaved ones', () => {
      const followed = new FollowedText(text);
      followed.read(answer, text, true, false);
      followed.tellDisk(annotations);
      followed.change([{ start: 0, end: 0, text: 'Then ' }], 'edit', () => now);
      followed.saved(now, now);
      followed.read(annotations, now, true);
      assert.deepEqual(quoted(now, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
    });
  });

  /** Saves, and writes what there is to write. */
  const save = (followed: FollowedText, file: string, now = file): void => {
    followed.saved(file, now);
    const write = followed.toWrite;
    if (write) followed.written(write);
  };

  it('has its spans again where an undo brings their text back, also after it was saved and edited further', () => {
    const followed = following();
    const now = text.replace('Anna ', '');
    followed.change([removal(text, 'Anna ')], 'edit', () => now);
    save(followed, now);
    followed.change([{ start: 0, end: 0, text: 'Anna ' }], 'undo', () => text);
    assert.equal(followed.isPending, true);
    followed.change([{ start: 0, end: 0, text: 'So ' }], 'edit', () => `So ${text}`);
    assert.deepEqual(quoted(`So ${text}`, followed.annotations).sort(), [
      'LOC New York',
      'LOC Rome',
      'PER Anna',
    ]);
    assert.deepEqual(misquotedLines(`So ${text}`, followed.annotations ?? ''), []);
  });

  it('has a span at its full length again where an undo brings back a part of it', () => {
    const followed = following();
    const now = text.replace(' York', '');
    followed.change([{ start: 27, end: 27, text: ' It is' }], 'edit', () => text);
    followed.change([removal(text, ' York')], 'edit', () => now);
    const saved = now.replace('Rome', 'Rome It is');
    save(followed, saved);
    assert.deepEqual(quoted(saved, followed.annotations), ['PER Anna', 'LOC New', 'LOC Rome']);
    const back = text.replace('Rome', 'Rome It is');
    followed.change([{ start: 13, end: 13, text: ' York' }], 'undo', () => back);
    assert.deepEqual(quoted(back, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
  });

  it('makes no label longer that has the id of one that was cut, and that one once it is there again', () => {
    const followed = new FollowedText(text);
    followed.read('T1\tLOC 10 27\tNew York and Rome\n', text);
    const now = text.replace(' Rome', '');
    followed.change([removal(text, ' Rome')], 'edit', () => now);
    save(followed, now);
    const cut = followed.annotations;
    assert.deepEqual(quoted(now, cut), ['LOC New York and']);
    followed.read('', now, true);
    followed.read('T1\tLOC 10 18\tNew York\n', now, true);
    followed.change([{ start: 0, end: 0, text: 'So ' }], 'edit', () => `So ${now}`);
    followed.change([{ start: 0, end: 3, text: '' }], 'undo', () => now);
    assert.deepEqual(quoted(now, followed.annotations), ['LOC New York']);
    followed.read('', now, true);
    followed.read(cut, now, true);
    followed.change([{ start: 22, end: 22, text: ' Rome' }], 'undo', () => text);
    assert.deepEqual(quoted(text, followed.annotations), ['LOC New York and Rome']);
  });

  it('has its spans again as they were where Redo puts words beside what it has deleted', () => {
    const followed = following();
    const cut = text.replace('New ', '');
    followed.change([removal(text, 'New ')], 'edit', () => cut);
    save(followed, cut);
    const now = cut.replace('York', 'old York');
    followed.change([{ start: 10, end: 10, text: 'old ' }], 'edit', () => now);
    assert.deepEqual(quoted(now, followed.annotations), ['PER Anna', 'LOC York', 'LOC Rome']);
    followed.change([removal(now, 'old ')], 'undo', () => cut);
    followed.change([{ start: 10, end: 10, text: 'New ' }], 'undo', () => text);
    save(followed, text);
    assert.deepEqual(quoted(text, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
    followed.change([removal(text, 'New ')], 'undo', () => cut);
    followed.change([{ start: 10, end: 10, text: 'old ' }], 'undo', () => now);
    assert.deepEqual(quoted(now, followed.annotations), ['PER Anna', 'LOC York', 'LOC Rome']);
  });

  it('gives a span that comes back an id of its own where another has taken it', () => {
    const followed = new FollowedText(text);
    followed.read('T1\tPER 0 4\tAnna\n', text);
    const now = text.replace('Anna ', '');
    followed.change([removal(text, 'Anna ')], 'edit', () => now);
    save(followed, now);
    followed.read('T1\tLOC 18 22\tRome\n', now, true);
    followed.change([{ start: 0, end: 0, text: 'Anna ' }], 'undo', () => text);
    assert.deepEqual(quoted(text, followed.annotations).sort(), ['LOC Rome', 'PER Anna']);
    assert.match(followed.annotations ?? '', /^T1\tLOC .*\nT2\tPER /);
  });

  it('has each span again whose id others had since, also where these came and went', () => {
    const [withoutAnna, withoutYork] = ['sees New York and Rome.', 'sees and Rome.'];
    const followed = new FollowedText(text);
    followed.read('T1\tPER 0 4\tAnna\n', text);
    followed.change([removal(text, 'Anna ')], 'edit', () => withoutAnna);
    save(followed, withoutAnna);
    followed.read('T1\tLOC 5 13\tNew York\n', withoutAnna, true);
    followed.change([removal(withoutAnna, 'New York ')], 'edit', () => withoutYork);
    save(followed, withoutYork);
    followed.read('T1\tLOC 9 13\tRome\n', withoutYork, true);
    followed.read('', withoutYork, true);
    followed.change([{ start: 5, end: 5, text: 'New York ' }], 'undo', () => withoutAnna);
    assert.deepEqual(quoted(withoutAnna, followed.annotations), ['LOC New York']);
    save(followed, withoutAnna);
    followed.read('', withoutAnna, true);
    followed.change([{ start: 0, end: 0, text: 'Anna ' }], 'undo', () => text);
    assert.deepEqual(quoted(text, followed.annotations), ['PER Anna']);
  });

  it('takes a text that was typed on while it was saved for what is in its file', () => {
    const followed = following();
    followed.change([{ start: 0, end: 0, text: 'So ' }], 'edit', () => `So ${text}`);
    followed.change([{ start: 0, end: 0, text: 'And ' }], 'edit', () => `And So ${text}`);
    followed.saved(`So ${text}`, `And So ${text}`);
    assert.deepEqual(misquotedLines(`So ${text}`, followed.toWrite?.after ?? ''), []);
    assert.deepEqual(misquotedLines(`And So ${text}`, followed.annotations ?? ''), []);
  });

  it('is of what is on the disk where another program has written text and annotations', () => {
    const now = text.replace('Anna', 'Mia');
    const others = 'T1\tPER 0 3\tMia\n';
    for (const isTextFirst of [true, false]) {
      const followed = following();
      if (!isTextFirst) followed.read(others, text, true);
      followed.change([{ start: 0, end: 4, text: 'Mia' }], 'edit', () => now);
      if (isTextFirst) followed.read(others, now, true);
      followed.reloaded(now);
      assert.equal(followed.annotations, others);
      assert.equal(followed.isPending, false);
    }
  });

  it('is followed from the file’s text on where it comes back unsaved, as after a crash of the window', () => {
    const now = text.replace('sees', 'will see');
    const followed = new FollowedText(text);
    followed.read(annotations, now);
    assert.equal(followed.isPending, true);
    assert.deepEqual(quoted(now, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
  });

  it('takes annotations for its own that are of the unsaved text', () => {
    const now = text.replace('sees', 'will see');
    const before = following();
    before.change([{ start: 5, end: 9, text: 'will see' }], 'edit', () => now);
    const followed = new FollowedText(text);
    followed.read(before.onceSaved?.after, now);
    assert.deepEqual(quoted(now, followed.annotations), ['PER Anna', 'LOC New York', 'LOC Rome']);
  });

  it('takes annotations that others write, for the text that they are of', () => {
    const followed = following();
    followed.change([removal(text, 'Anna ')], 'edit', () => text.replace('Anna ', ''));
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
            file = { text: now, annotations: followed.onceSaved?.after ?? file.annotations };
            save(followed, now);
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
            followed.change([change], made === 'undo' ? 'undo' : 'edit', () => now);
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
