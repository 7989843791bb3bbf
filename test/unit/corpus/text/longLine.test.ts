import assert from 'node:assert/strict';
import fc from 'fast-check';
import { partOfLongLine } from '../../../../src/corpus/text/segments';

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
