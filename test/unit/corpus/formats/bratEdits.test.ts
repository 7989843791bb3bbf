import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addSpans,
  changeType,
  isTypeName,
  misquotedLines,
  placesLike,
  referredTo,
  removeSpans,
  snapToTokens,
  spansIn,
  withEdits,
} from '../../../../src/corpus/formats/bratEdits';
import { bratDocument } from '../bratDocument';

const quoted = (text: string, annotations: string): string[] =>
  spansIn(text, annotations).map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);

describe('edits of annotations', () => {
  it('take the whole tokens that a selection touches, and the token that a cursor is in', () => {
    const text = '🙂 Anna sees New York.';
    const snapped = (start: number, end: number): string[] =>
      snapToTokens(text, [{ start, end }]).map((range) => text.slice(range.start, range.end));
    assert.deepEqual(snapped(4, 6), ['Anna']);
    assert.deepEqual(snapped(14, 19), ['New York']);
    assert.deepEqual(snapped(5, 5), ['Anna']);
    assert.deepEqual(snapped(7, 7), ['Anna']);
    assert.deepEqual(snapped(2, 3), []);
    assert.deepEqual(snapToTokens('', [{ start: 0, end: 0 }]), []);
  });

  it('find the same words elsewhere, as whole tokens and where nothing is labelled yet', () => {
    const text = 'Rome, Romeo and Rome. Rome';
    assert.deepEqual(
      placesLike(text, 'Rome', [{ start: 0, end: 4 }]).map(({ start }) => start),
      [16, 22],
    );
    assert.deepEqual(placesLike(text, 'Rome', [{ start: 0, end: 26 }]), []);
  });

  it('add spans at code points, with ids that nothing has or refers to; no span twice', () => {
    const text = '🙂 Anna sees Oslo';
    const old = 'T2\tPER 2 6\tAnna\r\n#1\tAnnotatorNotes T9\tgone';
    const loc = { start: 13, end: 17, type: 'LOC' };
    const edits = addSpans(text, old, [loc, loc, { start: 3, end: 7, type: 'PER' }]);
    assert.equal(withEdits(old, edits), `${old}\r\nT10\tLOC 12 16\tOslo\r\n`);
    assert.deepEqual(addSpans(text, withEdits(old, edits), [loc]), []);
  });

  it('keep all other lines, whatever is added, changed and removed', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.array(fc.nat(30), { maxLength: 4 }), (number, picked) => {
        const { text, annotations } = bratDocument(number);
        const found = spansIn(text, annotations);
        const spans = [...new Set(picked.map((i) => found[i % found.length]))];
        const removed = withEdits(annotations, removeSpans(spans));
        const others = quoted(text, annotations).filter((_, i) => !spans.includes(found[i]));
        assert.deepEqual(quoted(text, removed), others);
        const added = withEdits(removed, addSpans(text, removed, spans));
        assert.deepEqual([...quoted(text, added)].sort(), [...quoted(text, annotations)].sort());
        assert.deepEqual(misquotedLines(text, added), []);
        const changed = withEdits(annotations, changeType(spans, '<img>'));
        assert.equal(quoted(text, changed).filter((span) => span.startsWith('<img> ')).length, spans.length);
        const rest = (file: string): string[] => file.split('\n').filter((line) => /^[R#]/.test(line));
        for (const file of [removed, added, changed]) assert.deepEqual(rest(file), rest(annotations));
        const ids = [...added.matchAll(/^T\d+/gm)].map(([id]) => id);
        assert.equal(new Set(ids).size, ids.length);
      }),
    );
  });

  it('tell spans that a note or a relation refers to', () => {
    const text = 'Anna sees Oslo';
    const annotations = 'T1\tPER 0 4\tAnna\nT2\tLOC 10 14\tOslo\n#1\tAnnotatorNotes T2\tT-shirt\n';
    const found = spansIn(text, annotations);
    assert.deepEqual(
      referredTo(annotations, found).map(({ type }) => type),
      ['LOC'],
    );
  });

  it('take any name without white space for a type', () => {
    for (const name of ['PER', '<img/src=x>', '[x](command:y)', '__proto__', 'x'.repeat(10_000), '人名'])
      assert.ok(isTypeName(name));
    for (const name of ['', 'a b', 'a\tb', '\u200b', 'a\nb']) assert.ok(!isTypeName(name));
  });

  it('name the lines of spans whose text has changed', () => {
    assert.deepEqual(misquotedLines('Anne sees', 'T1\tPER 0 4\tAnna\n'), [0]);
  });
});
