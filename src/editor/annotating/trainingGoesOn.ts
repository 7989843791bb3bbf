/** When training goes on by itself, for how long, and what becomes of its runs. Knows no editor. */
import { devicesIn } from '../../kernels/registry';
import type { TrainingSettings } from '../../model/settings/settings';
import { isByItself } from '../../record/runRecord';
import type { RunRecord } from '../../record/runRecord';
import { epochsFor } from '../../training/resolveSettings';
import { runKey } from '../../workspace/modelCatalogue';

/** Without a key, a click or a label for so long, work has paused. */
export const pauseMs = 8_000;

/** A run that was paused since somebody types goes on after this. */
export const resumeMs = 3_000;

/** What a run by itself is to take at most, as far as the run before tells. */
const mostSeconds = 15;

/** With fewer epochs a model would be worse than the one before. */
const fewestEpochs = 5;

/** What the run before tells: its epochs may have been fewer than the settings ask for. */
export type RunBefore = Pick<RunRecord, 'epoch' | 'seconds' | 'stepsPerEpoch'>;

/**
 * How many epochs a run by itself may have, so that it takes seconds: undefined where it may have as many as
 * any run, `none` where it would take too long in any case.
 *
 * @param wished the setting: 0 where the number follows from the corpus.
 */
export function epochsInSeconds(
  { epoch, seconds, stepsPerEpoch }: RunBefore,
  wished: number,
): number | undefined | 'none' {
  const all = wished > 0 ? wished : epochsFor(stepsPerEpoch);
  if (seconds * all <= mostSeconds * epoch) return undefined;
  const epochs = Math.floor((epoch * mostSeconds) / seconds);
  return epochs >= fewestEpochs ? epochs : 'none';
}

/** Nothing opens for a run by itself: the GPU, which is used from the loss panel's page, is one where that is open. */
export function deviceByItself(
  device: TrainingSettings['device'],
  isPanelOpen: boolean,
): TrainingSettings['device'] {
  const isInPage = devicesIn('page').some((name) => name === device);
  return isInPage && !isPanelOpen ? 'auto' : device;
}

/** What a run by itself does not begin beside. */
export interface OtherWork {
  /** A run goes on in this window, or is about to. */
  readonly trainsHere: boolean;
  readonly trainsElsewhere: boolean;
  readonly findsLabelErrors: boolean;
  /** Somebody has stopped the reading of corpora, which a run would go on with. */
  readonly readingIsStopped: boolean;
}

export function waitsFor(work: OtherWork): boolean {
  return work.trainsHere || work.trainsElsewhere || work.findsLabelErrors || work.readingIsStopped;
}

/** Tells whether a run waits since somebody works, or since a person has paused it. */
export class PauseForWork {
  private state: 'none' | 'asked' | 'paused' = 'none';

  /** The run waits for work, and is to be resumed. */
  get isOn(): boolean {
    return this.state !== 'none';
  }

  /** Somebody works. @returns whether the run is to be paused. */
  begin(run: 'none' | 'running' | 'paused'): boolean {
    if (run === 'running') this.state = 'asked';
    return run === 'running';
  }

  /** The run has another state, whoever wanted that. */
  follow(run: 'none' | 'running' | 'paused'): void {
    if (this.state === 'asked' && run === 'paused') this.state = 'paused';
    else if (this.state === 'paused' && run !== 'paused') this.state = 'none';
  }

  /** Work has paused. @returns whether the run is to be resumed. */
  end(): boolean {
    const wasOn = this.isOn;
    this.state = 'none';
    return wasOn;
  }
}

/**
 * Whether a run by itself takes the place of the model in use: only of the run before it of the same corpus, and
 * not where a person has chosen another since it began.
 *
 * @param inUse keys of the models in use as it began and as it ended.
 */
export function takesPlace(run: string, before: string, inUse: { start?: string; end?: string }): boolean {
  if (inUse.start !== runKey(before)) return false;
  return inUse.end === inUse.start || inUse.end === runKey(run);
}

/**
 * Which runs by themselves are of no use any more: those that did not come to their end, and all but the last of
 * a corpus and column. The model in use stays, and what a person gave a name.
 *
 * @param runs newest first. @param inUse the key of the model in use.
 */
export function outdatedRuns(runs: readonly RunRecord[], inUse: string | undefined): RunRecord[] {
  const known = new Set<string>();
  return runs.filter((run) => {
    if (!isByItself(run) || run.state === 'running') return false;
    const learned = JSON.stringify([run.corpus, run.column]);
    const isLast = run.state === 'done' && !known.has(learned);
    if (isLast) known.add(learned);
    return !isLast && runKey(run.id) !== inUse;
  });
}
