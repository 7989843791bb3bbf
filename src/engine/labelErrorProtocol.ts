/** What the host and a search for label errors say to each other. */
import type { SerializedError } from '../common/serializedError';
import type { LabelFinding } from '../corpus/labels/labelFindings';
import type { DeviceName } from '../kernels/registry';
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
