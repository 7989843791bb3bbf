import type { WorkerError } from '../common/errors';
import type { Disposable } from '../common/events';

/** The host's end of a connection to a worker thread or a Web Worker. */
export interface WorkerPort<ToWorker, FromWorker> extends Disposable {
  post(message: ToWorker, transfer?: readonly ArrayBuffer[]): void;
  readonly onMessage: (listener: (message: FromWorker) => void) => Disposable;
  /** The worker ended by itself. Fires once; no message follows. */
  readonly onDeath: (listener: (error: WorkerError) => void) => Disposable;
  /** Ends the worker at once. */
  dispose(): void;
}

/** The worker's end of the connection. */
export interface HostPort<ToWorker, FromWorker> {
  post(message: FromWorker, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: ToWorker) => void): void;
}
