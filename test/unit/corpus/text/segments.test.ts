import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linesWithoutText } from '../../../../src/corpus/text/markdown';
import { cutSegments, cutDocument, longLineLength } from '../../../../src/corpus/text/segments';
import type { SegmentRules } from '../../../../src/corpus/text/segments';
import { sentenceEndsBetween } from '../../../../src/corpus/text/tokenize';
import { linesOf } from '../../editor/labels/documents';

const rows: SegmentRules = { kind: 'rows' };
const textWith = (
  skipped: (line: number) => boolean = () => false,
  near: (line: number) => number = () => 0,
): SegmentRules => ({ kind: 'text', markdown: false, skipped, near });

/** Documents of short lines, blank ones among them. */
const document = fc
  .array(fc.constantFrom('', '', ' ', 'a\tB', 'It is so.', 'and goes on', '# x'), {
    minLength: 1,
    maxLength: 400,
  })
  .map((lines) => lines.join('\n'));
const rules = fc.constantFrom(rows, textWith());

describe('Segments of a document', () => {
  it('end at blank lines', () => {
    const lines = linesOf('a\nb\n\n \nc\n');
    assert.deepEqual(cutSegments(lines, [{ first: 0, last: 5 }], rows), [
      { first: 0, last: 1, firstColumn: 0, text: 'a\nb' },
      { first: 4, last: 4, firstColumn: 0, text: 'c' },
    ]);
  });

  it('are whole where the wanted lines begin or end inside of one', () => {
    const lines = linesOf('a\nb\nc\n\nd\ne');
    assert.deepEqual(
      cutSegments(lines, [{ first: 2, last: 4 }], rows).map(({ text }) => text),
      ['a\nb\nc', 'd\ne'],
    );
  });

  it('are the same ones whatever lines are wanted, and hold each of these that is not blank once', () => {
    fc.assert(
      fc.property(document, rules, fc.nat(400), fc.nat(60), (text, how, from, length) => {
        const lines = linesOf(text);
        const first = Math.min(from, lines.lineCount - 1);
        const last = Math.min(first + length, lines.lineCount - 1);
        const all = cutSegments(lines, [{ first: 0, last: lines.lineCount - 1 }], how);
        const some = cutSegments(lines, [{ first, last }], how);
        assert.deepEqual(
          some,
          all.filter((segment) => segment.last >= first && segment.first <= last),
        );
        for (let line = 0; line < lines.lineCount; line++) {
          const holding = all.filter((segment) => segment.first <= line && segment.last >= line).length;
          assert.equal(holding, lines.lineAt(line).trim() === '' ? 0 : 1);
        }
        const everyLine = text.split('\n');
        for (const segment of all)
          assert.equal(segment.text, everyLine.slice(segment.first, segment.last + 1).join('\n'));
      }),
    );
  });

  it('of several ranges do not repeat a sentence that both touch', () => {
    const lines = linesOf('a\nb\nc\nd\n\ne');
    assert.deepEqual(
      cutSegments(
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
    const [segment, ...others] = cutSegments(lines, [{ first: 2_400, last: 2_450 }], rows);
    assert.deepEqual([segment.first, segment.last, others.length], [0, 4_999, 0]);
  });

  it('cut rows without any blank line, the same way wherever one looks', () => {
    const lines = linesOf(Array.from({ length: 30_000 }, (_, i) => `w${i}\tX`).join('\n'));
    const at = (first: number): number[] =>
      cutSegments(lines, [{ first, last: first + 10 }], rows).flatMap((segment) => [
        segment.first,
        segment.last,
      ]);
    assert.deepEqual(at(12_000), [10_000, 14_999]);
    assert.deepEqual(at(14_980), [10_000, 14_999]);
    assert.deepEqual(at(29_990), [25_000, 29_999]);
  });

  it('cut long text without blank lines at the ends of sentences', () => {
    const lines = linesOf(
      Array.from({ length: 1_000 }, (_, i) => ['A sentence', 'goes on and', 'ends here.'][i % 3]).join('\n'),
    );
    const segments = cutSegments(lines, [{ first: 400, last: 410 }], textWith());
    assert.ok(segments.length <= 6 && segments.every(({ text }) => text.split('\n').length <= 3));
  });

  it('leave out code and do not join what stands around it', () => {
    const lines = linesOf('one\n```\ncode\n\ncode\n```\ntwo');
    const segments = cutSegments(
      lines,
      [{ first: 0, last: 6 }],
      textWith((line) => line >= 1 && line <= 5),
    );
    assert.deepEqual(
      segments.map(({ text }) => text),
      ['one', 'two'],
    );
  });

  it('hold only a part of a very long line, around the cursor', () => {
    const long = 'word '.repeat(4_000);
    const lines = linesOf(`before\n${long}\nafter`);
    const segments = cutSegments(
      lines,
      [{ first: 0, last: 2 }],
      textWith(undefined, () => 10_000),
    );
    assert.deepEqual(
      segments.map(({ first }) => first),
      [0, 1, 2],
    );
    const { cut, text, firstColumn } = segments[1];
    assert.ok(cut?.before && cut.after && text.length <= 4_000);
    assert.equal(text, long.slice(firstColumn, firstColumn + text.length));
    assert.ok(cut.startColumn <= 9_000 && cut.endColumn >= 11_000);
  });

  it('hold long rows whole: a label needs its token only', () => {
    const lines = linesOf(`a\t${'x'.repeat(2 * longLineLength)}\tB`);
    assert.equal(cutSegments(lines, [{ first: 0, last: 0 }], rows)[0].cut, undefined);
  });
});

describe('Segments of a whole document', () => {
  it('give the document when they are joined, and each begins a sentence', () => {
    fc.assert(
      fc.property(document, rules, fc.integer({ min: 1, max: 50 }), (text, how, size) => {
        const lines = linesOf(text);
        const parts = [...cutDocument(lines, size, how)];
        assert.equal(parts.map((part) => part.text).join('\n'), text);
        for (const part of parts.slice(1)) {
          const before = lines.lineAt(part.first - 1);
          assert.ok(
            before.trim() === '' ||
              (how.kind === 'text' && sentenceEndsBetween(before, lines.lineAt(part.first), false)),
          );
          assert.notEqual(part.text.trim(), '');
        }
      }),
    );
  });

  it('are one where a document holds nothing but blank lines', () => {
    const lines = linesOf('\n'.repeat(2_000));
    assert.deepEqual(
      [...cutDocument(lines, 100, rows)].map(({ first, last }) => [first, last]),
      [[0, 2_000]],
    );
  });

  it('are found in linear time among very many blank lines', function () {
    this.timeout(60_000);
    for (const text of ['\n'.repeat(1_000_000), `a\n${'\n'.repeat(1_000_000)}`, 'a\n\n'.repeat(300_000)])
      for (const how of [rows, textWith()]) {
        const lines = linesOf(text);
        let end = -1;
        for (const { first, last } of cutDocument(lines, 1_000, how)) {
          assert.equal(first, end + 1);
          end = last;
        }
        assert.equal(end, lines.lineCount - 1);
      }
  });

  it('are no longer in text where no sentence ends, and are looked for one by one', () => {
    const wrapped = 'these are the words of a line that goes on and on without a mark';
    const lines = linesOf(`${wrapped}\n`.repeat(1_000_000) + wrapped);
    let looks = 0;
    const counted = {
      lineCount: lines.lineCount,
      lineAt: (line: number) => {
        looks++;
        return lines.lineAt(line);
      },
    };
    const segments = cutDocument(counted, 100, textWith());
    for (let i = 0; i < 5; i++) {
      const { value } = segments.next();
      assert.ok(value && value.first === 300 * i && value.last === 300 * i + 299, JSON.stringify(value));
    }
    assert.ok(looks < 10_000, String(looks));
  });

  it('do not begin inside of a comment', () => {
    const text = 'It ends here. <!-- It begins.\nIt goes on. -->\nMore.';
    const lines = linesOf(text);
    const markdown: SegmentRules = {
      kind: 'text',
      markdown: true,
      skipped: (line) => linesWithoutText(lines)[line] === 1,
      near: () => 0,
    };
    assert.deepEqual(
      [...cutDocument(lines, 1, markdown)].map(({ text: part }) => part),
      [text],
    );
  });
});
