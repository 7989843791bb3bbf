/** What the extension and the loss panel's page say to each other. Both ends use these types. */
import type { EpochRecord } from '../run/epochRecord';
import type { History } from '../run/history';

export type RunState =
  'starting' | 'running' | 'paused' | 'done' | 'stopped' | 'diverged' | 'failed' | 'interrupted';

/** All that the panel shows of a run besides its curves. */
export interface PanelRun {
  readonly id: string;
  /** "UD_English-EWT · UPOS". */
  readonly title: string;
  readonly state: RunState;
  /** A run that is over, but can go on from its last checkpoint. */
  readonly canResume?: boolean;
  /** In words, for failures: what happened and what can be done. */
  readonly message?: string;
  /** In words: what a person should know of how the run is trained. */
  readonly notices?: readonly string[];
  /** "features · 128 units × 2 directions · ReLU · Adam". */
  readonly network?: string;
  readonly device?: string;
  /** The devices that were measured before one was taken. */
  readonly devices?: readonly PanelDevice[];
  /** The score drawn for epochs: accuracy, or span F1 for span labels. */
  readonly scoreName: 'accuracy' | 'span F1';
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly tokensPerSecond?: number;
  readonly secondsLeft?: number;
  /** Seconds of training so far. */
  readonly seconds?: number;
}

/** A device that was measured. */
export interface PanelDevice {
  /** As the setting names it. */
  readonly name: string;
  /** What it is, with the GPU's name where it is known. */
  readonly description?: string;
  readonly tokensPerSecond?: number;
  /** Given up after its first step, so that the figure is rough. */
  readonly givenUp?: boolean;
  /** Why it is not available. */
  readonly why?: string;
  /** The fastest: the run took it. */
  readonly chosen: boolean;
}

export type ToPanel =
  /**
   * Everything, after the page said `ready` and when another run is shown. No run: an empty panel says how to
   * begin.
   */
  | { readonly type: 'hydrate'; readonly run?: PanelRun; readonly history: History }
  | { readonly type: 'run'; readonly run: PanelRun }
  | { readonly type: 'losses'; readonly steps: readonly number[]; readonly losses: readonly number[] }
  | { readonly type: 'epoch'; readonly record: EpochRecord }
  /** Whether anybody sees the page. A hidden one is kept, and need not draw. */
  | { readonly type: 'visible'; readonly visible: boolean };

export type FromPanel =
  /** A new page: it knows nothing yet. */
  | { readonly type: 'ready' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' }
  | { readonly type: 'train' }
  | { readonly type: 'showLog' }
  /** A fault in the page, for the log. */
  | { readonly type: 'error'; readonly message: string };
