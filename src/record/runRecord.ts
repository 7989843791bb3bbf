/** What is kept of a run, and the rules about it. */
import type { TrainingSettings } from '../model/settings/settings';
import type { DeviceChoice } from '../run/deviceTrial';
import type { History } from '../run/history';
import type { Moment } from '../run/runEvent';
import type { RunNotice } from '../run/runNotice';
import { isUnderWay, canResume as stateCanResume } from '../run/runState';
import type { LivePhase, RunPhase, RunState } from '../run/runState';
import type { Scores } from '../training/scores';

/** All that goes on is `running`. */
export type StoredRunState = 'running' | Exclude<RunPhase, LivePhase>;

export const storedStates: readonly StoredRunState[] = [
  'running',
  'done',
  'stopped',
  'diverged',
  'failed',
  'interrupted',
];

/** `run.json`. */
export interface RunRecord {
  readonly version: 1;
  /** Also its folder's name. */
  readonly id: string;
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  /** What a person calls it. */
  readonly title?: string;
  readonly settings: TrainingSettings;
  /** A person agreed to train although many rows cannot be read. */
  readonly allowLeftOut?: boolean;
  /** It went on by itself: see {@link isByItself}. */
  readonly byItself?: boolean;
  /** It is one of several that were asked for together. */
  readonly sweep?: SweepPlace;
  /** ISO 8601. */
  readonly created: string;
  readonly state: StoredRunState;
  /** In words: why it failed, diverged or ended early. */
  readonly message?: string;
  /** What a person should know of how it was trained. */
  readonly notices?: readonly RunNotice[];
  /** The device that trained, as a person reads it; of several the last. */
  readonly device?: string;
  /** On `auto`, the device that was taken first, and what was measured before. */
  readonly choice?: DeviceChoice;
  /** The labels mark spans, so that epochs are compared by span F1. */
  readonly spans: boolean;
  /** How many there are, once the run has started; earlier versions did not keep it. */
  readonly labels?: number;
  readonly epoch: number;
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly seconds: number;
  readonly tokensPerSecond?: number;
  readonly development?: Scores;
  readonly test?: Scores;
  /** Where `model.safetensors`, the newest checkpoint, stands. None yet: there is no such file. */
  readonly checkpoint?: Moment;
  /** Where `best.safetensors`, the best checkpoint on development data, stands. */
  readonly best?: Moment;
}

/** Where a run stands among those of its sweep. */
export interface SweepPlace {
  readonly id: string;
  /** From 1. */
  readonly run: number;
  /** How many runs there are in all. */
  readonly of: number;
}

/** What a run begins with. */
export type NewRun = Pick<
  RunRecord,
  'corpus' | 'corpusName' | 'column' | 'settings' | 'spans' | 'allowLeftOut' | 'byItself' | 'sweep'
>;

/** Nobody asked for the run, and nobody gave it a name: it may be removed once there is a newer one. */
export function isByItself({ byItself, title }: Pick<RunRecord, 'byItself' | 'title'>): boolean {
  return byItself === true && title === undefined;
}

/** Of a run that is about to begin. */
export function newRecord(id: string, run: NewRun, now: Date): RunRecord {
  return {
    version: 1,
    id,
    ...run,
    created: now.toISOString(),
    state: 'running',
    epoch: 0,
    step: 0,
    stepsPerEpoch: 0,
    seconds: 0,
  };
}

/** Of a run that is taken up again, from its newest checkpoint or, without one, from its beginning. */
export function reopenedRecord(before: RunRecord, fromCheckpoint: boolean): RunRecord {
  const { epoch, step } = before.checkpoint ?? { epoch: 0, step: 0 };
  // A learning rate that a person gave it holds on.
  const rates = before.notices?.filter(({ type }) => type === 'learningRate') ?? [];
  return {
    ...before,
    state: 'running',
    message: undefined,
    notices: rates.length > 0 ? rates : undefined,
    choice: undefined,
    test: undefined,
    ...(!fromCheckpoint && { seconds: 0, tokensPerSecond: undefined, development: undefined }),
    epoch,
    step,
  };
}

/**
 * Which of a run's two model files labels text: while it goes on and where there is no other, the newest;
 * then the best.
 */
export type ModelVersion = 'latest' | 'best';

export function modelVersion(run: RunRecord): ModelVersion | undefined {
  if (run.state !== 'running' && run.best) return 'best';
  return run.checkpoint ? 'latest' : undefined;
}

/** Whether a run can go on. */
export function canResume({ state, checkpoint }: RunRecord): boolean {
  return stateCanResume({ phase: state, checkpoint });
}

/** The record of a run, brought to where it stands. */
export function recordWith(run: RunRecord, state: RunState): RunRecord {
  const { settings } = run;
  const { phase, epochs, notices } = state;
  return {
    ...run,
    state: isUnderWay(phase) ? 'running' : phase,
    settings: epochs === settings.epochs ? settings : { ...settings, epochs },
    message: state.message,
    notices: notices.length > 0 ? notices : undefined,
    device: state.device,
    choice: state.choice,
    spans: state.spans,
    labels: state.facts?.labels.length ?? run.labels,
    epoch: state.epoch,
    step: state.step,
    stepsPerEpoch: state.stepsPerEpoch,
    seconds: state.seconds,
    tokensPerSecond: state.tokensPerSecond,
    development: state.development,
    test: state.test,
    checkpoint: state.checkpoint,
    best: state.best,
  };
}

/** Where a run that goes on in another window stands, as far as its record tells. */
export function stateElsewhere(run: RunRecord, history: History): RunState {
  return { ...stateOf(run, history), phase: run.step > 0 ? 'running' : 'starting' };
}

/** Where a run of the record stands, with its curves. */
export function stateOf(run: RunRecord, history: History): RunState {
  return {
    phase: run.state === 'running' ? 'starting' : run.state,
    epoch: run.epoch,
    step: run.step,
    stepsPerEpoch: run.stepsPerEpoch,
    epochs: run.settings.epochs,
    seconds: run.seconds,
    tokensPerSecond: run.tokensPerSecond,
    spans: run.spans,
    device: run.device,
    choice: run.choice,
    notices: run.notices ?? [],
    development: run.development,
    test: run.test,
    checkpoint: run.checkpoint,
    best: run.best,
    message: run.message,
    history,
  };
}

/** A folder's name that sorts by time. */
export function newRunId(now: Date, random: number): string {
  const suffix = Math.floor(random * 36 ** 4)
    .toString(36)
    .padStart(4, '0');
  return `${now.toISOString().replace(/[:.]/g, '-')}-${suffix}`;
}
