/** What the extension and the loss panel's page say to each other. Both ends use these types. */
import type { TrainingSettings } from '../model/settings/settings';
import type { Drawing } from '../report/drawing';
import type { ShownRunEvent } from '../run/runEvent';
import type { RunLook } from '../run/runLook';
import type { RunState } from '../run/runState';
import type { FromLearned, ToLearned } from './learnedProtocol';
import type { FromRuns, ToRuns } from './runsProtocol';

/** Settings that the panel can change for another run like the one that is shown. */
export type ChangedSettings = Partial<Pick<TrainingSettings, 'activation' | 'clip'>>;

/** A run as the page shows it. */
export interface ShownRun {
  readonly id: string;
  /** "UD_English-EWT · UPOS". */
  readonly title: string;
  /** "features · 128 units × 2 directions · ReLU · Adam". */
  readonly network: string;
  /** "learning rate 0.002, falling · 32 sentences a step · clipping at 5 · seed 1". */
  readonly steps: string;
  readonly settings: Required<ChangedSettings>;
  readonly state: RunState;
  /** It goes on in another window: here it can be looked at. */
  readonly elsewhere?: boolean;
  /** What its model is good for, once that is counted. */
  readonly outcome?: RunOutcome;
  readonly over?: RunsOver;
}

/** Runs that a command asks to be drawn over the one that is shown, instead of those that were. */
export interface RunsOver {
  readonly runs: readonly string[];
  /** Of this one time: a page that is loaded again has done it, and a person may have chosen others since. */
  readonly id: string;
}

/** What a model says of text that it was not trained on, in words. */
export interface RunOutcome {
  readonly text: string;
  /** What the button says that leads on; undefined where there is nothing to review. */
  readonly start?: string;
}

export type ToPanel =
  /**
   * Everything, after the page said `ready` and when another run is shown. No run: an empty panel says how to
   * begin.
   */
  | { readonly type: 'hydrate'; readonly run?: ShownRun }
  /** The page brings the run's state up to date itself. */
  | { readonly type: 'event'; readonly event: ShownRunEvent }
  /** Of the run that is shown. */
  | { readonly type: 'outcome'; readonly outcome: RunOutcome }
  | ToLearned
  | ToRuns
  /** Paint a picture as PNG; its number comes back with it. */
  | { readonly type: 'paint'; readonly picture: number; readonly drawing: Drawing }
  /** Whether anybody sees the page. A hidden one is kept, and need not draw. */
  | { readonly type: 'visible'; readonly visible: boolean };

/** What a person asks for in the panel. */
export type PanelAction =
  | 'pause'
  | 'resume'
  | 'stop'
  | 'stopAfterEpoch'
  | 'changeLearningRate'
  | 'train'
  | 'showLog'
  | 'showGradientFlow';

/** Of a picture that was to be painted. */
export type FromPainter =
  | { readonly type: 'painted'; readonly picture: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'notPainted'; readonly picture: number; readonly message: string };

/** A run that is drawn over the one that is shown. */
export interface RunOver extends RunLook {
  readonly run: string;
}

export type FromPanel =
  | FromPainter
  /** A new page: it knows nothing yet. */
  | { readonly type: 'ready' }
  | { readonly type: PanelAction }
  /** Show where the model of a run disagrees, and is surest. */
  | { readonly type: 'review'; readonly run: string }
  /** Save a run as a file, a picture with the runs that are drawn over it. */
  | { readonly type: 'saveRun'; readonly run: string; readonly over: readonly RunOver[] }
  /** Train one like a run, with some settings changed. */
  | { readonly type: 'trainWith'; readonly run: string; readonly changes: ChangedSettings }
  | FromLearned
  | FromRuns
  /** A fault in the page, for the log. */
  | { readonly type: 'error'; readonly message: string };
