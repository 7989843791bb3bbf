import type { SourceFile } from '../sourceFile';
import type { SentFile, TextPiece } from '../textPieces';

/** UTF-16 units of a piece: a millisecond or two to copy. */
const pieceLength = 256 * 1024;

let texts = 0;

/**
 * Hands the text of a file over piece by piece, where it is long.
 *
 * @param send hands one piece over; rejects where the worker has died.
 * @returns the file as it is to be sent then.
 */
export async function handOver(
  source: SourceFile,
  send: (piece: TextPiece) => Promise<unknown>,
  length = pieceLength,
): Promise<SentFile> {
  const { content } = source;
  if (typeof content !== 'string' || content.length <= length) return source;
  const text = ++texts;
  let pieces = 0;
  for (let start = 0; start < content.length; start += length) {
    const piece = content.slice(start, start + length);
    // This thread is free until the worker says that it has the piece.
    await send({ type: 'piece', text, before: pieces++, piece });
  }
  return { ...source, content: { text, pieces } };
}
