import type { Problem } from '../common/problem';
import type { SerializedError } from '../common/serializedError';
import type { DeviceName } from '../kernels/registry';
import type { ScoreDetails, Scores } from '../model/scores';
import type { DeviceTrial } from './deviceTrial';
import type { EpochRecord } from './epochRecord';
import type { RunFacts } from './facts';
import type { Learned } from './learned';
import type { Preparation } from './preparation';

/** A moment of a run, counted from its beginning. */
export interface Moment {
  readonly epoch: number;
  readonly step: number;
}

/** What a run says of itself while it trains, at most ten times a second. */
export interface RunProgress {
  /** The epoch that is under way, from 1. */
  readonly epoch: number;
  /** Steps done since the run began. */
  readonly step: number;
  /** Steps since the last message and their training loss per token. */
  readonly steps: readonly number[];
  readonly losses: readonly number[];
  readonly tokensPerSecond: number;
  readonly secondsLeft: number;
  /** Training time since the run began. */
  readonly seconds: number;
}

/** A checkpoint: a model file whose parameters are finite, and where the run stood. */
export interface RunCheckpoint extends Moment {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * The best on development data so far, or the last where there is none. Not `latest`, where a file with the
   * state would take too long to write, and where the run is done.
   */
  readonly best: boolean;
  /**
   * With the state to go on from: after each epoch, at least every 3 s (the first after 0.5 s), or where such
   * files are so large that writing them would hold training up, as often as that allows; when stopped, and
   * after the last epoch.
   */
  readonly latest: boolean;
}

/** How a run ended. */
export interface RunResult {
  readonly reason: 'done' | 'stopped' | 'diverged';
  /** For `diverged`: what happened and what to change. For `done`: why it ended before its last epoch. */
  readonly message?: string;
  readonly epoch: number;
  readonly step: number;
  /**
   * Training time since the run began: gathering, compiling, computing, updating, averaging. What comes
   * before the first step, pauses, evaluations and checkpoints are left out.
   */
  readonly seconds: number;
  /** Tokens trained on in that time. */
  readonly tokensPerSecond: number;
  /** Of the model. */
  readonly development?: Scores;
  /** Of the model, where the run is done and there is test data. */
  readonly test?: Scores;
  /** What lies behind these scores, where the run is done. */
  readonly details?: { readonly development?: ScoreDetails; readonly test?: ScoreDetails };
  /** What the model says of the development data, token by token, where the run is done. */
  readonly learned?: Learned;
}

/**
 * All that happens in a run, from the trainer to the loss panel's page. The last event is `ended` or
 * `failed`.
 */
export type RunEvent =
  | { readonly type: 'problems'; readonly problems: readonly Problem[] }
  /** What it does now, before it trains or goes on with another device. */
  | { readonly type: 'preparing'; readonly preparation: Preparation }
  /**
   * On `auto`, before the start: what was measured, now or in an earlier run like this one, and the device
   * that was taken.
   */
  | {
      readonly type: 'chosen';
      readonly device: DeviceName;
      readonly trials: readonly DeviceTrial[];
      readonly remembered: boolean;
    }
  | { readonly type: 'started'; readonly facts: RunFacts; readonly epoch: number; readonly step: number }
  /** A person gave it another learning rate, of its schedule's start: the steps after this moment have it. */
  | ({ readonly type: 'learningRate'; readonly learningRate: number } & Moment)
  | ({ readonly type: 'progress' } & RunProgress)
  | ({ readonly type: 'epoch' } & EpochRecord)
  | ({ readonly type: 'checkpoint' } & RunCheckpoint)
  /** It was asked to stop once its epoch has ended, or to go on after all. */
  | { readonly type: 'stopAfterEpoch'; readonly wanted: boolean }
  /** It was asked to stop: its trainer ends its step and writes down what it has. `ended` follows. */
  | { readonly type: 'stopping' }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  /**
   * The device or its trainer is gone: the run goes back to its last checkpoint, whose moment this is (of
   * step 0 where there is none), and looks for another. `started` and `moved`, or `failed`, follow.
   */
  | {
      readonly type: 'moving';
      readonly from: DeviceName;
      readonly why: string;
      readonly error: SerializedError;
      readonly epoch: number;
      readonly step: number;
    }
  /** It goes on. The same device again: on a fresh trainer. */
  | { readonly type: 'moved'; readonly from: DeviceName; readonly to: DeviceName; readonly why: string }
  | ({ readonly type: 'ended' } & RunResult)
  | { readonly type: 'failed'; readonly error: SerializedError };

/** What the trainer emits; the rest comes from the engine, which finds it a device. */
export type TrainingEvent = Extract<
  RunEvent,
  { readonly type: 'started' | 'learningRate' | 'progress' | 'epoch' | 'checkpoint' | 'ended' }
>;

/**
 * An event for those who only show the run: a checkpoint's bytes, and what lies behind the scores, stay where
 * they are kept.
 */
export type ShownRunEvent =
  | Exclude<RunEvent, { readonly type: 'checkpoint' | 'ended' }>
  | ({ readonly type: 'checkpoint' } & Omit<RunCheckpoint, 'bytes'>)
  | ({ readonly type: 'ended' } & Omit<RunResult, 'details' | 'learned'>);

export function withoutBytes(event: RunEvent): ShownRunEvent {
  if (event.type === 'ended') {
    const { details: _, learned: __, ...shown } = event;
    return shown;
  }
  if (event.type !== 'checkpoint') return event;
  const { bytes: _, ...shown } = event;
  return shown;
}
