import { DeviceLostError } from '../../common/errors';
import type { MatrixData } from '../kernels';

const pageBytes = 65_536;
const mostPages = 65_536;
/** Below this lie the compiled kernels' own constants. */
const heapStart = 4096;
/** A cache line: no two threads write to the same one. */
const alignment = 64;
/** Kernels may read, and tiles may write, a little beyond what they were given. */
const slackBytes = 256;

/** What an array of so many bytes takes up. */
export function footprint(bytes: number): number {
  return Math.ceil((bytes + slackBytes) / alignment) * alignment;
}

/** Free room, by address. */
interface Gap {
  start: number;
  end: number;
}

/**
 * The memory that kernels and host share, with an allocator. Shared memory grows as it is needed, and what
 * was seen of it stays valid; memory that is not shared would be moved, so it has its full size from the
 * beginning (no more of it is taken from the machine than is written to).
 */
export class SimdMemory {
  readonly memory: WebAssembly.Memory;
  private readonly gaps: Gap[];
  private readonly sizes = new Map<number, number>();
  private readonly buffers = new Set<ArrayBufferLike>();

  /** @throws {DeviceLostError} where there is no such memory. */
  constructor(
    readonly shared: boolean,
    fixedBytes = 2 ** 30,
  ) {
    const initial = shared ? 16 : Math.min(mostPages, Math.ceil(fixedBytes / pageBytes));
    try {
      this.memory = shared
        ? new WebAssembly.Memory({ initial, maximum: mostPages, shared })
        : new WebAssembly.Memory({ initial, maximum: initial });
    } catch (thrown) {
      throw new DeviceLostError(`There is no WebAssembly memory of ${initial * pageBytes} bytes.`, {
        cause: thrown,
      });
    }
    this.gaps = [{ start: heapStart, end: initial * pageBytes }];
  }

  /**
   * The address of `bytes` bytes, which hold anything. @throws {DeviceLostError} where the memory is used up.
   */
  allocate(bytes: number): number {
    const size = footprint(bytes);
    let index = this.gaps.findIndex(({ start, end }) => end - start >= size);
    if (index < 0) {
      this.grow(size);
      index = this.gaps.length - 1;
    }
    const gap = this.gaps[index];
    const address = gap.start;
    gap.start += size;
    if (gap.start === gap.end) this.gaps.splice(index, 1);
    this.sizes.set(address, size);
    return address;
  }

  free(address: number): void {
    const size = this.sizes.get(address);
    if (size === undefined) return;
    this.sizes.delete(address);
    const gap = { start: address, end: address + size };
    let index = this.gaps.findIndex(({ start }) => start > address);
    if (index < 0) index = this.gaps.length;
    const [before, after] = [this.gaps[index - 1], this.gaps[index]];
    if (after?.start === gap.end) {
      gap.end = after.end;
      this.gaps.splice(index, 1);
    }
    if (before?.end === gap.start) before.end = gap.end;
    else this.gaps.splice(index, 0, gap);
  }

  /** What is allocated and not free again. */
  get allocatedBytes(): number {
    let bytes = 0;
    for (const size of this.sizes.values()) bytes += size;
    return bytes;
  }

  /** A view of the memory. Its buffer is shared where the memory is, which the type does not tell. */
  floats(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.buffer, address, length);
  }

  integers(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.buffer, address, length);
  }

  /** The address of an array that is a view of this memory. */
  addressOf(data: MatrixData | Int32Array): number | undefined {
    return this.buffers.has(data.buffer) ? data.byteOffset : undefined;
  }

  /** The same of one that must be. @throws {TypeError} where it lies elsewhere. */
  ownAddress(data: MatrixData | Int32Array): number {
    const address = this.addressOf(data);
    if (address === undefined)
      throw new TypeError('What is learned lies in the memory of its device: allocate it there.');
    return address;
  }

  private get buffer(): ArrayBuffer {
    const { buffer } = this.memory;
    this.buffers.add(buffer);
    return buffer;
  }

  private grow(bytes: number): void {
    const last = this.gaps.at(-1);
    const end = this.memory.buffer.byteLength;
    const missing = bytes - (last?.end === end ? end - last.start : 0);
    const pages = Math.ceil(missing / pageBytes);
    // Growing a little ahead keeps the number of times small.
    const ahead = Math.min(mostPages - end / pageBytes, Math.max(pages, Math.ceil(end / pageBytes / 4)));
    try {
      this.memory.grow(Math.max(ahead, pages));
    } catch (thrown) {
      const megabytes = Math.ceil((end + missing) / 2 ** 20).toLocaleString('en');
      throw new DeviceLostError(
        `WebAssembly cannot have the ${megabytes} MiB of memory that are needed: fewer hidden units or a smaller corpus need less.`,
        { cause: thrown },
      );
    }
    const grown = this.memory.buffer.byteLength;
    if (last?.end === end) last.end = grown;
    else this.gaps.push({ start: end, end: grown });
  }
}
