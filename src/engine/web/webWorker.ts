/** A Web Worker behind the engine's ports: both of its ends. */
import { InputError, WorkerError } from '../../common/errors';
import { Emitter } from '../../common/events';
import * as l10n from '../../common/l10n';
import { messagesInUse } from '../../common/l10n';
import type { Messages } from '../../common/l10n';
import type { HostPort, WorkerPort } from '../port';

/** A worker's first message: that it works, or why it cannot. */
type Greeting = { readonly greeting: 'ready' } | { readonly greeting: 'refused'; readonly why: string };

/** What a worker of a page finds in its global scope. */
export interface WorkerScope {
  messages?: Messages;
}

/** What this module uses of a worker's global scope, which the compiler's DOM library does not know. */
declare const self: {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage(event: MessageEvent<unknown>): void;
};

/**
 * Starts a worker from a script's bytes, by way of a blob: the policy of a webview allows no other. Resolves
 * once the worker says that it works. `role` names it in the message when it dies.
 *
 * The worker holds a lock as long as it lives, and this side waits for the lock: so it notices a worker that
 * was closed, terminated or killed, of which no event tells.
 * @throws {InputError} with the reason why it cannot work here.
 * @throws {WorkerError} where it died before it said so.
 */
export function startWebWorker<ToWorker, FromWorker>(
  script: BlobPart,
  role: string,
): Promise<WorkerPort<ToWorker, FromWorker>> {
  const messages = new Emitter<FromWorker>();
  const deaths = new Emitter<WorkerError>();
  const url = URL.createObjectURL(new Blob([languageScript(), script], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: role });
  const lock = crypto.randomUUID();
  const noLongerAwaited = new AbortController();
  let ended = false;
  const end = (): void => {
    ended = true;
    worker.terminate();
    noLongerAwaited.abort();
    URL.revokeObjectURL(url);
  };
  const port: WorkerPort<ToWorker, FromWorker> = {
    post: (message, transfer) => worker.postMessage(message, [...(transfer ?? [])]),
    onMessage: messages.event,
    onDeath: deaths.event,
    dispose: end,
  };
  return new Promise((resolve, reject) => {
    const die = (why: string): void => {
      if (ended) return;
      end();
      const error = new WorkerError(l10n.t('The {0} ended unexpectedly: {1}', role, why));
      reject(error);
      deaths.fire(error);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      die(event.message || l10n.t('its script could not be started.'));
    };
    worker.onmessageerror = () => die(l10n.t('a message could not be read.'));
    worker.onmessage = ({ data: greeting }: MessageEvent<Greeting>) => {
      URL.revokeObjectURL(url);
      if (greeting.greeting === 'refused') {
        end();
        reject(new InputError(greeting.why));
        return;
      }
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (!ended) messages.fire(data);
      };
      // Aborted once the worker is ended on purpose.
      navigator.locks
        .request(lock, { signal: noLongerAwaited.signal }, () => die(l10n.t('it was closed.')))
        .catch(() => undefined);
      resolve(port);
    };
    worker.postMessage(lock);
  });
}

/** Runs before the worker's own script, whose constants have messages too. */
function languageScript(): string {
  const messages = messagesInUse();
  return messages ? `globalThis.messages = ${JSON.stringify(messages)};\n` : '';
}

/** The port to the page, inside a worker. Say `ready` or `refuse` before anything is posted. */
export interface PagePort<ToWorker, FromWorker> extends HostPort<ToWorker, FromWorker> {
  ready(): void;
  refuse(why: string): void;
}

export function pagePort<ToWorker, FromWorker>(): PagePort<ToWorker, FromWorker> {
  const greet = (greeting: Greeting): void => self.postMessage(greeting, []);
  const listeners: ((message: ToWorker) => void)[] = [];
  const lockHeld = new Promise<void>((resolve) => {
    self.onmessage = ({ data: lock }: MessageEvent<string>) => {
      self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
        for (const listener of listeners) listener(data);
      };
      // Never released: the page gets it when the worker has ended.
      void navigator.locks.request(lock, () => {
        resolve();
        return new Promise(() => undefined);
      });
    };
  });
  return {
    ready: () => void lockHeld.then(() => greet({ greeting: 'ready' })),
    refuse: (why) => greet({ greeting: 'refused', why }),
    post: (message, transfer) => self.postMessage(message, [...(transfer ?? [])]),
    onMessage: (listener) => void listeners.push(listener),
  };
}

/**
 * Turns of the event loop: each promise resolves in a task of its own, after the messages that have arrived.
 * Timers would wait for 4 ms, and for a second where the page is hidden.
 */
export function eventLoopTurns(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(undefined);
    });
}
