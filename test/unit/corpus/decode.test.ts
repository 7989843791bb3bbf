import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeText, decodeUtf8 } from '../../../src/corpus/decode';

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

  it('refuses UTF-16 and UTF-32, with a mark or without, with the way out', () => {
    const text = 'Anna\tB-PER\nslept\tO\n\n'.repeat(20);
    const utf32 = (mark: string): Buffer =>
      Buffer.concat(Array.from(mark + text, (character) => Buffer.from(`${character}\0`, 'utf16le')));
    const all: readonly (readonly [bytes: Buffer, said: RegExp])[] = [
      [Buffer.from(`\ufeff${text}`, 'utf16le'), /UTF-16 \(utf-16le\).*or say its encoding/],
      [Buffer.from(text, 'utf16le'), /UTF-16 \(utf-16le\)/],
      [Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), /UTF-16 \(utf-16be\)/],
      [Buffer.from(text, 'utf16le').swap16(), /UTF-16 \(utf-16be\)/],
      [utf32('\ufeff'), /UTF-32 \(utf-32le\), not in UTF-8\. Save it as UTF-8\.$/],
      [utf32(''), /UTF-32 \(utf-32le\)/],
      [utf32('\ufeff').swap32(), /UTF-32 \(utf-32be\)/],
      [utf32('').swap32(), /UTF-32 \(utf-32be\)/],
    ];
    const other = Buffer.from('猫\tB-X\nの\tO\n日本語です\tO\n'.repeat(9), 'utf16le');
    for (const [bytes, said] of [...all, [other, /UTF-16 \(utf-16le\)/] as const]) {
      const { text: read, problems } = decodeText('f', Uint8Array.from(bytes));
      assert.equal(read, '');
      assert.match(problems[0].message, said);
    }
  });

  it('takes text with some NULs for text', () => {
    for (const text of ['a\0b\tO\n\n', '\0', '\0'.repeat(400), 'a\tO\n\0\tO\n'.repeat(50)])
      assert.deepEqual(decodeText('f', Uint8Array.from(Buffer.from(text))), { text, problems: [] });
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
