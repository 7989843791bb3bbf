import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeUtf8 } from '../../../src/corpus/decode';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('decoding UTF-8', () => {
  it('reads valid text and drops the byte order mark', () => {
    assert.deepEqual(decodeUtf8('f', encode('\uFEFFa\u2028é👩\n')), { text: 'a\u2028é👩\n', problems: [] });
  });

  it('keeps a mark that is not at the start', () => {
    assert.equal(decodeUtf8('f', encode('a\uFEFFb')).text, 'a\uFEFFb');
  });

  it('reports each line with invalid bytes once, at the first of them', () => {
    const bytes = Uint8Array.from([...encode('\uFEFF👩a'), 0xff, 0xe9, 0x0a, ...encode('good\n'), 0xe9]);
    const { text, problems } = decodeUtf8('f', bytes);
    assert.equal(text, '👩a\uFFFD\uFFFD\ngood\n\uFFFD');
    assert.deepEqual(
      problems.map(({ file, line, startColumn, endColumn, code, severity }) => ({
        file,
        line,
        startColumn,
        endColumn,
        code,
        severity,
      })),
      [
        { file: 'f', line: 0, startColumn: 3, endColumn: 4, code: 'invalid-utf8', severity: 'error' },
        { file: 'f', line: 2, startColumn: 0, endColumn: 1, code: 'invalid-utf8', severity: 'error' },
      ],
    );
    assert.match(problems[0].message, /0xFF/);
  });

  it('lists twenty lines and counts the rest', () => {
    const { problems } = decodeUtf8(
      'f',
      Uint8Array.from({ length: 200 }, (_, i) => (i % 2 ? 0x0a : 0xff)),
    );
    assert.equal(problems.length, 21);
    assert.match(problems[20].message, /And 79 more/);
    assert.equal(problems[20].line, 20);
  });

  it('reports exactly where the platform’s decoder finds a fault', () => {
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0x0a, 0x0d, 0xc3, 0xa9, 0xe2, 0x80, 0xa8, 0xed, 0xa0, 0xf0, 0x9f, 0xf4, 0x90),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 24 }), (bytes) => {
        const { problems } = decodeUtf8('f', Uint8Array.from(bytes));
        const lines: number[][] = [[]];
        for (const [at, value] of bytes.entries()) {
          if (value === 0x0a || (value === 0x0d && bytes[at + 1] !== 0x0a)) lines.push([]);
          else lines[lines.length - 1].push(value);
        }
        const faulty = lines.flatMap((line, number) => {
          try {
            new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(line));
            return [];
          } catch {
            return [number];
          }
        });
        assert.deepEqual(
          problems.map(({ line }) => line),
          faulty,
        );
      }),
      { numRuns: 500 },
    );
  });
});
