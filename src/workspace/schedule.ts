/** The timers of whoever runs this; tests bring their own. */
export interface Clock {
  now(): number;
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (run, delayMs) => setTimeout(run, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** When a {@link Debounce} runs. */
interface DebounceOptions {
  readonly quietMs: number;
  readonly longestWaitMs: number;
  /** A request that comes after so long a quiet runs at once; only those that follow it wait. */
  readonly firstAtOnce?: boolean;
}

/**
 * Runs once requests have been quiet for a while, yet never later than the longest wait after the first of
 * them.
 */
export class Debounce {
  private timer: unknown;
  private deadline: number | undefined;
  private quietFrom = -Infinity;

  constructor(
    private readonly run: () => void,
    private readonly options: DebounceOptions,
    private readonly clock: Clock = systemClock,
  ) {}

  request(): void {
    const now = this.clock.now();
    const isFirst = !this.isPending && now >= this.quietFrom;
    this.quietFrom = now + this.options.quietMs;
    if (isFirst && this.options.firstAtOnce) {
      this.run();
      return;
    }
    this.deadline ??= now + this.options.longestWaitMs;
    const due = Math.min(now + this.options.quietMs, this.deadline);
    this.clock.clearTimeout(this.timer);
    this.timer = this.clock.setTimeout(
      () => {
        this.deadline = undefined;
        this.run();
      },
      Math.max(0, due - now),
    );
  }

  /** A request waits. */
  get isPending(): boolean {
    return this.deadline !== undefined;
  }

  /** Runs now, if a request waits. */
  flush(): void {
    if (!this.isPending) return;
    this.cancel();
    this.run();
  }

  cancel(): void {
    this.clock.clearTimeout(this.timer);
    this.deadline = undefined;
  }
}

/** Runs at a request, at once where the last run lies far enough back, else as soon as it does. */
export class Throttle {
  private timer: unknown;
  private waiting = false;
  private last = -Infinity;

  constructor(
    private readonly run: () => void,
    private readonly intervalMs: number,
    private readonly clock: Clock = systemClock,
  ) {}

  request(): void {
    if (this.waiting) return;
    const waitMs = this.last + this.intervalMs - this.clock.now();
    if (waitMs <= 0) {
      this.go();
      return;
    }
    this.waiting = true;
    this.timer = this.clock.setTimeout(() => this.go(), waitMs);
  }

  /** Runs now, if a request waits. */
  flush(): void {
    if (!this.waiting) return;
    this.clock.clearTimeout(this.timer);
    this.go();
  }

  cancel(): void {
    this.clock.clearTimeout(this.timer);
    this.waiting = false;
  }

  private go(): void {
    this.waiting = false;
    this.last = this.clock.now();
    this.run();
  }
}
