import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addSpans, misquotedLines, spansIn, withEdits } from '../../../../src/corpus/formats/bratEdits';
import { movedAnnotations } from '../../../../src/corpus/formats/bratMoves';
import { withChange } from '../../../../src/corpus/text/textChanges';
import { applyEdits } from '../../../../src/corpus/textEdits';
import type { TextEdit } from '../../../../src/corpus/textEdits';

const quoted = (text: string, annotations: string): string[] =>
  spansIn(text, annotations).map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);

/** Annotations behind one change of their text. */
function behind(text: string, annotations: string, removed: string, inserted: string): string {
  const start = text.indexOf(removed);
  const edits = [{ start, end: start + removed.length, text: inserted }];
  return movedAnnotations(text, annotations, edits).annotations;
}

/** Words that occur once each, some of them labelled, and edits by whole words. */
const editedText = fc
  .record({
    labelled: fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
    inUnits: fc.boolean(),
    steps: fc.array(
      fc.record({
        at: fc.nat(30),
        removed: fc.nat(3),
        inserted: fc.nat(3),
        sign: fc.constantFrom(' ', '\n', ' 🙂 '),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ labelled, inUnits, steps }) => ({
    words: labelled.map((_, i) => `${inUnits || i % 3 > 0 ? '' : '🙂'}word${i}x`),
    labelled,
    steps,
  }));

describe('annotations that follow their text', () => {
  it('have their spans on the same words, whatever words are added, removed and moved apart', () => {
    fc.assert(
      fc.property(editedText, ({ words, labelled, steps }) => {
        const before = words.join(' ');
        const spans = words.flatMap((word, i) => {
          const start = before.indexOf(word);
          return labelled[i] ? [{ start, end: start + word.length, type: `T${i}` }] : [];
        });
        const annotations = withEdits('', addSpans(before, '', spans));
        const now = words.map((word) => ({ word, behind: ' ' }));
        let text = before;
        let edits: TextEdit[] = [];
        let made = 0;
        const offset = (i: number): number =>
          now.slice(0, i).reduce((sum, part) => sum + part.word.length + part.behind.length, 0);
        now[now.length - 1].behind = '';
        for (const { at, removed, inserted, sign } of steps) {
          const first = Math.min(at, now.length);
          const added = Array.from({ length: inserted }, () => ({ word: `new${made++}`, behind: sign }));
          const isEnd = first === now.length && now.length > 0;
          const last = Math.min(first + removed, now.length);
          const start = offset(first);
          const end = offset(last);
          const head = isEnd && now[now.length - 1].behind === '' ? ' ' : '';
          if (isEnd && head !== '') now[now.length - 1].behind = ' ';
          now.splice(first, last - first, ...added);
          const written = head + added.map((part) => part.word + part.behind).join('');
          const change = { start, end, text: written };
          edits = withChange(before, edits, change);
          text = applyEdits(text, [change]);
        }
        const moved = movedAnnotations(before, annotations, edits);
        const left = words.flatMap((word, i) =>
          labelled[i] && now.some((part) => part.word === word) ? [`T${i} ${word}`] : [],
        );
        const gone = words.flatMap((word, i) =>
          labelled[i] && !now.some((part) => part.word === word) ? [`T${i} ${word}`] : [],
        );
        assert.deepEqual(quoted(text, moved.annotations), left);
        assert.deepEqual(misquotedLines(text, moved.annotations), []);
        assert.deepEqual(
          moved.dropped.map(({ type, quote }) => `${type} ${quote}`),
          gone,
        );
      }),
    );
  });

  it('say of every span what it is of, whatever is typed where', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(40), fc.nat(6), fc.constantFrom('', 'x', ' y ', '🙂', '\n')), {
          maxLength: 10,
        }),
        (drawn) => {
          const before = '🙂 Anna sees New York and Rome.';
          const at = (words: string, type: string): { start: number; end: number; type: string } => ({
            start: before.indexOf(words),
            end: before.indexOf(words) + words.length,
            type,
          });
          const spans = [at('Anna', 'PER'), at('New York', 'LOC'), at('York', 'NAME'), at('Rome', 'LOC')];
          const annotations = `#1\tAnnotatorNotes T1\tsure\n${withEdits('', addSpans(before, '', spans))}`;
          let text = before;
          let edits: TextEdit[] = [];
          for (const [from, length, inserted] of drawn) {
            const letters = [...text];
            const start = letters.slice(0, from).join('').length;
            const removed = letters.slice(from, from + length).join('').length;
            const change = { start, end: start + removed, text: inserted };
            edits = withChange(before, edits, change);
            text = applyEdits(text, [change]);
          }
          const moved = movedAnnotations(before, annotations, edits);
          assert.deepEqual(misquotedLines(text, moved.annotations), []);
          const kept = spansIn(text, moved.annotations);
          assert.equal(kept.length + moved.dropped.length, spans.length);
          for (const { start, end } of kept)
            assert.equal(text.slice(start, end).trim(), text.slice(start, end));
          assert.match(moved.annotations, /^#1\tAnnotatorNotes T1\tsure\n/);
        },
      ),
    );
  });

  it('stay as they are, to the byte, where nothing of theirs moves', () => {
    const text = 'Anna  sees\nOslo';
    const annotations = 'T1  PER  0 4\tAnna\r\nT2\tX 4 6\t  \nT3\tLOC 11 15\nE1\tSee:T1\n';
    assert.equal(behind(text, annotations, 'Oslo', 'Oslo, too'), annotations);
  });

  it('move spans of several pieces by their pieces, and lose the pieces that are gone', () => {
    const text = 'North and South America';
    const annotations = 'T1\tLOC 0 5;16 23\tNorth America\nT2\tLOC 10 23\tSouth America\n';
    assert.equal(
      behind(text, annotations, 'and', 'or'),
      'T1\tLOC 0 5;15 22\tNorth America\nT2\tLOC 9 22\tSouth America\n',
    );
    assert.equal(
      behind(text, annotations, 'North and ', ''),
      'T1\tLOC 6 13\tAmerica\nT2\tLOC 0 13\tSouth America\n',
    );
  });

  it('leave alone a line whose span was of another text before', () => {
    const annotations = 'T1\tPER 0 4\tJohn\nT2\tLOC 10 14\tOslo\n';
    assert.equal(
      behind('Anna sees Oslo', annotations, 'sees', 'saw'),
      'T1\tPER 0 4\tJohn\nT2\tLOC 9 13\tOslo\n',
    );
  });

  it('count as they did, in UTF-16 units or code points', () => {
    const text = '🙂🙂 Anna';
    assert.equal(behind(text, 'T1\tPER 5 9\tAnna\n', '🙂', ''), 'T1\tPER 3 7\tAnna\n');
    assert.equal(behind(text, 'T1\tPER 3 7\tAnna\n', '🙂', ''), 'T1\tPER 2 6\tAnna\n');
  });
});
