import type { Clock } from '../../../src/workspace/schedule';

/** Time that passes when a test says so. */
export class FakeClock implements Clock {
  private time = 0;
  private next = 1;
  private readonly timers = new Map<number, { readonly due: number; readonly run: () => void }>();

  now(): number {
    return this.time;
  }

  setTimeout(run: () => void, delayMs: number): number {
    this.timers.set(this.next, { due: this.time + delayMs, run });
    return this.next++;
  }

  clearTimeout(timer: unknown): void {
    this.timers.delete(timer as number);
  }

  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [first] = [...this.timers]
        .filter(([, { due }]) => due <= end)
        .sort(([, a], [, b]) => a.due - b.due);
      if (!first) break;
      this.timers.delete(first[0]);
      this.time = first[1].due;
      first[1].run();
    }
    this.time = end;
  }
}
