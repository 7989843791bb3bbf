import { WorkerError } from '../common/errors';
import type { Disposable } from '../common/events';
import * as l10n from '../common/l10n';

/**
 * Whether a person wants the run to be paused, and whether listeners were told so. It outlasts a move to
 * another device.
 */
export class PauseWish implements Disposable {
  private paused = false;
  private reported = false;
  private disposed = false;
  private waiting: (() => void)[] = [];

  constructor(private readonly emit: (event: { readonly type: 'paused' | 'resumed' }) => void) {}

  get isPaused(): boolean {
    return this.paused;
  }

  /** Whether that is a change. */
  set(paused: boolean): boolean {
    if (this.paused === paused) return false;
    this.paused = paused;
    if (!paused) this.wake();
    return true;
  }

  /** The run is paused, or goes on: listeners are told once. */
  report(paused: boolean): void {
    if (this.reported === paused) return;
    this.reported = paused;
    this.emit({ type: paused ? 'paused' : 'resumed' });
  }

  /** Resolves when the run is not paused, at once where it is not. Rejects where the run has ended. */
  async ended(): Promise<void> {
    while (this.paused && !this.disposed) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.disposed) throw new WorkerError(l10n.t('The run has ended.'));
  }

  dispose(): void {
    this.disposed = true;
    this.wake();
  }

  private wake(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
