import { WorkerError } from '../common/errors';
import { Emitter } from '../common/events';
import type { Disposable } from '../common/events';
import * as l10n from '../common/l10n';
import { deserializeError } from '../common/serializedError';
import type { WorkerPort } from '../engine/port';
import type { TrainerEvent, TrainerRequest } from '../engine/trainerProtocol';
import type { FromTrainerPage, ToTrainerPage } from './gpuProtocol';

/**
 * A page that leaves so many pings without an answer is gone. Pings are counted, not the time: while the
 * machine sleeps, nobody answers. A page that is closed or made anew says so itself, so there is time.
 */
const mostUnanswered = 12;

/** The extension's end of a trainer in the page. */
export class PageTrainerPort implements WorkerPort<TrainerRequest, TrainerEvent> {
  private readonly messages = new Emitter<TrainerEvent>();
  private readonly deaths = new Emitter<WorkerError>();
  private readonly ended = new Emitter<void>();
  private starting: { resolve(): void; reject(error: Error): void } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unanswered = 0;
  private disposed = false;

  readonly onMessage = this.messages.event;
  readonly onDeath = this.deaths.event;
  /** It died or was disposed of. */
  readonly onEnd: (listener: () => void) => Disposable = this.ended.event;

  constructor(
    readonly number: number,
    private readonly send: (message: ToTrainerPage) => void,
    private readonly pingEveryMs: number,
  ) {}

  /** Resolves once the worker works. */
  start(script: Uint8Array, withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.starting = { resolve, reject };
      this.timer = setTimeout(
        () => this.die(l10n.t('The trainer in the loss panel did not start within {0} s.', withinMs / 1000)),
        withinMs,
      );
      this.send({ type: 'trainer.start', trainer: this.number, script: plainBytes(script) });
    });
  }

  receive(message: FromTrainerPage): void {
    if (this.disposed) return;
    this.unanswered = 0;
    switch (message.type) {
      case 'trainer.started':
        clearTimeout(this.timer);
        this.timer = setInterval(() => this.ping(), this.pingEveryMs);
        this.starting?.resolve();
        this.starting = undefined;
        break;
      case 'trainer.event':
        this.messages.fire(message.event);
        break;
      case 'trainer.ended':
        this.end(deserializeError(message.error));
        break;
      case 'trainer.pong':
        break;
    }
  }

  /** VS Code copies what is sent: nothing is handed over. */
  post(request: TrainerRequest): void {
    if (!this.disposed)
      this.send({ type: 'trainer.request', trainer: this.number, request: sendable(request) });
  }

  die(why: string): void {
    this.end(new WorkerError(why));
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    clearTimeout(this.timer);
    clearInterval(this.timer);
    // A page that was only slow is still there: it ends its worker.
    this.send({ type: 'trainer.end', trainer: this.number });
    this.ended.fire();
  }

  private end(error: Error): void {
    if (this.disposed) return;
    this.dispose();
    this.starting?.reject(error);
    this.deaths.fire(error instanceof WorkerError ? error : new WorkerError(error.message));
  }

  private ping(): void {
    if (this.unanswered++ >= mostUnanswered)
      this.die(l10n.t('The loss panel’s page does not answer any more, nor does the trainer in it.'));
    else this.send({ type: 'trainer.ping', trainer: this.number });
  }
}

/** The request in a form that VS Code sends fast. */
function sendable(request: TrainerRequest): TrainerRequest {
  if (request.type === 'train' && request.checkpoint)
    return { ...request, checkpoint: plainBytes(request.checkpoint) };
  if (request.type === 'chunk' && request.chunk.kind === 'numbers')
    return { ...request, chunk: { ...request.chunk, bytes: plainBytes(request.chunk.bytes) } };
  return request;
}

/** Bytes that are a buffer of their own, copied where they are not. */
function plainBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return ownsItsBuffer(bytes) ? bytes : new Uint8Array(bytes);
}

/** Of bytes that do not, VS Code would send the whole buffer; and Node's `Buffer` as a list of numbers. */
function ownsItsBuffer(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return (
    bytes.constructor === Uint8Array &&
    bytes.byteLength === bytes.buffer.byteLength &&
    bytes.buffer instanceof ArrayBuffer
  );
}
