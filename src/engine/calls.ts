/** Requests with one answer each, over a worker's port. */
import { WorkerError, asError } from '../common/errors';
import * as l10n from '../common/l10n';
import { deserializeError, serializeError } from '../common/serializedError';
import type { SerializedError } from '../common/serializedError';
import type { HostPort, WorkerPort } from './port';

/** A request as it is sent: the answer repeats its id. */
export interface Call<Request> {
  readonly id: number;
  readonly request: Request;
}

export type Answer =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: SerializedError };

/** The types of requests, for a map from each to the type of its answer. */
interface TypedRequest<Type> {
  readonly type: Type;
}

interface PendingCall {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * Sends requests to a worker and matches the answers, whose types `Answers` lists by the requests' types. A
 * worker that dies rejects what is pending with a {@link WorkerError}; the next request starts another
 * worker.
 */
export class Caller<Request extends TypedRequest<keyof Answers>, Answers> {
  private port: WorkerPort<Call<Request>, Answer> | undefined;
  private readonly pending = new Map<number, PendingCall>();
  private nextId = 1;
  private disposed = false;

  /** @param restore called with each new worker, to bring it to the state that the dead one had. */
  constructor(
    private readonly spawn: () => WorkerPort<Call<Request>, Answer>,
    private readonly restore: (send: (request: Request) => Promise<unknown>) => void = () => undefined,
  ) {}

  /** The bytes in `transfer` are handed over: the caller has them no longer. */
  call<Sent extends Request>(
    request: Sent,
    transfer?: readonly ArrayBuffer[],
  ): Promise<Answers[Sent['type']]> {
    if (this.disposed) return Promise.reject(new WorkerError(l10n.t('The worker was closed.')));
    const port = this.port ?? this.start();
    return this.send(port, request, transfer);
  }

  dispose(): void {
    this.disposed = true;
    this.port?.dispose();
    this.port = undefined;
    this.rejectAll(new WorkerError(l10n.t('The worker was closed.')));
  }

  private start(): WorkerPort<Call<Request>, Answer> {
    const port = this.spawn();
    this.port = port;
    port.onMessage((answer) => {
      const call = this.pending.get(answer.id);
      if (!call) return;
      this.pending.delete(answer.id);
      if ('error' in answer) call.reject(deserializeError(answer.error));
      else call.resolve(answer.value);
    });
    port.onDeath((error) => {
      if (this.port === port) this.port = undefined;
      this.rejectAll(error);
    });
    this.restore((request) => this.send(port, request));
    return port;
  }

  private send<Sent extends Request>(
    port: WorkerPort<Call<Request>, Answer>,
    request: Sent,
    transfer?: readonly ArrayBuffer[],
  ): Promise<Answers[Sent['type']]> {
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
    const calls = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of calls) reject(error);
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
