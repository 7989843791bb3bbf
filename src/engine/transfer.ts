import type { TrainerEvent, TrainerRequest } from './trainerProtocol';

/**
 * The buffers to hand over with a message, so that nothing is copied: those of byte arrays that fill them. A
 * part of a larger buffer is copied instead, since the rest is somebody else's.
 */
export function ownedBuffers(
  contents: readonly (Uint8Array<ArrayBuffer> | string | undefined)[],
): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const content of contents) {
    if (
      typeof content === 'object' &&
      content.byteLength > 0 &&
      content.byteLength === content.buffer.byteLength
    )
      buffers.add(content.buffer);
  }
  return [...buffers];
}

/**
 * The buffers to hand over with a trainer's message, in either direction: those of a checkpoint that was made
 * and of a chunk of a corpus. Files and a checkpoint to go on from are copied: the host keeps them in case
 * that the trainer dies.
 */
export function transferOf(message: TrainerRequest | TrainerEvent): ArrayBuffer[] {
  if (message.type === 'checkpoint') return ownedBuffers([message.bytes]);
  if (message.type === 'chunk' && message.chunk.kind === 'numbers')
    return ownedBuffers([message.chunk.bytes]);
  return [];
}
