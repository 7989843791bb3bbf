/** What the extension and the loss panel's page say to each other. Both ends use these types. */
import type { ShownRunEvent } from '../run/runEvent';
import type { RunState } from '../run/runState';

/** A run as the page shows it. */
export interface ShownRun {
  readonly id: string;
  /** "UD_English-EWT · UPOS". */
  readonly title: string;
  /** "features · 128 units × 2 directions · ReLU · Adam". */
  readonly network: string;
  readonly state: RunState;
  /** It goes on in another window: here it can be looked at. */
  readonly elsewhere?: boolean;
}

export type ToPanel =
  /**
   * Everything, after the page said `ready` and when another run is shown. No run: an empty panel says how to
   * begin.
   */
  | { readonly type: 'hydrate'; readonly run?: ShownRun }
  /** The page brings the run's state up to date itself. */
  | { readonly type: 'event'; readonly event: ShownRunEvent }
  /** Whether anybody sees the page. A hidden one is kept, and need not draw. */
  | { readonly type: 'visible'; readonly visible: boolean };

/** What a person asks for in the panel. */
export type PanelAction = 'pause' | 'resume' | 'stop' | 'train' | 'showLog';

export type FromPanel =
  /** A new page: it knows nothing yet. */
  | { readonly type: 'ready' }
  | { readonly type: PanelAction }
  /** A fault in the page, for the log. */
  | { readonly type: 'error'; readonly message: string };
