import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineScanner } from '../../../../src/corpus/text/lines';

function linesOf(text: string, from?: number): string[] {
  const scanner = new LineScanner(text, from);
  const lines: string[] = [];
  while (scanner.advance()) {
    assert.equal(scanner.line, lines.length);
    lines.push(text.slice(scanner.start, scanner.end));
  }
  return lines;
}

describe('lines of a text', () => {
  it('end at any of the three line ends', () => {
    assert.deepEqual(linesOf('a\rb\r\nc\n\rd\r\r\n'), ['a', 'b', 'c', '', 'd', '', '']);
    assert.deepEqual(linesOf('a\r'), ['a', '']);
    assert.deepEqual(linesOf(''), ['']);
  });

  it('begin behind a byte order mark, unless a place is given', () => {
    assert.deepEqual(linesOf('\ufeffa\n\ufeffb'), ['a', '\ufeffb']);
    assert.deepEqual(linesOf('\ufeffa\nb', 0), ['\ufeffa', 'b']);
  });

  it('are those that splitting gives', () => {
    const piece = fc.oneof(
      fc.constantFrom('\r', '\n', '\r\n', '\u2028', '\u0085', '\v', '\f', 'a', ''),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
        (text) => {
          assert.deepEqual(linesOf(text), text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
