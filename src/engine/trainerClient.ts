import { WorkerError, asError } from '../common/errors';
import type { Disposable } from '../common/events';
import { deserializeError } from '../common/serializedError';
import type { CorpusFacts } from '../run/facts';
import type { WorkerPort } from './port';
import type { ReadSettings, TrainerEvent, TrainerRequest, TrainingData } from './protocol';
import { transferOf } from './transfer';

type Event<Type extends TrainerEvent['type']> = TrainerEvent & { readonly type: Type };

/** What is being waited for. */
interface Waiting {
  /** Whether the event was the answer, or a step on the way to it. */
  take(event: TrainerEvent): boolean;
  reject(error: Error): void;
}

/**
 * A trainer from the host's side. It is asked one thing at a time; what it tells besides the answer goes to
 * `heard`. Each request rejects with the trainer's own error, or with a {@link WorkerError} where the trainer
 * died or was disposed of.
 */
export class TrainerClient implements Disposable {
  private waiting: Waiting | undefined;
  private end: Error | undefined;

  constructor(
    private readonly port: WorkerPort<TrainerRequest, TrainerEvent>,
    private readonly heard: (event: TrainerEvent) => void,
  ) {
    port.onMessage((event) => this.receive(event));
    port.onDeath((error) => this.close(error));
  }

  /** Why the trainer is gone. */
  get gone(): Error | undefined {
    return this.end;
  }

  /** Gives it files to read. They are copied. */
  read(data: TrainingData, { seed, columns }: ReadSettings): Promise<CorpusFacts> {
    return this.ask({ type: 'read', data, seed, columns }, (event) =>
      event.type === 'read' ? event.facts : undefined,
    );
  }

  /**
   * Hands the corpus that this trainer has read to another. Where the other one dies, this one stays ready
   * for more.
   */
  async handOver(to: TrainerClient): Promise<void> {
    let under = 0;
    let lost = false;
    const acknowledge = (): void => {
      under--;
      this.port.post({ type: 'taken' });
    };
    const received = to.ask(undefined, (event) => {
      if (event.type === 'taken') acknowledge();
      return event.type === 'read' ? event.facts : undefined;
    });
    const outcome = received.then(
      () => undefined,
      (error: unknown) => {
        lost = true;
        // What it will not take any more is let go, so that this trainer gets through.
        while (under > 0) acknowledge();
        return error;
      },
    );
    const sent = this.ask({ type: 'encode' }, (event) => {
      if (event.type !== 'part') return undefined;
      under++;
      if (lost) acknowledge();
      else to.post(event);
      return event.last ? event : undefined;
    });
    try {
      await sent;
    } catch (error) {
      // Half a corpus is of no use.
      to.dispose();
      await outcome;
      throw error;
    }
    const failure = await outcome;
    if (failure !== undefined) throw failure;
  }

  measure(
    request: Omit<TrainerRequest & { readonly type: 'measure' }, 'type'>,
  ): Promise<Event<'measured' | 'unavailable'>> {
    return this.ask({ type: 'measure', ...request }, (event) =>
      event.type === 'measured' || event.type === 'unavailable' ? event : undefined,
    );
  }

  /** Trains to the end of the run. */
  train(
    request: Omit<TrainerRequest & { readonly type: 'train' }, 'type'>,
  ): Promise<Event<'ended' | 'unavailable'>> {
    return this.ask({ type: 'train', ...request }, (event) =>
      event.type === 'ended' || event.type === 'unavailable' ? event : undefined,
    );
  }

  post(request: TrainerRequest): void {
    if (!this.end) this.port.post(request, transferOf(request));
  }

  dispose(): void {
    this.port.dispose();
    this.close(new WorkerError('The trainer was closed.'));
  }

  /** Posts a request and waits for its answer: the first value that is given for an event. */
  private ask<Answer>(
    request: TrainerRequest | undefined,
    answer: (event: TrainerEvent) => Answer | undefined,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.end) return reject(this.end);
      if (this.waiting) return reject(new Error('The trainer was asked two things at a time.'));
      this.waiting = {
        take: (event) => {
          const value = answer(event);
          if (value === undefined) return event.type === 'part' || event.type === 'taken';
          this.waiting = undefined;
          resolve(value);
          return true;
        },
        reject,
      };
      try {
        if (request) this.post(request);
      } catch (error) {
        // What cannot be sent (there is no memory for the copy) ends nothing but this request.
        this.waiting = undefined;
        reject(asError(error));
      }
    });
  }

  private receive(event: TrainerEvent): void {
    if (this.end || this.waiting?.take(event)) return;
    if (event.type !== 'failed') return this.heard(event);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.reject(deserializeError(event.error));
  }

  private close(error: Error): void {
    if (this.end) return;
    this.end = error;
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.reject(error);
  }
}
