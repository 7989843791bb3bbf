/** A Web Worker behind the engine's ports: both of its ends. */
import { InputError, WorkerError } from '../../common/errors';
import { Emitter } from '../../common/events';
import type { HostPort, WorkerPort } from '../port';

/** What a worker says first: that it works, or why it cannot. */
type Greeting = { readonly greeting: 'ready' } | { readonly greeting: 'refused'; readonly why: string };

/** What this module uses of a worker's global scope, which the compiler's DOM library does not know. */
interface WorkerScope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
}

/**
 * Starts a worker from a script's bytes, by way of a blob: the policy of a webview allows no other. Resolves
 * once the worker says that it works. `role` is what a person reads when it dies.
 *
 * A worker that ends without a word (closed, terminated, killed) lets go of a lock that it held: this side
 * waits for it.
 * @throws {InputError} with the reason why it cannot work here.
 * @throws {WorkerError} where it died before it said so.
 */
export function startWebWorker<ToWorker, FromWorker>(
  script: BlobPart,
  role: string,
): Promise<WorkerPort<ToWorker, FromWorker>> {
  const messages = new Emitter<FromWorker>();
  const deaths = new Emitter<WorkerError>();
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: role });
  const lock = crypto.randomUUID();
  const noLongerAwaited = new AbortController();
  let over = false;
  const end = (): void => {
    over = true;
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
      if (over) return;
      end();
      const error = new WorkerError(`The ${role} ended unexpectedly: ${why}`);
      reject(error);
      deaths.fire(error);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      die(event.message || 'its script could not be started.');
    };
    worker.onmessageerror = () => die('a message could not be read.');
    worker.onmessage = ({ data: greeting }: MessageEvent<Greeting>) => {
      URL.revokeObjectURL(url);
      if (greeting.greeting === 'refused') {
        end();
        reject(new InputError(greeting.why));
        return;
      }
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (!over) messages.fire(data);
      };
      // Aborted once the worker is ended on purpose.
      navigator.locks
        .request(lock, { signal: noLongerAwaited.signal }, () => die('it was closed.'))
        .catch(() => undefined);
      resolve(port);
    };
    worker.postMessage(lock);
  });
}

/** The port to the page, inside a worker. Greet, or refuse, before anything else is said. */
export interface PagePort<ToWorker, FromWorker> extends HostPort<ToWorker, FromWorker> {
  ready(): void;
  refuse(why: string): void;
}

export function pagePort<ToWorker, FromWorker>(): PagePort<ToWorker, FromWorker> {
  const scope = globalThis as unknown as WorkerScope;
  const greet = (greeting: Greeting): void => scope.postMessage(greeting, []);
  const listeners: ((message: ToWorker) => void)[] = [];
  const held = new Promise<void>((resolve) => {
    scope.onmessage = ({ data: lock }) => {
      scope.onmessage = ({ data }) => {
        for (const listener of listeners) listener(data as ToWorker);
      };
      // Never released: it falls to the page when the worker is no more.
      void navigator.locks.request(lock as string, () => {
        resolve();
        return new Promise(() => undefined);
      });
    };
  });
  return {
    ready: () => void held.then(() => greet({ greeting: 'ready' })),
    refuse: (why) => greet({ greeting: 'refused', why }),
    post: (message, transfer) => scope.postMessage(message, [...(transfer ?? [])]),
    onMessage: (listener) => void listeners.push(listener),
  };
}

/**
 * Turns of the event loop: each promise resolves in a task of its own, after the messages that have arrived.
 * Timers would be held back to 4 ms, and to a second where nobody looks at the page.
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
