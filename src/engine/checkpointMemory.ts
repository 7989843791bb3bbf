import type { RunCheckpoint } from '../run/runEvent';

/** The newest checkpoint that a run can go on from, and where the run stood then. */
export class CheckpointMemory {
  private at = { epoch: 0, step: 0 };

  /** @param newest the checkpoint that a resumed run begins with. */
  constructor(private newest?: Uint8Array<ArrayBuffer>) {}

  get bytes(): Uint8Array<ArrayBuffer> | undefined {
    return this.newest;
  }

  get epoch(): number {
    return this.at.epoch;
  }

  /** Steps done since the run began. */
  get step(): number {
    return this.at.step;
  }

  /** Training has started, from the beginning or from the checkpoint. */
  started({ epoch, step }: { readonly epoch: number; readonly step: number }): void {
    this.at = { epoch, step };
  }

  add({ bytes, epoch, step, latest }: RunCheckpoint): void {
    if (!latest) return;
    this.newest = bytes;
    this.at = { epoch, step };
  }
}
