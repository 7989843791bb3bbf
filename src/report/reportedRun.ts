import type { RunRecord } from '../record/runRecord';
import type { RunState } from '../run/runState';
import type { ReportedOver } from './runsOver';

/** A run that is written of: what is kept of it, and where it stands. */
export interface ReportedRun {
  readonly record: RunRecord;
  readonly state: RunState;
  /** Drawn over it in pictures. */
  readonly over?: readonly ReportedOver[];
}
