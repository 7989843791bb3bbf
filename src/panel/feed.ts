import { withoutBytes } from '../run/runEvent';
import type { RunEvent } from '../run/runEvent';
import type { RunState } from '../run/runState';
import type { ShownRun, ToPanel } from './protocol';

/**
 * Tells a page of the run that the panel shows: all of it once the page says that it is ready, and then each
 * event. While no page is there, nothing is sent and nothing is lost.
 */
export class PanelFeed {
  private run: ShownRun | undefined;
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

  /** Another run, or none. */
  show(run: ShownRun | undefined): void {
    this.run = run;
    this.hydrate();
  }

  /** An event of the run that is shown, and the state after it. */
  append(event: RunEvent, state: RunState): void {
    if (!this.run) return;
    this.run = { ...this.run, state };
    // Problems are shown elsewhere, and there may be thousands.
    if (event.type !== 'problems') this.post?.({ type: 'event', event: withoutBytes(event) });
  }

  private hydrate(): void {
    this.post?.({ type: 'hydrate', run: this.run });
  }
}
