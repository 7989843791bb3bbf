import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  cutSegments,
  joinNeighbours,
  partOfLongLine,
  visibleParts,
} from '../../../../src/corpus/text/segments';

describe('The part of a very long line that is labelled', () => {
  const line = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.constantFrom('。', '. ', ' ', '👩‍👩‍👧', 'e\u0301', '漢字'),
      ),
      { minLength: 200, maxLength: 600 },
    )
    .map((pieces) => pieces.join('').replaceAll('\n', ' ').repeat(3));

  it('holds the cursor and about 2,000 characters on each side, and cuts no character', () => {
    fc.assert(
      fc.property(line, fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => {
        const near = Math.floor(share * text.length);
        const { start, end } = partOfLongLine(text, near);
        assert.ok(start >= 0 && start <= near && near <= end && end <= text.length);
        assert.ok(near - start <= 2_700 && end - near <= 2_700);
        assert.ok(start === 0 || near - start >= 1_200);
        assert.ok(end === text.length || end - near >= 1_200);
        for (const border of [start, end])
          assert.doesNotMatch(text.slice(border, border + 1), /[\uDC00-\uDFFF]/);
      }),
    );
  });

  it('begins and ends between words', () => {
    const text = Array.from({ length: 3_000 }, (_, i) => `word${i}`).join(' ');
    const { start, end } = partOfLongLine(text, 9_000);
    assert.equal(text[start - 1], ' ');
    assert.notEqual(text[start], ' ');
    assert.equal(text[end], ' ');
  });

  it('begins with a sentence where one is near', () => {
    const text = 'Some words that end here. '.repeat(1_000);
    const { start } = partOfLongLine(text, 13_000);
    assert.ok(text.slice(start).startsWith('Some words'));
    const chinese = '我们在这里。'.repeat(2_000);
    assert.equal(chinese[partOfLongLine(chinese, 6_000).start - 1], '。');
  });

  it('stays where the cursor moves a little', () => {
    const text = 'word '.repeat(10_000);
    assert.deepEqual(partOfLongLine(text, 20_100), partOfLongLine(text, 19_800));
  });
});

describe('The parts of a very long line that are on screen', () => {
  const text = 'Some words that end here. '.repeat(1_000);

  it('hold all that is on screen and join without a gap', () => {
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(12_000), (start, length) => {
        const end = Math.min(text.length, start + length);
        const parts = visibleParts(text, { start, end });
        assert.ok(parts[0].start <= start && parts[parts.length - 1].end >= end);
        for (let i = 1; i < parts.length; i++) assert.equal(parts[i].start, parts[i - 1].end);
        assert.ok(parts[parts.length - 1].end - parts[0].start <= length + 7_000);
      }),
    );
  });

  it('begin with a sentence, at the same places wherever one looks', () => {
    const [first, second] = [9_000, 11_000].map((start) => visibleParts(text, { start, end: start + 6_000 }));
    for (const { start } of [...first, ...second]) assert.ok(text.startsWith('Some', start), `${start}`);
    const known = new Set(first.map(({ start, end }) => `${start} ${end}`));
    assert.ok(second.filter(({ start, end }) => known.has(`${start} ${end}`)).length >= 2);
  });

  it('are segments of their own, and say nowhere that the line is cut', () => {
    const lines = { lineCount: 1, lineAt: () => text };
    const visible = (): { start: number; end: number } => ({ start: 8_000, end: 14_000 });
    const rules = { kind: 'text', markdown: false, skipped: () => false, near: () => 0, visible } as const;
    const segments = cutSegments(lines, [{ first: 0, last: 0 }], rules);
    assert.ok(segments.length >= 4);
    assert.equal(joinNeighbours(segments, lines).length, segments.length);
    for (const { cut, firstColumn, text: part } of segments) {
      assert.equal(part, text.slice(firstColumn, firstColumn + part.length));
      assert.ok(!cut?.before && !cut?.after);
    }
  });

  it('are those around the cursor where an editor says that all of a huge line is on screen', () => {
    const lines = { lineCount: 1, lineAt: () => text };
    const visible = (): { start: number; end: number } => ({ start: 0, end: text.length });
    const rules = {
      kind: 'text',
      markdown: false,
      skipped: () => false,
      near: () => 9_000,
      visible,
    } as const;
    const segments = cutSegments(lines, [{ first: 0, last: 0 }], rules);
    assert.deepEqual(
      segments.map(({ cut }) => [cut?.before, cut?.after]),
      [[true, true]],
    );
  });
});
