/** The engine as the extension and the command line see it; each place where it can run implements this. */
import type { Disposable } from '../common/events';
import type { RunEvent } from '../run/runEvent';
import type { TrainingSettings } from '../training/settings';
import type { ScanResult, ReaderRequest } from './readerProtocol';
import type { TaggerRequest, TaggerResponse } from './taggerProtocol';
import type { TrainingData } from './trainerProtocol';

/** Reads corpora away from the caller's thread. */
export interface Reader extends Disposable {
  /**
   * Calls are answered in order; bytes handed over are gone afterwards. Rejects with an `InputError` or, when
   * the worker died, a `WorkerError`.
   */
  scan(request: Omit<ReaderRequest, 'type'>): Promise<ScanResult>;
}

/**
 * Labels text away from the caller's thread; never waits for training. A worker that died is started anew at
 * the next call.
 */
export interface Tagger extends Disposable {
  request<Request extends TaggerRequest>(request: Request): Promise<TaggerResponse<Request>>;
}

/**
 * One training run, on whatever devices it takes. It ends with exactly one `ended` or `failed` event, after
 * which nothing more comes.
 */
export interface TrainingRun extends Disposable {
  readonly onEvent: (listener: (event: RunEvent) => void) => Disposable;
  /** At any time; a pause outlasts a move to another device. */
  pause(): void;
  resume(): void;
  /**
   * Asks the trainer to stop after its step, with a checkpoint. One that has not answered within 200 ms is
   * ended: then an
   * `ended` event with reason `stopped` comes all the same, and the last checkpoint that arrived holds. Where
   * none trains (the files are being read, devices measured, another device opened) it comes at once.
   */
  stop(): void;
}

export interface Engine {
  createReader(): Reader;
  createTagger(): Tagger;
  /** The files and the checkpoint are kept until the run is over, and must not change. */
  train(data: TrainingData, settings: TrainingSettings, checkpoint?: Uint8Array<ArrayBuffer>): TrainingRun;
}
