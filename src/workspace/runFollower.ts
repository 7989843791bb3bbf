import type { Disposable } from '../common/events';
import type { RunStore } from './runStore';
import { systemClock } from './schedule';
import type { Clock } from './schedule';

/** How often it is looked what other windows do. */
const intervalMs = 5_000;

/**
 * Follows the runs of other windows that share the storage: while one of them goes on, or the window has the
 * focus, since one may begin there at any time.
 */
export class RunFollower implements Disposable {
  private timer: unknown;
  private looking: Promise<void> | undefined;
  private disposed = false;
  private focused = false;
  private readonly listener: Disposable;

  constructor(
    private readonly runs: Pick<RunStore, 'refresh' | 'onDidChange' | 'anyElsewhere'>,
    private readonly failed: (error: unknown) => void,
    private readonly clock: Clock = systemClock,
  ) {
    this.listener = runs.onDidChange(() => this.wait());
    this.wait();
  }

  /** The window has the focus from now on, or lost it. With the focus comes a look. */
  setFocused(focused: boolean): void {
    this.focused = focused;
    if (focused) void this.look();
    else this.wait();
  }

  /** Looks now. A run that has begun elsewhere is followed from then on. */
  look(): Promise<void> {
    this.looking ??= this.runs
      .refresh()
      .catch(this.failed)
      .finally(() => {
        this.looking = undefined;
        this.wait();
      });
    return this.looking;
  }

  dispose(): void {
    this.disposed = true;
    this.listener.dispose();
    this.stop();
  }

  private wait(): void {
    if (this.disposed || !(this.focused || this.runs.anyElsewhere)) return this.stop();
    if (this.looking) return;
    this.timer ??= this.clock.setTimeout(() => {
      this.timer = undefined;
      void this.look();
    }, intervalMs);
  }

  private stop(): void {
    if (this.timer !== undefined) this.clock.clearTimeout(this.timer);
    this.timer = undefined;
  }
}
