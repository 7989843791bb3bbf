/**
 * What the extension host (or the command line) and the engine's workers say to each other. Plain data that
 * survives structured cloning; byte arrays own their memory and are transferred, but for a model to label
 * with, which the host keeps.
 */
import type { Problem } from '../common/problem';
import type { SerializedError } from '../common/serializedError';
import type { Corpus, CorpusLayout, LabelScheme, SplitName } from '../corpus/corpus';
import type { DeviceName } from '../kernels/kernels';
import type { CorpusFacts } from '../run/facts';
import type { RunEvent } from '../run/runEvent';
import type { Scores } from '../training/scores';
import type { TrainingSettings } from '../training/settings';
import type { CorpusPart } from './corpusParts';

/**
 * A file handed over: its bytes (UTF-8), or its text where it is open in an editor or in another encoding.
 */
export interface SourceFile {
  /** What names the file everywhere: a URI in the editor, a path on the command line. */
  readonly file: string;
  /**
   * The path below its workspace folder, with `/`, beginning with the folder's name: files are grouped by it.
   */
  readonly path: string;
  readonly content: Uint8Array<ArrayBuffer> | string;
}

export type { Corpus as CorpusSummary } from '../corpus/corpus';

/** Requests that have one answer. Each carries an id of the caller's; the answer repeats it. */
export type ReaderRequest = {
  /** Files that are new or have changed, and those that are gone. The reader remembers the rest. */
  readonly type: 'scan';
  readonly changed: readonly SourceFile[];
  readonly removed: readonly string[];
  /**
   * Read files with invalid UTF-8 with replacement characters (the user agreed) instead of leaving them out.
   */
  readonly replaceInvalidBytes: boolean;
};
export interface ScanResult {
  readonly corpora: readonly Corpus[];
  /** For each changed file, what is wrong in it (empty: nothing any more). */
  readonly problems: readonly { readonly file: string; readonly problems: readonly Problem[] }[];
}

/** What a run trains on. */
export interface TrainingData {
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  /** The files; `split` overrides what the file's name says. */
  readonly files: readonly (SourceFile & { readonly split?: SplitName })[];
  readonly replaceInvalidBytes: boolean;
}

/** The settings by which files are read: `seed` draws what is held out. */
export type ReadSettings = Pick<TrainingSettings, 'seed' | 'columns'>;

/** What a run's model is called after. */
export type RunNames = Pick<TrainingData, 'corpus' | 'corpusName' | 'column'>;

/**
 * What a trainer is asked, one thing after the other: a corpus, by `read` or by `part`s, then any number of
 * `measure`, then
 * `train`. Each is answered before the next begins; `pause`, `resume`, `stop` and `taken` are heard at once.
 * An error that ends the trainer's work is answered by `failed`, whatever was asked.
 */
export type TrainerRequest =
  /** Parses the files and splits them. Answered by `problems` and then `read`. */
  | ({ readonly type: 'read'; readonly data: TrainingData } & ReadSettings)
  /**
   * Hands out the corpus. Answered by `part`s; at most {@link partsInFlight} are under way, each to be
   * acknowledged by `taken`.
   */
  | { readonly type: 'encode' }
  | { readonly type: 'taken' }
  /** A part of a corpus that was read elsewhere. Answered by `taken`, and the last one by `read` besides. */
  | { readonly type: 'part'; readonly part: CorpusPart; readonly last: boolean }
  /**
   * Trains for a moment on real batches, with weights that are thrown away. Answered by `measured` or
   * `unavailable`. A device that is clearly slower than `best` (tokens per second) is given up after its
   * first step.
   */
  | {
      readonly type: 'measure';
      readonly device: DeviceName;
      readonly threads: number;
      readonly settings: TrainingSettings;
      readonly best: number;
    }
  /** Answered by `started` and what follows, to `ended`; or by `unavailable`. */
  | {
      readonly type: 'train';
      /** What the settings' device and threads come to here. */
      readonly device: DeviceName;
      readonly threads: number;
      readonly names: RunNames;
      readonly settings: TrainingSettings;
      readonly checkpoint?: Uint8Array<ArrayBuffer>;
    }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' };

/** How many parts of a corpus may be under way at a time. */
export const partsInFlight = 4;

export type TrainerEvent =
  | Extract<RunEvent, { readonly type: 'problems' }>
  | { readonly type: 'read'; readonly facts: CorpusFacts }
  | { readonly type: 'part'; readonly part: CorpusPart; readonly last: boolean }
  | { readonly type: 'taken' }
  /** `givenUp`: after its first step, so that the figure is rough. */
  | {
      readonly type: 'measured';
      readonly device: DeviceName;
      readonly description: string;
      readonly tokensPerSecond: number;
      readonly givenUp: boolean;
    }
  /** The device cannot be opened here, or not do its work. The trainer can be asked for another. */
  | { readonly type: 'unavailable'; readonly device: DeviceName; readonly error: SerializedError }
  | Extract<
      RunEvent,
      {
        readonly type:
          'started' | 'progress' | 'epoch' | 'checkpoint' | 'paused' | 'resumed' | 'ended' | 'failed';
      }
    >;

/** What a model file says of itself. */
export interface ModelInfo {
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  readonly labels: readonly string[];
  readonly scheme: LabelScheme;
  readonly layout: CorpusLayout;
  readonly settings: TrainingSettings;
  /** Rows of the input table. */
  readonly features: number;
  readonly development?: Scores;
  /** ISO 8601. */
  readonly created: string;
}

/** Text to label: a part of an open document that begins at a sentence's start, or a whole file. */
export type TagInput =
  | {
      readonly kind: 'rows';
      readonly text: string;
      /** The document's line on which `text` begins. */
      readonly firstLine: number;
      readonly layout: CorpusLayout;
    }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly firstLine: number;
      /** Column on the first line where `text` begins. */
      readonly firstColumn: number;
      readonly markdown: boolean;
    };

/** A token with its prediction, in the document's own positions. */
export interface TaggedToken {
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
  /** Number of the token's sentence in this answer: spans end where it changes. */
  readonly sentence: number;
  readonly label: string;
  readonly probability: number;
  /** The five most probable labels (fewer where there are fewer), most probable first. */
  readonly best: readonly { readonly label: string; readonly probability: number }[];
  /**
   * The span that the token is in, where the labels make spans: its type (empty for labels without), its
   * tokens, and how probable it is.
   */
  readonly span?: { readonly type: string; readonly tokens: number; readonly probability: number };
  /** Rows with a gold label only. */
  readonly gold?: string;
  /** Rows only: the column where the label's field ends, or the word's where the row has no such field. */
  readonly labelColumn?: number;
}

export type TaggerRequest =
  /** Makes a model ready under a key of the caller's; a key loaded again is replaced. */
  | { readonly type: 'load'; readonly key: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'unload'; readonly key: string }
  | { readonly type: 'tag'; readonly key: string; readonly input: TagInput }
  /** The whole text with its predicted labels: rows in their own format, text as two columns. */
  | { readonly type: 'label'; readonly key: string; readonly input: TagInput; readonly file: string };

export type TaggerResponse<Request extends TaggerRequest> = Request extends { type: 'load' }
  ? ModelInfo
  : Request extends { type: 'tag' }
    ? readonly TaggedToken[]
    : Request extends { type: 'label' }
      ? { readonly text: string; readonly problems: readonly Problem[] }
      : undefined;
