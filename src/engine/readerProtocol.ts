/** What the host and the reader, which finds corpora in files, say to each other. */
import type { Problem } from '../common/problem';
import type { Corpus } from '../corpus/corpus';
import type { CorpusReport } from '../corpus/report/corpusReport';
import type { ReadingQuestion } from './openQuestions';
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

/** Asks for a report of files, which are not remembered. */
export interface CheckRequest {
  readonly type: 'check';
  readonly files: readonly SourceFile[];
  readonly replaceInvalidBytes: boolean;
  /** What the corpus is called, where the files are one. */
  readonly name?: string;
}

/** Asks for what a person must say before a file is learned from. */
export interface QuestionRequest {
  readonly type: 'question';
  readonly source: SourceFile;
  readonly replaceInvalidBytes: boolean;
}

export type ReaderRequest = ScanRequest | CheckRequest | QuestionRequest;

/** The answer to each type of request. */
export interface ReaderAnswers {
  scan: ScanResult;
  check: CorpusReport;
  question: ReadingQuestion | undefined;
}
