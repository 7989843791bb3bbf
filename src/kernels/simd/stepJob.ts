import { Job } from './assembly/offsets';
import type { SimdMemory } from './memory';

/** What threads are to do in a step, where they read it. */
export class StepJob {
  readonly address: number;
  private readonly words: Int32Array;
  private readonly numbers: Float64Array;

  constructor(private readonly memory: SimdMemory) {
    this.address = memory.allocate(Job.bytes);
    this.words = memory.integers(this.address, Job.bytes / 4).fill(0);
    this.numbers = new Float64Array(this.words.buffer, this.address, Job.bytes / 8);
  }

  /** A field of 32 bits. */
  set(field: Job, value: number): void {
    this.words[field / 4] = value;
  }

  /** A field of float64. */
  setNumber(field: Job, value: number): void {
    this.numbers[field / 8] = value;
  }

  getNumber(field: Job): number {
    return this.numbers[field / 8];
  }

  dispose(): void {
    this.memory.free(this.address);
  }
}
