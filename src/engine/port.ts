import type { WorkerError } from '../common/errors';
import type { Disposable } from '../common/events';

/** The host's end of a worker, wherever it runs. */
export interface WorkerPort<ToWorker, FromWorker> extends Disposable {
  post(message: ToWorker, transfer?: readonly ArrayBuffer[]): void;
  readonly onMessage: (listener: (message: FromWorker) => void) => Disposable;
  /** The worker ended unasked. Fires once; nothing comes afterwards. */
  readonly onDeath: (listener: (error: WorkerError) => void) => Disposable;
  /** Ends the worker at once. */
  dispose(): void;
}

/** The worker's end. */
export interface HostPort<ToWorker, FromWorker> {
  post(message: FromWorker, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: ToWorker) => void): void;
}
