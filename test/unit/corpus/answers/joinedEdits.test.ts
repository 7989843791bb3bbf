import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinedEdits, offeredEdits } from '../../../../src/corpus/answers/joinedEdits';
import { LabelDraft } from '../../../../src/corpus/answers/labelDraft';
import { applyEdits } from '../../../../src/corpus/textEdits';
import type { TextEdit } from '../../../../src/corpus/textEdits';
import { annotated } from './annotated';

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

  /** What is offered where all spans of a type get another. */
  function offered(source: string, path: string, column: string): string[] {
    const read = annotated(source, { path, column, scheme: 'IOB2', labels: ['O', 'B-PER', 'I-PER'] });
    const draft = new LabelDraft(read);
    const spans = read.labels.flatMap((label, t) =>
      label === 'B-PER' ? [draft.spanAt(read.sentence[t], t)!] : [],
    );
    for (const span of spans) assert.equal(draft.label(span, 'LOC'), undefined);
    const drafted = draft.finish();
    assert.ok(typeof drafted !== 'string');
    const edits = offeredEdits(read, spans, drafted.edits);
    return edits.map((edit) => applyEdits(source, [edit]));
  }

  it('are one for a span whose labels stand on lines of one record, so that no half of it is ticked', () => {
    const record = (tags: string[]): object => ({ tags, tokens: ['Ann', 'Lee', 'sees', 'Bo'] });
    const list = (...records: object[]): string => JSON.stringify(records, undefined, 2);
    const [old, now] = ['PER', 'LOC'].map((type) => record([`B-${type}`, `I-${type}`, 'O', `B-${type}`]));
    assert.deepEqual(offered(list(old, old), 'a.json', 'tags'), [list(now, old), list(old, now)]);
  });

  it('are one for a record whose spans take other lines, so that what is ticked alone is JSON', () => {
    const record = (type: string): object => ({
      text: 'Ann Lee sees Bo',
      label: [
        [0, 7, type],
        [13, 15, type],
      ],
    });
    const list = (...records: object[]): string => JSON.stringify(records, undefined, 2);
    const made = offered(list(record('PER'), record('PER')), 'a.json', 'LABEL');
    const parsed = made.map((text) => JSON.parse(text) as unknown);
    assert.deepEqual(parsed, [
      [record('LOC'), record('PER')],
      [record('PER'), record('LOC')],
    ]);
  });

  it('are one for a span in a table with quotation marks', () => {
    const rows = (type: string, last: string): string =>
      `Sentence #,Word,Tag\nSentence: 1,"Ann",B-${type}\n,"van, der",I-${type}\n,sees,O\n,x,O\n,Bo,B-${last}\n`;
    assert.deepEqual(offered(rows('PER', 'PER'), 'a.csv', 'Tag'), [rows('LOC', 'PER'), rows('PER', 'LOC')]);
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
