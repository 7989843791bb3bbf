import assert from 'node:assert/strict';
import fc from 'fast-check';
import { byWords, movedRanges, withChange } from '../../../../src/corpus/text/textChanges';
import { wordEdits } from '../../../../src/corpus/text/wordEdits';
import { applyEdits } from '../../../../src/corpus/textEdits';
import type { TextEdit } from '../../../../src/corpus/textEdits';

/** Makes changes one after the other. */
function changed(before: string, changes: readonly TextEdit[]): { text: string; edits: TextEdit[] } {
  let text = before;
  let edits: TextEdit[] = [];
  for (const change of changes) {
    edits = withChange(before, edits, change);
    text = applyEdits(text, [change]);
  }
  return { text, edits };
}

/** What a marked part, `[so]`, of a text has become behind one change. */
function behind(marked: string, removed: string, inserted: string): string | undefined {
  const range = { start: marked.indexOf('['), end: marked.indexOf(']') - 1 };
  const before = marked.replace(/[[\]]/g, '');
  const start = before.indexOf(removed);
  const { text, edits } = changed(before, [{ start, end: start + removed.length, text: inserted }]);
  const [now] = movedRanges(before, text, byWords(before, edits), [range]);
  return now && text.slice(now.start, now.end);
}

const pieces = fc.array(fc.constantFrom('a', 'b', ' ', '🙂', 'ab', '北', '\n', 'Rome'), { maxLength: 12 });

describe('changes of a text', () => {
  it('are kept as edits of the text as it was, whatever follows what', () => {
    fc.assert(
      fc.property(
        pieces.map((all) => all.join('')),
        fc.array(fc.tuple(fc.nat(30), fc.nat(5), fc.constantFrom('', 'x', 'yz', ' ')), { maxLength: 8 }),
        (before, drawn) => {
          let text = before;
          let edits: TextEdit[] = [];
          for (const [at, length, inserted] of drawn) {
            const start = Math.min(at, text.length);
            const change = { start, end: Math.min(start + length, text.length), text: inserted };
            edits = withChange(before, edits, change);
            text = applyEdits(text, [change]);
            assert.equal(applyEdits(before, edits), text);
            edits.forEach((edit, i) => assert.ok(i === 0 || edit.start >= edits[i - 1].end));
          }
        },
      ),
    );
  });

  it('that are undone are none', () => {
    const removal = { start: 4, end: 8, text: '' };
    const back = { start: 4, end: 4, text: 'Rome' };
    assert.deepEqual(changed('see Rome now', [removal, back]).edits, []);
  });

  it('by words make the same text', () => {
    fc.assert(
      fc.property(pieces, pieces, (a, b) => {
        const [before, after] = [a.join(''), b.join('')];
        assert.equal(applyEdits(before, wordEdits(before, after)), after);
      }),
    );
  });

  it('by words keep the words that both texts have', () => {
    const words = wordEdits('Anna sees Rome and Oslo.', 'In May Anna saw Rome, Oslo.').map(
      ({ text }) => text,
    );
    assert.deepEqual(words, ['In May ', 'saw', ',']);
    assert.deepEqual(wordEdits('Berln', 'Berlin'), [{ start: 4, end: 4, text: 'i' }]);
  });

  it('by words are of line ends alone where these are all that differs, in a text of any length', () => {
    const text = (end: string): string =>
      Array.from({ length: 3000 }, (_, i) => `Anna sees Rome ${i}${end}`).join('');
    for (const [from, to] of [
      ['\n', '\r\n'],
      ['\r\n', '\n'],
      ['\r', '\n'],
    ]) {
      const edits = wordEdits(text(from), text(to));
      assert.equal(edits.length, 3000);
      assert.ok(edits.every(({ text: own }) => own === to));
      assert.equal(applyEdits(text(from), edits), text(to));
    }
  });

  it('by words keep the words of both, however many lines differ', () => {
    const [before, after] = [' ', ', and '].map((between) =>
      Array.from({ length: 2000 }, (_, i) => `Anna${i} sees${between}Rome${i}\n`).join(''),
    );
    const edits = wordEdits(before, after);
    assert.equal(applyEdits(before, edits), after);
    for (const { start, end } of edits) assert.ok(!/\w/.test(before.slice(start, end)));
  });

  it('by words take no long time, however much differs', () => {
    const text = (word: string): string =>
      Array.from({ length: 100_000 }, (_, i) => `${word}${i}\n`).join('');
    assert.equal(wordEdits(text('a'), text('b')).length, 1);
  });

  it('move a range, and leave out what was typed beside it', () => {
    assert.equal(behind('see [Rome] now', 'see', 'they will see'), 'Rome');
    assert.equal(behind('see [Rome] now', ' now', ', now'), 'Rome');
    assert.equal(behind('see [Rome] now', 'now', 'soon'), 'Rome');
    assert.equal(behind('在[北京]人', '人', '大人'), '北京');
  });

  it('make a range longer with its words, and shorter where a part of it is gone', () => {
    assert.equal(behind('see [Rome] now', ' now', 'a now'), 'Romea');
    assert.equal(behind('see [New York] now', 'New', 'Old'), 'Old York');
    assert.equal(behind('see [New York] now', 'w York', 'w big York'), 'New big York');
    assert.equal(behind('see [New York] now', ' York now', ''), 'New');
    assert.equal(behind('see [New York] now', 'see New ', ''), 'York');
    assert.equal(behind('in [Berln] now', 'Berln', 'Berlin'), 'Berlin');
  });

  it('drop a range whose text is gone, or has become another', () => {
    assert.equal(behind('see [Rome] now', 'Rome ', ''), undefined);
    assert.equal(behind('see [Rome] now', 'see Rome now', ''), undefined);
    assert.equal(behind('see [Rome] now', 'Rome', 'table'), undefined);
    assert.equal(behind('see [🙂 Rome] now', '🙂 Rome', 'table 🙂'), undefined);
    assert.equal(behind('see [🙂🙂] now', '🙂🙂', '🙂'), '🙂');
  });
});
