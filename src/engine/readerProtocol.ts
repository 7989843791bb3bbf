/** What the host and the reader, which finds corpora in files, say to each other. */
import type { Problem } from '../common/problem';
import type { Corpus } from '../corpus/corpus';
import type { SourceFile } from './sourceFile';

export interface ScanRequest {
  readonly type: 'scan';
  /** Files that are new or have changed. The reader remembers the others. */
  readonly changed: readonly SourceFile[];
  /** Files that were deleted. */
  readonly removed: readonly string[];
  /**
   * Read files with invalid UTF-8 with replacement characters (the user agreed) instead of leaving them out.
   */
  readonly replaceInvalidBytes: boolean;
}

export interface ScanResult {
  readonly corpora: readonly Corpus[];
  /** For each changed file, what is wrong in it (empty: nothing any more). */
  readonly problems: readonly { readonly file: string; readonly problems: readonly Problem[] }[];
}

export type ReaderRequest = ScanRequest;

/** The answer to each type of request. */
export interface ReaderAnswers {
  scan: ScanResult;
}
