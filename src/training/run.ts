import type { TrainingCorpus } from '../corpus/dataset';
import type { Device } from '../kernels/device';
import type { TaggerModel } from '../model/modelFile';
import type { EpochRecord } from '../run/epochRecord';
import type { RunProgress, RunResult } from '../run/runEvent';
import type { TrainingSettings } from './settings';

/** What a run tells, and whom it asks whether to go on. */
export interface TrainerHooks {
  /** Once, before the first step. */
  started?(facts: { stepsPerEpoch: number; epoch: number; step: number }): void;
  /** At most ten times a second. */
  progress(progress: RunProgress): void;
  /** After each epoch and its evaluation, before its checkpoint. */
  epoch(record: EpochRecord): void;
  /**
   * A model file whose parameters are finite. `latest`: it has the state to go on from: after each epoch, at
   * least every 3 s (the first after 0.5 s), or where such files are so large that writing them would hold
   * training up, as often as that allows; when stopped, and after the last epoch. A run that gets to its end
   * gives one more, the best model without a state. `best`: the best on development data so far, or the last
   * where there is none; not `latest`, where it has no state because of the size.
   */
  checkpoint(
    bytes: Uint8Array<ArrayBuffer>,
    at: { epoch: number; step: number; best: boolean; latest: boolean },
  ): void;
  /** Called between steps whenever 15 ms have passed: lets messages in, waits while paused. */
  breathe(): Promise<'continue' | 'stop'> | 'continue' | 'stop';
  /** Milliseconds since any moment. */
  now(): number;
}

export interface TrainingOptions {
  readonly corpus: TrainingCorpus;
  readonly names: { readonly corpus: string; readonly corpusName: string; readonly column: string };
  readonly settings: TrainingSettings;
  readonly device: Device;
  /** Where to go on from. */
  readonly checkpoint?: TaggerModel;
  readonly hooks: TrainerHooks;
}

export interface TrainingResult extends RunResult {
  /**
   * The best on development data so far. Without such: the last, and for a run that diverged the last that was
   * sound.
   */
  readonly model: TaggerModel;
}
