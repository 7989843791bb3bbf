/**
 * The buffers to hand over with a message, so that nothing is copied: those of byte arrays that fill them. A part of a larger
 * buffer is copied instead, since the rest is somebody else's.
 */
export function ownedBuffers(contents: readonly (Uint8Array<ArrayBuffer> | string | undefined)[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const content of contents) {
    if (typeof content === 'object' && content.byteLength > 0 && content.byteLength === content.buffer.byteLength) buffers.add(content.buffer);
  }
  return [...buffers];
}
