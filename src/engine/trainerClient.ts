import { WorkerError, asError } from '../common/errors';
import type { Disposable } from '../common/events';
import * as l10n from '../common/l10n';
import { deserializeError } from '../common/serializedError';
import type { DeviceName } from '../kernels/registry';
import type { CorpusFacts } from '../run/facts';
import type { WorkerPort } from './port';
import type { ReadSettings, TrainerEvent, TrainerRequest, TrainingData } from './trainerProtocol';
import { transferOf } from './transfer';

type Event<Type extends TrainerEvent['type']> = TrainerEvent & { readonly type: Type };
type Request<Type extends TrainerRequest['type']> = TrainerRequest & { readonly type: Type };

/** A request that has no answer yet. */
interface Pending {
  /** Whether the event was the answer, or a step on the way to it. */
  take(event: TrainerEvent): boolean;
  reject(error: Error): void;
}

/** What is copied at a time: a millisecond or few. */
const pieceUnits = 1024 * 1024;

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function* inPieces(files: TrainingData['files']): Generator<TrainingData['files']> {
  let piece: TrainingData['files'][number][] = [];
  let units = 0;
  for (const file of files) {
    piece.push(file);
    units += file.content.length + (file.companion?.content.length ?? 0);
    if (units < pieceUnits) continue;
    yield piece;
    piece = [];
    units = 0;
  }
  if (piece.length > 0) yield piece;
}

/**
 * A trainer, seen from the host. It takes one request at a time; events that are no part of the answer go to
 * `onEvent`. Each request rejects with the trainer's own error, or with a {@link WorkerError} where the
 * trainer died or was disposed of.
 */
export class TrainerClient implements Disposable {
  private pending: Pending | undefined;
  private closed: Error | undefined;

  constructor(
    private readonly port: WorkerPort<TrainerRequest, TrainerEvent>,
    private readonly onEvent: (event: TrainerEvent) => void,
  ) {
    port.onMessage((event) => this.receive(event));
    port.onDeath((error) => this.close(error));
  }

  /** Why it takes no more requests: its worker died, or it was disposed of. Undefined while it does. */
  get closeReason(): Error | undefined {
    return this.closed;
  }

  /**
   * Lets it read the files. They are copied, some at a time, since the host has other things to do: it turns
   * to them in between.
   *
   * @param turn resolves once it has.
   */
  async read(
    data: TrainingData,
    { seed, columns }: ReadSettings,
    turn: () => Promise<void> = nextTurn,
  ): Promise<CorpusFacts> {
    for (const files of inPieces(data.files)) {
      this.post({ type: 'files', files });
      await turn();
    }
    return this.request({ type: 'read', data: { ...data, files: [] }, seed, columns }, (event) =>
      event.type === 'corpusReady' ? event.facts : undefined,
    );
  }

  /**
   * Sends the corpus that this trainer has read to another one. Rejects where either dies. Where the other
   * one dies, this one takes further requests.
   */
  async sendCorpus(to: TrainerClient): Promise<void> {
    let inFlight = 0;
    let receiverFailed = false;
    const acknowledge = (): void => {
      inFlight--;
      this.port.post({ type: 'received' });
    };
    const received = to.request(undefined, (event) => {
      if (event.type === 'received') acknowledge();
      return event.type === 'corpusReady' ? event.facts : undefined;
    });
    const failure = received.then(
      () => undefined,
      (error: unknown) => {
        receiverFailed = true;
        // This trainer waits for these: it could not take another request otherwise.
        while (inFlight > 0) acknowledge();
        return error;
      },
    );
    const sent = this.request({ type: 'sendCorpus' }, (event) => {
      if (event.type !== 'chunk') return undefined;
      inFlight++;
      if (receiverFailed) acknowledge();
      else to.post(event);
      return event.last ? event : undefined;
    });
    try {
      await sent;
    } catch (error) {
      // Half a corpus is of no use.
      to.dispose();
      await failure;
      throw error;
    }
    const error = await failure;
    if (error !== undefined) throw error;
  }

  find(device: DeviceName): Promise<Event<'found' | 'unavailable'>> {
    return this.request({ type: 'find', device }, (event) =>
      event.type === 'found' || event.type === 'unavailable' ? event : undefined,
    );
  }

  measure(request: Omit<Request<'measure'>, 'type'>): Promise<Event<'measured' | 'unavailable'>> {
    return this.request({ type: 'measure', ...request }, (event) =>
      event.type === 'measured' || event.type === 'unavailable' ? event : undefined,
    );
  }

  /** Trains to the end of the run. */
  train(request: Omit<Request<'train'>, 'type'>): Promise<Event<'ended' | 'unavailable'>> {
    return this.request({ type: 'train', ...request }, (event) =>
      event.type === 'ended' || event.type === 'unavailable' ? event : undefined,
    );
  }

  post(request: TrainerRequest): void {
    if (!this.closed) this.port.post(request, transferOf(request));
  }

  dispose(): void {
    this.port.dispose();
    this.close(new WorkerError(l10n.t('The trainer was closed.')));
  }

  /**
   * Posts a request, where there is one to post, and waits for the answer: the first value that `answerIn`
   * finds in an event.
   */
  private request<Answer>(
    request: TrainerRequest | undefined,
    answerIn: (event: TrainerEvent) => Answer | undefined,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(this.closed);
      if (this.pending) return reject(new Error('The trainer was asked two things at a time.'));
      this.pending = {
        take: (event) => {
          const value = answerIn(event);
          if (value === undefined) return event.type === 'chunk' || event.type === 'received';
          this.pending = undefined;
          resolve(value);
          return true;
        },
        reject,
      };
      try {
        if (request) this.post(request);
      } catch (error) {
        // What cannot be sent (there is no memory for the copy) ends nothing but this request.
        this.rejectPending(asError(error));
      }
    });
  }

  private receive(event: TrainerEvent): void {
    if (this.closed || this.pending?.take(event)) return;
    if (event.type === 'failed') this.rejectPending(deserializeError(event.error));
    else this.onEvent(event);
  }

  private close(error: Error): void {
    if (this.closed) return;
    this.closed = error;
    this.rejectPending(error);
  }

  private rejectPending(error: Error): void {
    const { pending } = this;
    this.pending = undefined;
    pending?.reject(error);
  }
}
