import { InputError } from '../common/errors';
import { decodeUtf8, wideEncodingFault } from '../corpus/decode';
import { BlockCutter } from '../corpus/text/blockCutter';
import type { TextBlock } from '../corpus/text/blockCutter';
import type { Input } from './standardStreams';

const carriageReturn = 13;

/** So many bytes show whether a text is UTF-16. */
const longestHead = 64;

/**
 * Reads text and cuts it into blocks of whole sentences. A byte order mark stays.
 *
 * @param fatal bytes that are not in the encoding are an error; else they become U+FFFD.
 * @throws {InputError} with the line, where the input cannot be read.
 */
export async function* readBlocks(
  { name, bytes }: Input,
  sentencesAtOnce: number,
  { fatal, encoding = 'utf-8' }: { readonly fatal: boolean; readonly encoding?: string },
): AsyncGenerator<TextBlock> {
  const decoder = new TextDecoder(encoding, { fatal, ignoreBOM: true });
  const cutter = new BlockCutter(sentencesAtOnce);
  const isUtf8 = /^utf-?8$/i.test(encoding);
  /** The first bytes, of which a pipe may bring few at a time. */
  let head: Uint8Array = new Uint8Array(0);
  /** The last bytes before those at hand: a character may be cut in two. */
  let before: Uint8Array = new Uint8Array(0);
  const decode = (chunk: Uint8Array, stream: boolean): string => {
    try {
      return decoder.decode(chunk, { stream });
    } catch {
      const problem = isUtf8 && decodeUtf8(name, joined(unfinished(before), chunk)).problems[0];
      throw new InputError(`Not valid ${encoding.toUpperCase()}.`, {
        file: name,
        line: cutter.line + (problem ? problem.line : 0),
        hint: 'Convert the text to UTF-8, say its --encoding, or read it with --replace-invalid.',
      });
    }
  };
  try {
    for await (const chunk of bytes) {
      if (isUtf8 && head.length < longestHead) {
        head = joined(head, chunk);
        const wide = wideEncodingFault(head);
        if (wide)
          throw new InputError(wide.message, { hint: wide.hint.replace('its encoding', 'its --encoding') });
      }
      yield* cutter.push(decode(chunk, true));
      before = joined(before, chunk.subarray(-3)).slice(-3);
    }
    yield* cutter.push(decode(new Uint8Array(0), false));
  } catch (error) {
    throw error instanceof InputError
      ? new InputError(error.message, { file: name, ...error.details })
      : error;
  }
  const last = cutter.finish();
  if (last) yield last;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

/** The bytes at the end that begin a character, or a line end, and may not end it. */
function unfinished(bytes: Uint8Array): Uint8Array {
  if (bytes[bytes.length - 1] === carriageReturn) return bytes.subarray(-1);
  for (let i = bytes.length - 1; i >= 0; i--) {
    if ((bytes[i] & 0xc0) === 0x80) continue;
    const length = bytes[i] < 0xc0 ? 1 : bytes[i] < 0xe0 ? 2 : bytes[i] < 0xf0 ? 3 : 4;
    return length > bytes.length - i ? bytes.subarray(i) : bytes.subarray(bytes.length);
  }
  return bytes.subarray(bytes.length);
}
