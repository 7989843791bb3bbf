import type { TrainingCorpus } from '../corpus/dataset';
import type { Device } from '../kernels/device';
import type { ResolvedSettings } from '../model/settings/settings';
import type { TaggerModel } from '../model/taggerModel';
import type { CorpusFacts } from '../run/facts';
import type { RunAdjustments } from '../run/runAdjustments';
import type { RunResult, TrainingEvent } from '../run/runEvent';

/** What a trainer needs of whoever runs it. */
export interface TrainerHooks {
  /**
   * `started` once, before the first step; `learningRate` before the first step that has another one;
   * `progress` at most ten times a second; `epoch` after each epoch and its evaluation, before its
   * checkpoint; `checkpoint`; at last `ended`.
   */
  emit(event: TrainingEvent): void;
  /** Called between steps whenever 15 ms have passed: lets messages in, waits while paused. */
  yieldToHost(): Promise<'continue' | 'stop'> | 'continue' | 'stop';
  /** Milliseconds since any moment. */
  now(): number;
  /** All that was changed so far. Looked at before each step and at the end of each epoch. */
  adjustments?(): RunAdjustments;
}

export interface TrainingOptions {
  readonly corpus: TrainingCorpus;
  /** What is known of the corpus, for the start. */
  readonly facts: CorpusFacts;
  readonly names: { readonly corpus: string; readonly corpusName: string; readonly column: string };
  readonly settings: ResolvedSettings;
  readonly device: Device;
  /** Where to go on from. */
  readonly checkpoint?: TaggerModel;
  /** False: none is made, of a model that nobody shows or keeps. */
  readonly checkpoints?: boolean;
  readonly hooks: TrainerHooks;
}

export interface TrainingResult extends RunResult {
  /**
   * The best on development data so far. Without such: the last, and for a run that diverged the last that
   * was sound.
   */
  readonly model: TaggerModel;
}
