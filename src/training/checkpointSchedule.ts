/** Labels on screen are renewed at least every 5 s: what loads and draws them takes up to 2 s more. */
const everyMs = 3000;
/** The first one comes early: it brings the first labels to the screen. */
const firstMs = 500;

/** The share of the time that making them may take: large ones are rarer. */
const mostShare = 0.05;

/**
 * Says when checkpoints are due: often enough for labels on screen, and so rarely that writing them costs
 * little.
 */
export class CheckpointSchedule {
  private nextMs: number;
  private affordableMs = -Infinity;

  /** `now`: milliseconds since any moment. */
  constructor(private readonly now: () => number) {
    this.nextMs = now() + firstMs;
  }

  /** It is time for one. */
  get due(): boolean {
    return this.now() >= this.nextMs;
  }

  /** The last one was so long ago that another costs no more than its share. */
  get affordable(): boolean {
    return this.now() >= this.affordableMs;
  }

  /** Has one made, and looks at what it takes. `write` says whether it was. */
  make(write: () => boolean): boolean {
    const began = this.now();
    const made = write();
    const ended = this.now();
    this.affordableMs = ended + (ended - began) / mostShare;
    this.nextMs = Math.max(ended + everyMs, this.affordableMs);
    return made;
  }
}
