import type { EpochRecord } from '../run/epochRecord';
import { emptyHistory } from '../run/history';
import type { History } from '../run/history';
import type { PanelRun, ToPanel } from './protocol';
import { appendEpoch, appendLosses, copyHistory } from './runHistory';

/**
 * The run that the panel shows, and what it has shown so far. A page gets all of it once it says that it is
 * ready, and then what is new; while no page is there, nothing is sent and nothing is lost.
 */
export class PanelFeed {
  private run: PanelRun | undefined;
  private history = emptyHistory();
  private post: ((message: ToPanel) => void) | undefined;

  /** A new page is ready for messages. It takes the place of the one before. */
  connect(post: (message: ToPanel) => void): void {
    this.post = post;
    this.hydrate();
  }

  /** The page is gone. */
  disconnect(): void {
    this.post = undefined;
  }

  /** Another run, or none, with a history that is copied. */
  showRun(run: PanelRun | undefined, history: History): void {
    this.run = run;
    this.history = copyHistory(history);
    this.hydrate();
  }

  updateRun(run: PanelRun): void {
    this.run = run;
    this.post?.({ type: 'run', run });
  }

  addLosses(steps: readonly number[], losses: readonly number[]): void {
    appendLosses(this.history, steps, losses);
    this.post?.({ type: 'losses', steps, losses });
  }

  addEpoch(record: EpochRecord): void {
    appendEpoch(this.history, record);
    this.post?.({ type: 'epoch', record });
  }

  private hydrate(): void {
    this.post?.({ type: 'hydrate', run: this.run, history: this.history });
  }
}
