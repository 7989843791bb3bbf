import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinedEdits } from '../../../../src/corpus/answers/joinedEdits';
import { applyEdits } from '../../../../src/corpus/textEdits';
import type { TextEdit } from '../../../../src/corpus/textEdits';

const rows = (labels: readonly string[]): string => labels.map((label) => `word\t${label}\n`).join('');

/** Edits that give lines other labels. */
function relabel(text: string, lines: readonly number[]): TextEdit[] {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  return lines.map((line) => ({ start: starts[line] + 5, end: starts[line] + 6, text: 'LOC' }));
}

describe('Edits that are offered one by one', () => {
  const text = rows([...'BIOBIIOBOB']);

  it('are one for labels on lines that follow each other, and for all of an answer', () => {
    const edits = relabel(text, [0, 1, 3, 5, 7, 9]);
    const joined = joinedEdits(
      text,
      edits,
      [
        { first: 3, last: 5 },
        { first: 7, last: 7 },
      ],
      true,
    );
    const shown = joined.map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(shown, ['B\nword\tI', 'B\nword\tI\nword\tI', 'B', 'B']);
    assert.equal(joined[1].text, 'LOC\nword\tI\nword\tLOC');
    // Tags do not lean on each other.
    assert.equal(joinedEdits(text, edits, [], false).length, edits.length);
  });

  it('make of the text what they made apart, and of spans no two stand on lines that follow each other', () => {
    const labels = fc.array(fc.constantFrom(...'BIO'), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(labels, fc.infiniteStream(fc.nat({ max: 3 })), fc.boolean(), (own, draws, areSpans) => {
        const draw = (): number => draws.next().value ?? 0;
        const before = rows(own);
        const edits = relabel(
          before,
          own.flatMap((_, line) => (draw() === 0 ? [line] : [])),
        );
        const together: { first: number; last: number }[] = [];
        for (let first = draw(); first < own.length;) {
          const last = Math.min(own.length - 1, first + draw());
          together.push({ first, last });
          first = last + 1 + draw();
        }
        const joined = joinedEdits(before, edits, together, areSpans);
        assert.equal(applyEdits(before, joined), applyEdits(before, edits));
        const lineOf = (at: number): number => before.slice(0, at).split('\n').length;
        joined.forEach(({ start }, i) => {
          if (i > 0 && areSpans) assert.ok(lineOf(start) - lineOf(joined[i - 1].end) > 1);
        });
        for (const { first, last } of together)
          assert.ok(
            joined.filter(({ start }) => lineOf(start) - 1 >= first && lineOf(start) - 1 <= last).length <= 1,
          );
      }),
    );
  });
});
