/** What the host and the reader, which finds corpora in files, say to each other. */
import type { Problem } from '../common/problem';
import type { AnnotatedInput, ReadTokens } from '../corpus/answers/annotatedText';
import type { LabelChange } from '../corpus/answers/labelDraft';
import type { Corpus } from '../corpus/corpus';
import type { FindingPlace, LabelFinding, Relabelling } from '../corpus/labels/labelFindings';
import type { SoughtToken, TokenPlace } from '../corpus/labels/tokenPlaces';
import type { KnownLabels } from '../corpus/labels/unknownToModel';
import type { CorpusOutline } from '../corpus/outline';
import type { UnlabelledSentence } from '../corpus/queue/unlabelledSentences';
import type { CorpusReport } from '../corpus/report/corpusReport';
import type { TextEdit } from '../corpus/textEdits';
import type { LabelComparison } from '../training/labelComparison';
import type { CompareSources } from './compareSources';
import type { ReadingQuestion } from './openQuestions';
import type { SourceFile } from './sourceFile';
import type { SentFile, TextPiece } from './textPieces';
import type { UnseenSources, UnseenText } from './unseenSources';

export interface ScanRequest {
  readonly type: 'scan';
  /** Files that are new or have changed. The reader remembers the others. */
  readonly changed: readonly SentFile[];
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

/** Asks for the outline of a file, which is not remembered. */
export interface OutlineRequest {
  readonly type: 'outline';
  readonly source: SentFile;
  readonly replaceInvalidBytes: boolean;
}

/** Asks for the labels of a file that a model does not know. */
export interface LabelsRequest {
  readonly type: 'labels';
  readonly source: SentFile;
  readonly replaceInvalidBytes: boolean;
  readonly known: KnownLabels;
}

/** Asks for all problems of a file that the same would mend as one of them. */
export interface FixesRequest {
  readonly type: 'fixes';
  readonly source: SourceFile;
  readonly replaceInvalidBytes: boolean;
  readonly like: Problem;
  /** Where the problem is that a model does not know a label. */
  readonly known?: KnownLabels;
}

/** Asks where labels that may be wrong are now. */
export interface FindingsRequest {
  readonly type: 'findings';
  readonly source: SourceFile;
  readonly replaceInvalidBytes: boolean;
  /** Position of the label column in the layout. */
  readonly index: number;
  readonly findings: readonly LabelFinding[];
}

/** Asks for the edits that give findings their suggested labels. */
export type RelabelRequest = Omit<FindingsRequest, 'type'> & { readonly type: 'relabel' };

/** Asks where tokens of a file are now. */
export interface TokenPlacesRequest {
  readonly type: 'tokenPlaces';
  readonly source: SourceFile;
  readonly replaceInvalidBytes: boolean;
  /** The name of the label column. */
  readonly column: string;
  readonly sought: readonly SoughtToken[];
}

/** Asks for the sentences of a file that nobody has labelled. */
export interface UnlabelledRequest {
  readonly type: 'unlabelled';
  readonly source: SourceFile;
  readonly replaceInvalidBytes: boolean;
  /** Position of the label column in the layout. */
  readonly index: number;
}

/** Asks which texts a user's regular expression matches. */
export interface MatchesRequest {
  readonly type: 'matches';
  readonly pattern: string;
  readonly texts: readonly string[];
}

/** Asks how far the labels of two files agree, of which nothing is remembered. */
export interface CompareRequest extends CompareSources {
  readonly type: 'compare';
}

/** Asks for the tokens of a text, to answer to their labels. */
export interface TokensRequest {
  readonly type: 'tokens';
  readonly input: AnnotatedInput;
}

/** Asks for the edits that give tokens of a text other labels. */
export interface LabelEditsRequest {
  readonly type: 'labelEdits';
  readonly input: AnnotatedInput;
  readonly changes: readonly LabelChange[];
}

/** Asks which text of a corpus a model was not trained on. */
export interface UnseenRequest extends UnseenSources {
  readonly type: 'unseen';
}

export type ReaderRequest =
  | TextPiece
  | ScanRequest
  | CheckRequest
  | OutlineRequest
  | QuestionRequest
  | LabelsRequest
  | FixesRequest
  | FindingsRequest
  | RelabelRequest
  | TokenPlacesRequest
  | UnlabelledRequest
  | MatchesRequest
  | CompareRequest
  | TokensRequest
  | LabelEditsRequest
  | UnseenRequest;

/** The answer to each type of request. */
export interface ReaderAnswers {
  piece: undefined;
  scan: ScanResult;
  check: CorpusReport;
  question: ReadingQuestion | undefined;
  /** Undefined where the file holds no corpus. */
  outline: CorpusOutline | undefined;
  labels: readonly Problem[];
  fixes: readonly Problem[];
  /** One for each finding; undefined where its sentence or its label is another. */
  findings: readonly (FindingPlace | undefined)[];
  relabel: Relabelling;
  /** One for each token; undefined where its sentence is not there, or its label is another. */
  tokenPlaces: readonly (TokenPlace | undefined)[];
  unlabelled: readonly UnlabelledSentence[];
  /** One for each text; undefined where the pattern is no regular expression. */
  matches: readonly boolean[] | undefined;
  compare: LabelComparison;
  /** Undefined where the layout has no such column. */
  tokens: ReadTokens | undefined;
  /** Undefined where the format cannot keep such labels. */
  labelEdits: readonly TextEdit[] | undefined;
  unseen: UnseenText;
}
