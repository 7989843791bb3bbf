import type { RunRecord } from '../record/runRecord';
import type { RunState } from '../run/runState';

/** A run that is written of: what is kept of it, and where it stands. */
export interface ReportedRun {
  readonly record: RunRecord;
  readonly state: RunState;
}
