/**
 * What the host and a trainer say to each other. Plain data that survives structured cloning; the bytes of
 * chunks and of checkpoints that were made own their memory and are transferred.
 */
import type { SerializedError } from '../common/serializedError';
import type { SplitName } from '../corpus/corpus';
import type { DeviceName } from '../kernels/registry';
import type { ResolvedSettings, TrainingSettings } from '../model/settings/settings';
import type { CorpusFacts } from '../run/facts';
import type { RunAdjustments } from '../run/runAdjustments';
import type { RunEvent } from '../run/runEvent';
import type { CorpusChunk } from './corpusChunks';
import type { SourceFile } from './sourceFile';

/** What a run trains on. */
export interface TrainingData {
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  /** The files; `split` overrides what the file's name says. */
  readonly files: readonly (SourceFile & { readonly split?: SplitName })[];
  readonly replaceInvalidBytes: boolean;
  /** A person agreed to train although more than 2 % of a file's rows cannot be read. */
  readonly allowLeftOut?: boolean;
}

/** The settings by which files are read: `seed` draws what is held out. */
export type ReadSettings = Pick<TrainingSettings, 'seed' | 'columns'>;

/** What a run's model is called after. */
export type RunNames = Pick<TrainingData, 'corpus' | 'corpusName' | 'column'>;

/**
 * Requests to a trainer, in this order: any number of `find`, a corpus (by `files` and `read`, or by `chunk`s), any number
 * of `measure` and `release`, one `train`. Each is answered before the next begins. `pause`, `resume`,
 * `adjust`, `stop` and `received` do not wait for the request that is being answered. An error is answered by `failed`,
 * whatever was requested.
 */
export type TrainerRequest =
  /** Looks at a device without opening it. Answered by `found` or `unavailable`. */
  | { readonly type: 'find'; readonly device: DeviceName }
  /** Some of the files that `read` is about, before it: no more at a time than a moment's copying. */
  | { readonly type: 'files'; readonly files: TrainingData['files'] }
  /**
   * Parses the files that were sent and splits them: `data` has no others. Answered by `problems` and then
   * `corpusReady`.
   */
  | ({ readonly type: 'read'; readonly data: TrainingData } & ReadSettings)
  /**
   * Sends the corpus to another trainer. Answered by `chunk`s: at most {@link chunksInFlight} of them wait
   * for a `received`.
   */
  | { readonly type: 'sendCorpus' }
  /** The other trainer has received a chunk. */
  | { readonly type: 'received' }
  /**
   * A chunk of a corpus that another trainer has read. Answered by `received`, the last by `corpusReady` too.
   */
  | { readonly type: 'chunk'; readonly chunk: CorpusChunk; readonly last: boolean }
  /**
   * Trains for a moment on real batches, with weights that are thrown away. Answered by `measured` or
   * `unavailable`. A device that is clearly slower than `best` (tokens per second) is given up after its
   * first step. The device stays open for its next turn, until `release` or `train`.
   */
  | {
      readonly type: 'measure';
      readonly device: DeviceName;
      readonly threads: number;
      readonly settings: ResolvedSettings;
      readonly best: number;
    }
  /** Closes a device that was measured. No answer. */
  | { readonly type: 'release'; readonly device: DeviceName }
  /** Answered by `started` and what follows, to `ended`; or by `unavailable`. */
  | {
      readonly type: 'train';
      /** The device and the threads that the settings leave open are decided here. */
      readonly device: DeviceName;
      readonly threads: number;
      readonly names: RunNames;
      readonly settings: ResolvedSettings;
      readonly checkpoint?: Uint8Array<ArrayBuffer>;
    }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** All that a person has changed of the run so far. */
  | { readonly type: 'adjust'; readonly adjustments: RunAdjustments }
  | { readonly type: 'stop' };

/** How many chunks of a corpus may be on their way at a time. */
export const chunksInFlight = 4;

export type TrainerEvent =
  | Extract<RunEvent, { readonly type: 'problems' }>
  | { readonly type: 'corpusReady'; readonly facts: CorpusFacts }
  | { readonly type: 'chunk'; readonly chunk: CorpusChunk; readonly last: boolean }
  | { readonly type: 'received' }
  /** `software`: it computes on the processor, and is not worth measuring. */
  | {
      readonly type: 'found';
      readonly device: DeviceName;
      readonly description?: string;
      readonly software: boolean;
    }
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
          | 'started'
          | 'learningRate'
          | 'progress'
          | 'epoch'
          | 'checkpoint'
          | 'paused'
          | 'resumed'
          | 'ended'
          | 'failed';
      }
    >;
