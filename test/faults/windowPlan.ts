import type { RunEvent } from '../../src/run/runEvent';
import type { Form } from './toyRuns';

/** What a window's process is told, as JSON in its arguments. */
export interface WindowPlan {
  readonly folder: string;
  readonly form: Form;
  readonly intervalMs: number;
  /** It kills itself in the midst of this operation of the file system, counted from 0. */
  readonly dies?: { readonly operation: number; readonly when: 'before' | 'halfway' | 'after' };
  /** The user that it becomes once its programs are read. */
  readonly user?: number;
  /** After so many events of its run, its storage is as if on a disk that is read-only. */
  readonly readOnlyAfter?: number;
}

/** What a window's process says. */
export type WindowMessage =
  | { readonly type: 'event'; readonly event: RunEvent['type'] }
  | { readonly type: 'operation'; readonly operation: string; readonly path: string }
  /** A checkpoint is on the disk. */
  | { readonly type: 'kept'; readonly step: number }
  /** Its run has ended; it stays open. */
  | { readonly type: 'ended'; readonly error?: string; readonly unsaved: readonly string[] };
