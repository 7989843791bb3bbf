/** The engine as the extension and the command line use it. `node/nodeEngine.ts` implements it. */
import type { Disposable } from '../common/events';
import type { Problem } from '../common/problem';
import type { AnnotatedInput, ReadTokens } from '../corpus/answers/annotatedText';
import type { FindingPlace, Relabelling } from '../corpus/labels/labelFindings';
import type { TokenPlace } from '../corpus/labels/tokenPlaces';
import type { CorpusOutline } from '../corpus/outline';
import type { UnlabelledSentence } from '../corpus/queue/unlabelledSentences';
import type { CorpusReport } from '../corpus/report/corpusReport';
import type { TextEdit } from '../corpus/textEdits';
import type { TrainingSettings } from '../model/settings/settings';
import type { RunAdjustments } from '../run/runAdjustments';
import type { RunEvent } from '../run/runEvent';
import type { LabelComparison } from '../training/labelComparison';
import type { FoundLabelErrors, LabelErrorSearchRequest } from './labelErrorProtocol';
import type { ReadingQuestion } from './openQuestions';
import type {
  LabelEditsRequest,
  CheckRequest,
  CompareRequest,
  FindingsRequest,
  FixesRequest,
  LabelsRequest,
  MatchesRequest,
  OutlineRequest,
  QuestionRequest,
  RelabelRequest,
  ScanRequest,
  ScanResult,
  TokenPlacesRequest,
  UnlabelledRequest,
  UnseenRequest,
} from './readerProtocol';
import type { SourceFile } from './sourceFile';
import type { TaggerRequest, TaggerResponse } from './taggerProtocol';
import type { TrainingData } from './trainerProtocol';
import type { UnseenText } from './unseenSources';

/** A request, with the file that it is of. */
type OfFile<Request> = Omit<Request, 'type' | 'source'> & { readonly source: SourceFile };

/** Reads corpora away from the caller's thread. Long texts are handed over piece by piece. */
export interface Reader extends Disposable {
  /**
   * Calls are answered in order. The bytes of the files are handed over: the caller has them no longer.
   * Rejects with a `WorkerError` where the worker died.
   */
  scan(
    request: Omit<ScanRequest, 'type' | 'changed'> & { readonly changed: readonly SourceFile[] },
  ): Promise<ScanResult>;
  /** What is in files: nothing of it is remembered. */
  check(request: Omit<CheckRequest, 'type'>): Promise<CorpusReport>;
  /** What a person must say before a file is learned from; undefined where all is clear. */
  question(request: Omit<QuestionRequest, 'type'>): Promise<ReadingQuestion | undefined>;
  /** Where the sentences and documents of a file stand; undefined where it holds no corpus. */
  outline(request: OfFile<OutlineRequest>): Promise<CorpusOutline | undefined>;
  /** The labels of a file that a model does not know, as problems. */
  unknownLabels(request: OfFile<LabelsRequest>): Promise<readonly Problem[]>;
  /** All problems of a file that the same would mend as one of them, however many there are. */
  fixesLike(request: Omit<FixesRequest, 'type'>): Promise<readonly Problem[]>;
  /** Where labels that may be wrong are now; undefined for each that is not there any more. */
  placesOfFindings(request: Omit<FindingsRequest, 'type'>): Promise<readonly (FindingPlace | undefined)[]>;
  /**
   * The edits that give findings their suggested labels. Rejects with an `InputError` where a label cannot
   * stand in its row.
   */
  relabel(request: Omit<RelabelRequest, 'type'>): Promise<Relabelling>;
  /** Where tokens of a file are now; undefined for each that is not there any more, or has another label. */
  placesOfTokens(request: Omit<TokenPlacesRequest, 'type'>): Promise<readonly (TokenPlace | undefined)[]>;
  /** The sentences of a file in which nothing has a label; none of other files. */
  unlabelled(request: Omit<UnlabelledRequest, 'type'>): Promise<readonly UnlabelledSentence[]>;
  /**
   * Whether a regular expression matches, for each text; undefined where it is none. One may take forever:
   * `patternSearch.ts` is for those of users.
   */
  matches(request: Omit<MatchesRequest, 'type'>): Promise<readonly boolean[] | undefined>;
  /**
   * How far the labels of two files agree. Rejects with an `InputError` where one cannot be read, or there is
   * nothing to compare.
   */
  compare(request: Omit<CompareRequest, 'type'>): Promise<LabelComparison>;
  /** The tokens of a text, to answer to their labels; undefined where its layout has no such column. */
  tokens(input: AnnotatedInput): Promise<ReadTokens | undefined>;
  /** The edits that give tokens of a text other labels; undefined where its format cannot keep them. */
  labelEdits(request: Omit<LabelEditsRequest, 'type'>): Promise<readonly TextEdit[] | undefined>;
  /** Which text of a corpus a model was not trained on. Rejects with an `InputError` where that cannot be told. */
  unseen(request: Omit<UnseenRequest, 'type'>): Promise<UnseenText>;
}

/** A search for label errors, in a worker of its own. Disposing of it ends it at once. */
export interface LabelErrorSearch extends Disposable {
  /** Rejects with a `WorkerError` where the worker died or the search was disposed of. */
  readonly result: Promise<FoundLabelErrors>;
}

/**
 * Labels text away from the caller's thread; never waits for training. Where the worker died, the next call
 * starts another.
 */
export interface Tagger extends Disposable {
  request<Request extends TaggerRequest>(request: Request): Promise<TaggerResponse<Request>>;
}

/**
 * One training run, on one device after another where devices fail. Its last event is `ended` or `failed`.
 */
export interface TrainingRun extends Disposable {
  readonly onEvent: (listener: (event: RunEvent) => void) => Disposable;
  /** At any time. A pause outlasts a move to another device. */
  pause(): void;
  resume(): void;
  /** At any time; a change of before stays. What is changed outlasts a move to another device. */
  adjust(changed: RunAdjustments): void;
  /**
   * Asks the trainer to stop after its step, with a checkpoint of all that was learned: `stopping`, and then
   * `ended` with the reason `stopped` follow. A trainer that does not answer in the time that its step and its
   * checkpoint may take (`stopLimit.ts`) is ended, and the last checkpoint holds. At once where no trainer
   * trains (files are read, devices measured, another device is opened).
   */
  stop(): void;
  /** Ends the run at once, also where it is stopping: the last checkpoint holds. */
  stopNow(): void;
}

export interface Engine {
  createReader(): Reader;
  createTagger(): Tagger;
  /** @param progress told of the share that is done, from 0 to 1. */
  findLabelErrors(request: LabelErrorSearchRequest, progress: (share: number) => void): LabelErrorSearch;
  /** The run keeps the files and the checkpoint to its end: they must not change. */
  train(data: TrainingData, settings: TrainingSettings, checkpoint?: Uint8Array<ArrayBuffer>): TrainingRun;
}
