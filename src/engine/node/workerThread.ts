/** A worker thread behind the engine's ports. */
import { parentPort, Worker } from 'node:worker_threads';
import { WorkerError } from '../../common/errors';
import { Emitter } from '../../common/events';
import * as l10n from '../../common/l10n';
import { messagesInUse } from '../../common/l10n';
import type { Messages } from '../../common/l10n';
import type { HostPort, WorkerPort } from '../port';

/** What a worker thread is given at its start. */
export interface WorkerStart {
  readonly messages: Messages | undefined;
}

/** Starts a bundled worker script. `role` names it in the message when it dies. */
export function startWorkerThread<ToWorker, FromWorker>(
  script: string,
  role: string,
): WorkerPort<ToWorker, FromWorker> {
  const messages = new Emitter<FromWorker>();
  const deaths = new Emitter<WorkerError>();
  let ended = false;
  const die = (why: string): void => {
    if (ended) return;
    ended = true;
    deaths.fire(new WorkerError(l10n.t('The {0} ended unexpectedly: {1}', role, why)));
  };
  const worker = new Worker(script, {
    name: role,
    workerData: { messages: messagesInUse() } satisfies WorkerStart,
  });
  worker.on('message', (message: FromWorker) => {
    if (!ended) messages.fire(message);
  });
  worker.on('messageerror', (error) => die(error.message));
  worker.on('error', (error) => {
    const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    die(outOfMemory ? l10n.t('it ran out of memory.') : error.message);
  });
  worker.on('exit', (code) => die(l10n.t('exit code {0}.', code)));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer && [...transfer]),
    onMessage: messages.event,
    onDeath: deaths.event,
    dispose: () => {
      ended = true;
      void worker.terminate();
    },
  };
}

/** The port to the host, inside a worker thread. */
export function hostPort<ToWorker, FromWorker>(): HostPort<ToWorker, FromWorker> {
  const port = parentPort;
  if (!port) throw new Error('This script runs in a worker thread only.');
  return {
    post: (message, transfer) => port.postMessage(message, transfer && [...transfer]),
    onMessage: (listener) => port.on('message', listener),
  };
}
