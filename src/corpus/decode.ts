import type { Problem } from '../common/problem';
import { ProblemList } from './problems';

/**
 * Text of a UTF-8 file, without its byte order mark. Bytes that are not UTF-8 become U+FFFD, and each line
 * with such bytes gets an `invalid-utf8` error at the first of them (lines end at `\n`, `\r\n` or a lone
 * `\r`); the caller decides whether the text may be used all the same.
 */
export function decodeUtf8(file: string, bytes: Uint8Array): { text: string; problems: Problem[] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), problems: [] };
  } catch {
    return { text: new TextDecoder('utf-8').decode(bytes), problems: invalidLines(file, bytes) };
  }
}

/**
 * Text of a file in any encoding; UTF-8 where none is named. What is UTF-16, with a mark or without, and what
 * is not in the encoding, is an error.
 *
 * @param encoding as the Encoding Standard names it.
 */
export function decodeText(
  file: string,
  bytes: Uint8Array,
  encoding = 'utf-8',
): { text: string; problems: Problem[] } {
  if (encoding.toLowerCase().replace('-', '') !== 'utf8')
    return { text: new TextDecoder(encoding).decode(bytes), problems: [] };
  const wide = wideEncodingOf(bytes);
  if (wide === undefined) return decodeUtf8(file, bytes);
  const problems = new ProblemList(file);
  const message = `The file is written in UTF-16 (${wide}), not in UTF-8. Save it as UTF-8, or say its encoding.`;
  problems.add('error', 'utf-16', message, { line: 0 });
  return { text: '', problems: problems.finish() };
}

/** Bytes that are looked at for zeros. */
const lookedAt = 4096;

/** UTF-16 by its mark, or by the zero in every other byte that letters of Latin scripts have in it. */
function wideEncodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const length = Math.min(bytes.length, lookedAt);
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 2]++;
  const [even, odd] = zeros;
  if (length < 8 || Math.max(even, odd) < length / 8) return undefined;
  return odd > 4 * even ? 'utf-16le' : even > 4 * odd ? 'utf-16be' : undefined;
}

function invalidLines(file: string, bytes: Uint8Array): Problem[] {
  const problems = new ProblemList(file);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let lineStart = hasMark ? 3 : 0;
  let reported = false;
  for (let line = 0, at = lineStart; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length === 0 && !reported) {
      const startColumn = decoder.decode(bytes.subarray(lineStart, at)).length;
      const byte = bytes[at].toString(16).toUpperCase().padStart(2, '0');
      problems.add(
        'error',
        'invalid-utf8',
        `This line is not valid UTF-8 (byte 0x${byte}). Save the file as UTF-8, or set the encoding it is written in.`,
        { line, startColumn, endColumn: startColumn + 1 },
      );
      reported = true;
    }
    if (bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] !== 0x0a)) {
      line++;
      lineStart = at + 1;
      reported = false;
    }
    at += length || 1;
  }
  return problems.finish();
}

/**
 * Length in bytes of the well-formed UTF-8 sequence at `at` (The Unicode Standard, table 3-7), or 0 if there
 * is none.
 */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (at + length > bytes.length) return 0;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (bytes[at + 1] < lowest || bytes[at + 1] > highest) return 0;
  for (let i = 2; i < length; i++) if ((bytes[at + i] & 0xc0) !== 0x80) return 0;
  return length;
}
