/** Requests with one answer each, over a worker's port. */
import { WorkerError, asError } from '../common/errors';
import { deserializeError, serializeError } from '../common/serializedError';
import type { SerializedError } from '../common/serializedError';
import type { HostPort, WorkerPort } from './port';

export interface Call<Request> {
  readonly id: number;
  readonly request: Request;
}
export type Answer =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: SerializedError };

/**
 * Sends requests to a worker and matches the answers. A worker that dies rejects what is pending with a
 * {@link WorkerError}; the next request starts another worker.
 */
export class Caller<Request> {
  private port: WorkerPort<Call<Request>, Answer> | undefined;
  private readonly pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private nextId = 1;
  private disposed = false;

  /** @param restarted called with each new worker, to bring it to the state that the dead one had. */
  constructor(
    private readonly spawn: () => WorkerPort<Call<Request>, Answer>,
    private readonly restarted: (send: (request: Request) => Promise<unknown>) => void = () => undefined,
  ) {}

  call(request: Request, transfer?: readonly ArrayBuffer[]): Promise<unknown> {
    if (this.disposed) return Promise.reject(new WorkerError('The worker was closed.'));
    const port = this.port ?? this.start();
    return this.send(port, request, transfer);
  }

  dispose(): void {
    this.disposed = true;
    this.port?.dispose();
    this.port = undefined;
    this.rejectAll(new WorkerError('The worker was closed.'));
  }

  private start(): WorkerPort<Call<Request>, Answer> {
    const port = this.spawn();
    this.port = port;
    port.onMessage((answer) => {
      const waiting = this.pending.get(answer.id);
      if (!waiting) return;
      this.pending.delete(answer.id);
      if ('error' in answer) waiting.reject(deserializeError(answer.error));
      else waiting.resolve(answer.value);
    });
    port.onDeath((error) => {
      if (this.port === port) this.port = undefined;
      this.rejectAll(error);
    });
    this.restarted((request) => this.send(port, request));
    return port;
  }

  private send(
    port: WorkerPort<Call<Request>, Answer>,
    request: Request,
    transfer?: readonly ArrayBuffer[],
  ): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      try {
        port.post({ id, request }, transfer);
      } catch (error) {
        this.pending.delete(id);
        reject(asError(error));
      }
    });
  }

  private rejectAll(error: Error): void {
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of waiting) reject(error);
  }
}

/** The worker's side: answers requests one after the other, in their order. */
export function answerCalls<Request>(
  port: HostPort<Call<Request>, Answer>,
  handle: (request: Request) => unknown,
): void {
  let last: Promise<void> = Promise.resolve();
  port.onMessage(({ id, request }) => {
    last = last.then(async () => {
      try {
        port.post({ id, value: await handle(request) });
      } catch (error) {
        port.post({ id, error: serializeError(error) });
      }
    });
  });
}
