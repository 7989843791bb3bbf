import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutPassages, cutWhole, longLineLength, withMargin } from '../../../../src/editor/labels/passages';
import type { Cutting } from '../../../../src/editor/labels/passages';
import { linesOf } from './documents';

const rows: Cutting = { kind: 'rows' };
const textWith = (
  skipped: (line: number) => boolean = () => false,
  near: (line: number) => number = () => 0,
): Cutting => ({ kind: 'text', skipped, near });

/** Documents of short lines, blank ones among them. */
const document = fc
  .array(fc.constantFrom('', '', ' ', 'a\tB', 'It is so.', 'and goes on', '# x'), {
    minLength: 1,
    maxLength: 400,
  })
  .map((lines) => lines.join('\n'));
const cutting = fc.constantFrom(rows, textWith());

describe('Passages of a document', () => {
  it('end at blank lines', () => {
    const lines = linesOf('a\nb\n\n \nc\n');
    assert.deepEqual(cutPassages(lines, [{ first: 0, last: 5 }], rows), [
      { first: 0, last: 1, firstColumn: 0, text: 'a\nb' },
      { first: 4, last: 4, firstColumn: 0, text: 'c' },
    ]);
  });

  it('are whole where the wanted lines begin or end inside of one', () => {
    const lines = linesOf('a\nb\nc\n\nd\ne');
    assert.deepEqual(
      cutPassages(lines, [{ first: 2, last: 4 }], rows).map(({ text }) => text),
      ['a\nb\nc', 'd\ne'],
    );
  });

  it('are the same ones whatever lines are wanted, and hold each of these that is not blank once', () => {
    fc.assert(
      fc.property(document, cutting, fc.nat(400), fc.nat(60), (text, how, from, length) => {
        const lines = linesOf(text);
        const first = Math.min(from, lines.lineCount - 1);
        const last = Math.min(first + length, lines.lineCount - 1);
        const all = cutPassages(lines, [{ first: 0, last: lines.lineCount - 1 }], how);
        const some = cutPassages(lines, [{ first, last }], how);
        assert.deepEqual(
          some,
          all.filter((passage) => passage.last >= first && passage.first <= last),
        );
        for (let line = 0; line < lines.lineCount; line++) {
          const holding = all.filter((passage) => passage.first <= line && passage.last >= line).length;
          assert.equal(holding, lines.lineAt(line).trim() === '' ? 0 : 1);
        }
        const everyLine = text.split('\n');
        for (const passage of all)
          assert.equal(passage.text, everyLine.slice(passage.first, passage.last + 1).join('\n'));
      }),
    );
  });

  it('of several ranges do not repeat a sentence that both touch', () => {
    const lines = linesOf('a\nb\nc\nd\n\ne');
    assert.deepEqual(
      cutPassages(
        lines,
        [
          { first: 0, last: 0 },
          { first: 3, last: 5 },
        ],
        rows,
      ).map(({ text }) => text),
      ['a\nb\nc\nd', 'e'],
    );
  });

  it('keep a sentence of 5,000 rows whole', () => {
    const lines = linesOf(Array.from({ length: 5_000 }, (_, i) => `w${i}\tX`).join('\n'));
    const [passage, ...others] = cutPassages(lines, [{ first: 2_400, last: 2_450 }], rows);
    assert.deepEqual([passage.first, passage.last, others.length], [0, 4_999, 0]);
  });

  it('cut rows without any blank line, the same way wherever one looks', () => {
    const lines = linesOf(Array.from({ length: 30_000 }, (_, i) => `w${i}\tX`).join('\n'));
    const at = (first: number): number[] =>
      cutPassages(lines, [{ first, last: first + 10 }], rows).flatMap((passage) => [
        passage.first,
        passage.last,
      ]);
    assert.deepEqual(at(12_000), [10_000, 14_999]);
    assert.deepEqual(at(14_980), [10_000, 14_999]);
    assert.deepEqual(at(29_990), [25_000, 29_999]);
  });

  it('cut text of one sentence a line at the ends of sentences', () => {
    const lines = linesOf(
      Array.from({ length: 1_000 }, (_, i) => (i % 3 === 2 ? 'ends here.' : 'goes on')).join('\n'),
    );
    const passages = cutPassages(lines, [{ first: 400, last: 410 }], textWith());
    assert.ok(passages.length <= 6 && passages.every(({ text }) => text.split('\n').length <= 3));
  });

  it('leave out code and do not join what stands around it', () => {
    const lines = linesOf('one\n```\ncode\n\ncode\n```\ntwo');
    const passages = cutPassages(
      lines,
      [{ first: 0, last: 6 }],
      textWith((line) => line >= 1 && line <= 5),
    );
    assert.deepEqual(
      passages.map(({ text }) => text),
      ['one', 'two'],
    );
  });

  it('hold only a part of a very long line, around the cursor', () => {
    const long = 'word '.repeat(4_000);
    const lines = linesOf(`before\n${long}\nafter`);
    const passages = cutPassages(
      lines,
      [{ first: 0, last: 2 }],
      textWith(undefined, () => 10_000),
    );
    assert.deepEqual(
      passages.map(({ first }) => first),
      [0, 1, 2],
    );
    const { cut, text, firstColumn } = passages[1];
    assert.ok(cut?.before && cut.after && text.length <= 4_000);
    assert.equal(text, long.slice(firstColumn, firstColumn + text.length));
    assert.ok(cut.startColumn <= 9_000 && cut.endColumn >= 11_000);
  });

  it('hold long rows whole: a label needs its token only', () => {
    const lines = linesOf(`a\t${'x'.repeat(2 * longLineLength)}\tB`);
    assert.equal(cutPassages(lines, [{ first: 0, last: 0 }], rows)[0].cut, undefined);
  });
});

describe('The margin around the viewport', () => {
  it('is sixty lines on each side', () => {
    const lines = linesOf('x\n'.repeat(1_000));
    assert.deepEqual(withMargin(lines, [{ first: 500, last: 540 }]), [{ first: 440, last: 600 }]);
    assert.deepEqual(withMargin(lines, [{ first: 10, last: 40 }]), [{ first: 0, last: 100 }]);
  });

  it('joins ranges that touch, as around a fold', () => {
    const lines = linesOf('x\n'.repeat(1_000));
    assert.deepEqual(
      withMargin(lines, [
        { first: 200, last: 210 },
        { first: 500, last: 510 },
        { first: 100, last: 110 },
      ]),
      [
        { first: 40, last: 270 },
        { first: 440, last: 570 },
      ],
    );
  });

  it('is smaller where lines are long', () => {
    const lines = linesOf(`${'x'.repeat(4_000)}\n`.repeat(100));
    assert.deepEqual(withMargin(lines, [{ first: 50, last: 51 }]), [{ first: 45, last: 56 }]);
  });

  it('knows a viewport beyond the end of a document that has become shorter', () => {
    assert.deepEqual(withMargin(linesOf('a\nb'), [{ first: 0, last: 90 }]), [{ first: 0, last: 1 }]);
    assert.deepEqual(withMargin(linesOf('a\nb'), [{ first: 80, last: 90 }]), []);
  });
});

describe('The parts of a whole document', () => {
  it('give the document when they are joined, and each begins a sentence', () => {
    fc.assert(
      fc.property(
        document,
        fc.constantFrom(rows, textWith()),
        fc.integer({ min: 1, max: 50 }),
        (text, how, size) => {
          const lines = linesOf(text);
          const parts = cutWhole(lines, size, how);
          assert.equal(parts.map((part) => part.text).join('\n'), text);
          for (const part of parts.slice(1)) {
            const before = lines.lineAt(part.first - 1);
            assert.ok(before.trim() === '' || (how.kind === 'text' && before.endsWith('.')));
            assert.notEqual(part.text.trim(), '');
          }
        },
      ),
    );
  });
});
