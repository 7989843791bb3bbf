import assert from 'node:assert/strict';
import { hash32 } from '../../../../src/common/random';
import { spansIn } from '../../../../src/corpus/formats/bratEdits';
import { FollowedText } from '../../../../src/corpus/formats/followedText';
import type { GoldSpan } from '../../../../src/editor/labels/decorations';
import { movedSpans } from '../../../../src/editor/labels/movedSpans';

const span = (startLine: number, startColumn: number, endLine: number, endColumn: number): GoldSpan => ({
  startLine,
  startColumn,
  endLine,
  endColumn,
  type: 'PER',
});

function change(
  from: readonly [number, number],
  to: readonly [number, number],
  text: string,
): Parameters<typeof movedSpans>[1][number] {
  const [start, end] = [from, to].map(([line, character]) => ({ line, character }));
  return { range: { start, end }, text };
}

describe('Spans of a text while one types', () => {
  it('move with what is typed before them on their line, and stay where it is typed behind them', () => {
    const spans = [span(0, 0, 0, 4), span(0, 10, 0, 14), span(1, 2, 1, 6)];
    assert.deepEqual(movedSpans(spans, [change([0, 6], [0, 6], 'x')]), [
      spans[0],
      span(0, 11, 0, 15),
      spans[2],
    ]);
  });

  it('move with lines that come and go before them', () => {
    const spans = [span(2, 3, 3, 4), span(5, 0, 5, 4)];
    assert.deepEqual(movedSpans(spans, [change([2, 1], [2, 1], '\n  ')]), [
      span(3, 4, 4, 4),
      span(6, 0, 6, 4),
    ]);
    assert.deepEqual(movedSpans(spans, [change([1, 7], [2, 0], '')]), [span(1, 10, 2, 4), span(4, 0, 4, 4)]);
  });

  it('are not told where a change touches one of them, or puts in words that may be theirs', () => {
    const spans = [span(0, 5, 0, 9), span(0, 30, 0, 34)];
    assert.deepEqual(movedSpans(spans, [change([0, 5], [0, 5], 'x')]), [undefined, span(0, 31, 0, 35)]);
    assert.deepEqual(movedSpans(spans, [change([0, 9], [0, 9], 'x')]), [undefined, span(0, 31, 0, 35)]);
    assert.deepEqual(movedSpans(spans, [change([0, 2], [0, 7], '')]), [undefined, span(0, 25, 0, 29)]);
    assert.equal(movedSpans(spans, [change([0, 20], [0, 20], 'Anna')]), undefined);
    const [first, second] = [change([0, 7], [0, 7], 'x'), change([0, 2], [0, 2], 'y')];
    assert.deepEqual(movedSpans(spans, [first, second]), [undefined, span(0, 32, 0, 36)]);
  });

  it('are where the annotations are that follow the same edits, whatever is typed and deleted', () => {
    let drawn = 0;
    const below = (n: number): number => hash32(7, drawn++) % n;
    const letters = ['a', 'B', ' ', '\n', '.', 'é', '城', ''];
    let [told, touched] = [0, 0];
    for (let round = 0; round < 150; round++) {
      const lines = Array.from({ length: 6 }, () => 'Anna saw Berlin in 1999, and Rome.');
      let text = lines.join('\n');
      const annotations = [...text.matchAll(/Anna|Berlin|Rome/g)]
        .map(({ 0: word, index }, i) => `T${i + 1}\tX ${index} ${index + word.length}\t${word}\n`)
        .join('');
      const followed = new FollowedText(text);
      followed.read(annotations, text, true);
      let spans: readonly (GoldSpan | undefined)[] = spansOf(text, followed);
      let annotationsOf = followed.spans.map(({ annotation }) => annotation);
      for (let key = 0; key < 20; key++) {
        const start = below(text.length);
        const inserted = letters[below(letters.length)];
        const end = inserted === '' ? Math.min(text.length, start + 1 + below(3)) : start;
        const made = movedSpans(spans, [change(placeOf(text, start), placeOf(text, end), inserted)]);
        text = text.slice(0, start) + inserted + text.slice(end);
        followed.change([{ start, end, text: inserted }], 'edit', () => text);
        const all = spansOf(text, followed);
        const now = followed.spans.map(({ annotation }) => annotation);
        made?.forEach((span, i) => {
          if (!span) return;
          // One whose words are typed again elsewhere is told in a pause.
          const at = now.indexOf(annotationsOf[i]);
          if (at >= 0) assert.deepEqual(span, all[at], `round ${round}, key ${key}`);
          told++;
        });
        if (made?.includes(undefined)) touched++;
        spans = all;
        annotationsOf = now;
      }
    }
    assert.ok(told > 10_000 && touched > 100, `${told}, ${touched}`);
  });
});

function spansOf(text: string, followed: FollowedText): GoldSpan[] {
  return spansIn(text, followed.annotations ?? '').map(({ start, end, type }) => {
    const [startLine, startColumn] = placeOf(text, start);
    const [endLine, endColumn] = placeOf(text, end);
    return { startLine, startColumn, endLine, endColumn, type };
  });
}

function placeOf(text: string, offset: number): [line: number, column: number] {
  const lines = text.slice(0, offset).split('\n');
  return [lines.length - 1, (lines.at(-1) ?? '').length];
}
