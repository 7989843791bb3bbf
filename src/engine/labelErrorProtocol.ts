/** What the host, a search for label errors and those that help it say to each other. */
import type { SerializedError } from '../common/serializedError';
import type { LabelPlace } from '../corpus/labels/labelDecisions';
import type { LabelFinding } from '../corpus/labels/labelFindings';
import type { DeviceName } from '../kernels/registry';
import type { JudgedFold } from '../training/judgeFold';
import type { SourceFile } from './sourceFile';

export interface LabelErrorSearchRequest {
  /** Of one corpus. */
  readonly files: readonly SourceFile[];
  readonly replaceInvalidBytes: boolean;
  readonly column: string;
  /** A device of a page is none here: the first of this machine is taken in its place. */
  readonly device: DeviceName | 'auto';
  /** 0: as many as the engine takes by itself. */
  readonly threads: number;
  readonly seed: number;
  /** Labels that a person keeps: they are not found. */
  readonly kept: readonly LabelPlace[];
}

/** What a search came to. */
export interface FoundLabelErrors {
  /** Position of the label column in the layout. */
  readonly index: number;
  /** Tokens that were judged. */
  readonly tokens: number;
  /** The surest first, at most {@link mostFindings}. */
  readonly findings: readonly LabelFinding[];
}

/** More are looked through by nobody; a second search finds the rest. */
export const mostFindings = 1000;

export type LabelErrorEvent =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'found'; readonly found: FoundLabelErrors }
  | { readonly type: 'failed'; readonly error: SerializedError };

/** To a thread that judges folds for a search: first what is judged, and then each of its folds. */
export type FoldRequest =
  | {
      readonly type: 'begin';
      /** Of one corpus. */
      readonly files: readonly SourceFile[];
      readonly replaceInvalidBytes: boolean;
      readonly column?: string;
      readonly device: DeviceName | 'auto';
      readonly threads: number;
      readonly seed: number;
      readonly folds: number;
    }
  | { readonly type: 'judge'; readonly fold: number };

export type FoldEvent =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'judged'; readonly judged: JudgedFold }
  | { readonly type: 'failed'; readonly error: SerializedError };
