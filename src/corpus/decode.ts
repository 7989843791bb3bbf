import * as l10n from '../common/l10n';
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
 * Text of a file in any encoding; UTF-8 where none is named. What is UTF-16 or UTF-32, with a mark or without,
 * and what is not in the encoding, is an error.
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
  const wide = wideEncodingFault(bytes);
  if (wide === undefined) return decodeUtf8(file, bytes);
  const problems = new ProblemList(file);
  problems.add('error', 'utf-16', `${wide.message} ${wide.hint}`, { line: 0 });
  return { text: '', problems: problems.finish() };
}

/** Bytes that are looked at for zeros, and how many of them at least must be. */
const lookedAt = 4096;
const fewestZeros = 4;

type WideEncoding = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** What to say of bytes that are text in UTF-16 or UTF-32, with a mark or without; undefined for all others. */
export function wideEncodingFault(
  bytes: Uint8Array,
): { readonly message: string; readonly hint: string } | undefined {
  const wide = wideEncodingOf(bytes);
  if (wide === undefined) return undefined;
  const name = wide.slice(0, 6).toUpperCase();
  return {
    message: l10n.t('The text is written in {0} ({1}), not in UTF-8.', name, wide),
    hint: name === 'UTF-16' ? l10n.t('Save it as UTF-8, or say its encoding.') : l10n.t('Save it as UTF-8.'),
  };
}

/** By its mark, or by the zeros in the same one or three of the bytes that letters of Latin scripts have. */
function wideEncodingOf(bytes: Uint8Array): WideEncoding | undefined {
  const begins = (...mark: readonly number[]): boolean => mark.every((byte, i) => bytes[i] === byte);
  if (begins(0xff, 0xfe, 0, 0)) return 'utf-32le';
  if (begins(0, 0, 0xfe, 0xff)) return 'utf-32be';
  if (begins(0xff, 0xfe)) return 'utf-16le';
  if (begins(0xfe, 0xff)) return 'utf-16be';
  const zeros = [0, 0, 0, 0];
  const length = Math.min(bytes.length, lookedAt);
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 4]++;
  // No character of UTF-32 has more than 21 bits.
  const quarter = Math.floor(length / 4);
  const [first, second, third, fourth] = zeros;
  if (quarter >= fewestZeros && fourth >= quarter && third > 0.9 * quarter && first < 0.1 * quarter)
    return 'utf-32le';
  if (quarter >= fewestZeros && first >= quarter && second > 0.9 * quarter && fourth < 0.1 * quarter)
    return 'utf-32be';
  const [even, odd] = [first + third, second + fourth];
  const most = Math.max(even, odd);
  if (most < Math.max(fewestZeros, length / 8)) return undefined;
  // Text of other scripts has fewer zeros, and is not UTF-8 by chance; UTF-8 may hold some NULs.
  if (most < length / 4 && isUtf8(bytes.subarray(0, length))) return undefined;
  return odd > 4 * even ? 'utf-16le' : even > 4 * odd ? 'utf-16be' : undefined;
}

/** Whether bytes, of which the last may be cut, are UTF-8. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
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
        l10n.t(
          'This line is not valid UTF-8 (byte 0x{0}). Save the file as UTF-8, or set the encoding it is written in.',
          byte,
        ),
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
