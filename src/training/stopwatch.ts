/** Adds up the time between start and stop. */
export class Stopwatch {
  private startedAt: number | undefined;

  /** `now` gives milliseconds; `seconds` is what was measured before. */
  constructor(
    private readonly now: () => number,
    private total = 0,
  ) {}

  get running(): boolean {
    return this.startedAt !== undefined;
  }

  get seconds(): number {
    return this.total + (this.startedAt === undefined ? 0 : (this.now() - this.startedAt) / 1000);
  }

  start(): void {
    this.startedAt ??= this.now();
  }

  stop(): void {
    this.total = this.seconds;
    this.startedAt = undefined;
  }
}
