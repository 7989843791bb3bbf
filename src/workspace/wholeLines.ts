/** The bytes up to the last line's end in them: what follows may be half a row, or half a character. */
export function wholeLines(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const end = Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d));
  return bytes.slice(0, end + 1);
}
