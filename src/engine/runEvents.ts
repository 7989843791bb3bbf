/** What a run tells those who show it. */
import type { DeviceName } from '../kernels/kernels';
import type { DeviceTrial } from './deviceChoice';
import type { EngineError, TrainerEvent } from './protocol';

/**
 * The trainer's events that are a run's too; how devices are measured and corpora handed over is the engine's
 * business.
 */
type PassedOn =
  'problems' | 'started' | 'progress' | 'epoch' | 'checkpoint' | 'paused' | 'resumed' | 'ended' | 'failed';

export type RunEvent =
  | Extract<TrainerEvent, { readonly type: PassedOn }>
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
  /**
   * The device or its trainer is gone: the run goes back to its last checkpoint, whose moment this is (of
   * step 0 where there is none), and looks for another. `started` and `moved`, or `failed`, follow.
   */
  | {
      readonly type: 'moving';
      readonly from: DeviceName;
      readonly why: string;
      readonly error: EngineError;
      readonly epoch: number;
      readonly step: number;
    }
  /** It goes on. The same device again: on a fresh trainer. */
  | { readonly type: 'moved'; readonly from: DeviceName; readonly to: DeviceName; readonly why: string };
