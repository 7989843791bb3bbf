/** What the page and the extension say to each other of the runs that are drawn over the one that is shown. */
import type { TrainingSettings } from '../model/settings/settings';
import type { RunCurves, RunFigures } from '../run/runCurves';
import type { RunPhase } from '../run/runState';

/** A run of the workspace, as the panel's table has it. */
export interface ListedRun extends RunFigures {
  readonly id: string;
  readonly title: string;
  /** What it was trained on: runs of other data are compared as they are, seeds only with each other. */
  readonly corpus: string;
  readonly column: string;
  readonly settings: TrainingSettings;
  readonly state: RunPhase;
  /** Training time. */
  readonly seconds: number;
  readonly device?: string;
  /** ISO 8601. */
  readonly created: string;
}

export type FromRuns =
  /**
   * What the page wants to know from now on. It is told of changes as well, until it asks for something else.
   * `list`: all runs. `curves`: the runs whose curves it draws. `first`: it has nothing yet.
   */
  | {
      readonly type: 'runs.follow';
      readonly list: boolean;
      readonly curves: readonly string[];
      readonly smoothing: number;
      readonly first: boolean;
    }
  | { readonly type: 'runs.show'; readonly run: string }
  | { readonly type: 'runs.rename'; readonly run: string }
  /** A person is asked first. */
  | { readonly type: 'runs.delete'; readonly run: string }
  /** Put text on the clipboard. */
  | { readonly type: 'runs.copy'; readonly text: string };

/** All runs that there are, newest first, or no word of them; and curves that are new or have changed. */
export type ToRuns = {
  readonly type: 'runs';
  readonly list?: readonly ListedRun[];
  readonly curves: readonly RunCurves[];
};

/** So many runs are drawn over the one that is shown, at most. */
export const mostCompared = 8;
