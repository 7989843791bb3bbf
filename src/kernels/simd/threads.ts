/** The threads that take part in steps. Where and how a thread is started is the engine's business. */
import { Control } from './assembly/offsets';
import type { SimdMemory } from './memory';
import type { SimdExports } from './module';
import type { Scratch } from './plan';

/** All that a thread needs: it can be sent to it. */
export interface ThreadTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The address of what threads agree by. */
  readonly control: number;
  /** From 1: the thread that begins the steps is 0. */
  readonly index: number;
}

/**
 * Starts a thread: an instance of the module on the memory, whose `serve(control, index)` it calls. That
 * blocks it until the device is disposed of.
 */
export type StartThread = (task: ThreadTask) => { terminate(): void };

/** The threads of a device. */
export class Threads {
  private readonly address: number;
  private readonly words: Int32Array;
  private readonly scratchList: Int32Array;
  private readonly started: { terminate(): void }[] = [];

  /** `scratches`: one for each thread, the calling one first. */
  constructor(
    memory: SimdMemory,
    module: WebAssembly.Module,
    private readonly exports: SimdExports,
    private readonly scratches: readonly Scratch[],
    start: StartThread | undefined,
  ) {
    this.address = memory.allocate(Control.bytes);
    this.words = memory.integers(this.address, Control.bytes / 4).fill(0);
    this.scratchList = memory.integers(memory.allocate(scratches.length * 4), scratches.length);
    this.words[Control.scratchList / 4] = this.scratchList.byteOffset;
    for (let index = 1; index < scratches.length; index++) {
      const thread = start?.({ module, memory: memory.memory, control: this.address, index });
      if (thread) this.started.push(thread);
    }
  }

  /** Room for programs on every thread. */
  reserve(scratchBytes: number): void {
    this.scratches.forEach((scratch, index) => {
      scratch.reserve(scratchBytes);
      this.scratchList[index] = scratch.address;
    });
  }

  /** Does a step. @returns whether all of it was done: not where a thread was lost. */
  step(job: number): boolean {
    this.words[Control.job / 4] = job;
    return this.exports.step(this.address) === 1;
  }

  dispose(): void {
    if (this.started.length > 0) this.exports.end(this.address);
    for (const thread of this.started.splice(0)) thread.terminate();
  }
}
