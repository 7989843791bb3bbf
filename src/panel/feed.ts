import type { Disposable } from '../common/events';
import { withoutBytes } from '../run/runEvent';
import type { RunEvent } from '../run/runEvent';
import type { RunSession } from '../workspace/runSession';
import type { RunOutcome, ShownRun, ToPanel } from './protocol';

/** A run that goes on. */
export type FollowedRun = Pick<RunSession, 'onEvent' | 'state'>;

/**
 * Tells a page of the run that the panel shows: all of it once the page says that it is ready, and then each
 * event. While no page is there, nothing is sent and nothing is lost.
 */
export class PanelFeed {
  private run: ShownRun | undefined;
  private following: Disposable | undefined;
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

  /** Another run, or none; one that goes on is followed. */
  show(run: ShownRun | undefined, session?: FollowedRun): void {
    this.following?.dispose();
    this.run = run;
    this.following = run && session?.onEvent((event) => this.pass(event, { ...run, state: session.state }));
    this.hydrate();
  }

  /** What came of the run that is shown. */
  tellOutcome(outcome: RunOutcome): void {
    if (!this.run) return;
    this.run = { ...this.run, outcome };
    this.post?.({ type: 'outcome', outcome });
  }

  private pass(event: RunEvent, run: ShownRun): void {
    this.run = run;
    // Problems are shown elsewhere, and there may be thousands.
    if (event.type !== 'problems') this.post?.({ type: 'event', event: withoutBytes(event) });
  }

  private hydrate(): void {
    this.post?.({ type: 'hydrate', run: this.run });
  }
}
