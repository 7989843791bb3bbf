import { WorkerError } from '../common/errors';
import { Emitter } from '../common/events';
import type { Disposable } from '../common/events';
import { deserializeError } from '../common/serializedError';
import type { TrainerPlace } from '../engine/place';
import type { WorkerPort } from '../engine/port';
import type { TrainerEvent, TrainerRequest } from '../engine/protocol';
import type { FromTrainerPage, ToTrainerPage } from './gpuProtocol';

export interface GpuPlaceOptions {
  /** Reads the worker's script. */
  readonly script: () => Promise<Uint8Array>;
  /** How long to wait for a page that is about to be ready. */
  readonly readyWithinMs?: number;
  /** How long its worker may take to start: it asks for a GPU first. */
  readonly startWithinMs?: number;
  /** A page that leaves {@link mostUnanswered} pings at this interval without an answer is gone. */
  readonly pingEveryMs?: number;
}

/** Pings are counted, not the time: while the machine sleeps, neither side hears. */
const mostUnanswered = 4;

/** The page of an open loss panel. */
interface Page {
  readonly post: (message: ToTrainerPage) => void;
  ready: boolean;
}

/**
 * The loss panel's page as a place for a trainer: it has the GPU that the extension host has not. A page that
 * was closed or made anew takes its trainer with it. The panel tells what happens to its page; at most one
 * trainer is there at a time.
 */
export class GpuPlace implements TrainerPlace {
  readonly devices = ['webgpu', 'webgl2'] as const;
  private page: Page | undefined;
  private trainer: PageTrainerPort | undefined;
  private trainers = 0;
  /** Fires when the page is ready, or is there no more. */
  private readonly change = new Emitter<void>();

  constructor(private readonly options: GpuPlaceOptions) {}

  /** The panel is open; its page is not ready yet. */
  panelOpened(post: (message: ToTrainerPage) => void): void {
    this.page = { post, ready: false };
  }

  /**
   * A page can take messages. Where there was one before, this is a new page: the old one's worker is gone.
   */
  pageReady(): void {
    if (!this.page) return;
    if (this.page.ready)
      this.trainer?.die(
        'The loss panel’s page was made anew (moved to another window, or reloaded), which ended the trainer in it.',
      );
    this.page.ready = true;
    this.change.fire();
  }

  /** The panel is hidden, and VS Code does not keep its page: a new one comes when it is shown. */
  pageDiscarded(): void {
    if (!this.page) return;
    this.page.ready = false;
    this.trainer?.die(
      'The loss panel was hidden without its page being kept, which ended the trainer in it.',
    );
  }

  panelClosed(): void {
    this.page = undefined;
    this.trainer?.die('The loss panel was closed, which ended the trainer in it.');
    this.change.fire();
  }

  receive(message: FromTrainerPage): void {
    if (message.trainer === this.trainer?.number) this.trainer.receive(message);
  }

  /**
   * @throws {InputError} where the page says that there is no GPU. @throws {WorkerError} where there is no
   * page, or no answer.
   */
  async open(): Promise<WorkerPort<TrainerRequest, TrainerEvent>> {
    const { readyWithinMs = 20_000, startWithinMs = 60_000, pingEveryMs = 5000 } = this.options;
    this.trainer?.die('Another trainer was started in the loss panel.');
    const [page, script] = await Promise.all([this.readyPage(readyWithinMs), this.options.script()]);
    // Two that opened at once: the later one wins.
    this.trainer?.die('Another trainer was started in the loss panel.');
    const send = (message: ToTrainerPage): void => {
      // Nothing can be said to a panel that is closed.
      if (this.page === page) page.post(message);
    };
    const port = new PageTrainerPort(++this.trainers, send, pingEveryMs);
    this.trainer = port;
    port.onOver(() => {
      if (this.trainer === port) this.trainer = undefined;
    });
    await port.start(plainBytes(script), startWithinMs);
    return port;
  }

  private async readyPage(withinMs: number): Promise<Page> {
    const { page } = this;
    if (!page) throw new WorkerError('The loss panel is not open: the GPU is used from its page.');
    if (page.ready) return page;
    await new Promise<void>((resolve) => {
      const listener = this.change.event(() => done());
      const timer = setTimeout(() => done(), withinMs);
      const done = (): void => {
        clearTimeout(timer);
        listener.dispose();
        resolve();
      };
    });
    if (this.page !== page) throw new WorkerError('The loss panel was closed.');
    if (!page.ready)
      throw new WorkerError(`The loss panel’s page was not ready within ${withinMs / 1000} s.`);
    return page;
  }
}

/** The extension's end of a trainer in the page. */
class PageTrainerPort implements WorkerPort<TrainerRequest, TrainerEvent> {
  private readonly messages = new Emitter<TrainerEvent>();
  private readonly deaths = new Emitter<WorkerError>();
  private readonly ends = new Emitter<void>();
  private starting: { resolve(): void; reject(error: Error): void } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unanswered = 0;
  private over = false;

  readonly onMessage = this.messages.event;
  readonly onDeath = this.deaths.event;
  readonly onOver: (listener: () => void) => Disposable = this.ends.event;

  constructor(
    readonly number: number,
    private readonly send: (message: ToTrainerPage) => void,
    private readonly pingEveryMs: number,
  ) {}

  /** Resolves once the worker works. */
  start(script: Uint8Array<ArrayBuffer>, withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.starting = { resolve, reject };
      this.timer = setTimeout(
        () => this.die(`The trainer in the loss panel did not start within ${withinMs / 1000} s.`),
        withinMs,
      );
      this.send({ type: 'trainer.start', trainer: this.number, script });
    });
  }

  receive(message: FromTrainerPage): void {
    if (this.over) return;
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

  /** VS Code copies what is sent; bytes handed over need not be gone afterwards. */
  post(request: TrainerRequest): void {
    if (!this.over) this.send({ type: 'trainer.request', trainer: this.number, request: sendable(request) });
  }

  die(why: string): void {
    this.end(new WorkerError(why));
  }

  dispose(): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    clearInterval(this.timer);
    // A page that is there and was only slow is told to end its worker.
    this.send({ type: 'trainer.end', trainer: this.number });
    this.ends.fire();
  }

  private end(error: Error): void {
    if (this.over) return;
    this.dispose();
    this.starting?.reject(error);
    this.deaths.fire(error instanceof WorkerError ? error : new WorkerError(error.message));
  }

  private ping(): void {
    if (this.unanswered++ >= mostUnanswered)
      this.die('The loss panel’s page does not answer any more, nor does the trainer in it.');
    else this.send({ type: 'trainer.ping', trainer: this.number });
  }
}

/** What VS Code can send, as it is sent fastest. */
function sendable(request: TrainerRequest): TrainerRequest {
  if (request.type === 'train' && request.checkpoint)
    return { ...request, checkpoint: plainBytes(request.checkpoint) };
  if (request.type === 'part' && request.part.kind === 'numbers')
    return { ...request, part: { ...request.part, bytes: plainBytes(request.part.bytes) } };
  return request;
}

/**
 * Bytes that fill a buffer of their own: of those that do not, VS Code would send the whole buffer, and
 * Node's `Buffer` would go as a list of numbers.
 */
function plainBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const own =
    bytes.constructor === Uint8Array &&
    bytes.byteLength === bytes.buffer.byteLength &&
    bytes.buffer instanceof ArrayBuffer;
  return own ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
