import { Emitter } from '../common/events';
import type { Disposable } from '../common/events';
import type { Problem } from '../common/problem';
import type { SerializedError } from '../common/serializedError';
import type { TrainingRun } from '../engine/engine';
import type { DeviceName } from '../kernels/registry';
import type { EpochRecord } from '../run/epochRecord';
import type { RunFacts } from '../run/facts';
import { addLosses } from '../run/history';
import type { History } from '../run/history';
import type { RunEvent, RunProgress } from '../run/runEvent';
import { historyUntil } from './runRecord';
import type { RunRecord } from './runRecord';
import type { RunStore } from './runStore';

/** What a run does, for those who show it. Before each, the store knows of it. */
export type SessionEvent =
  /** Its state, or where it stands. */
  | { readonly type: 'changed' }
  | { readonly type: 'losses'; readonly steps: readonly number[]; readonly losses: readonly number[] }
  | { readonly type: 'epoch'; readonly record: EpochRecord }
  | { readonly type: 'checkpoint'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'problems'; readonly problems: readonly Problem[] }
  /** Devices were measured, or are remembered. */
  | (RunEvent & { readonly type: 'chosen' })
  /** The device is gone: the history has been cut back to the last checkpoint. */
  | (RunEvent & { readonly type: 'moving' })
  /** Something that a person should know; the record keeps it too. */
  | { readonly type: 'notice'; readonly text: string };

/** What a person is told of a run, in words. */
export interface RunWords {
  /** Development data is held out of the training files. */
  readonly heldOut: string;
  /** So many sentences are trained in windows. */
  longSentences(count: number): string;
  /** The run goes on elsewhere; `from` and `to` may be the same. */
  moved(from: DeviceName, to: DeviceName, why: string): string;
}

export type LiveState = 'starting' | 'running' | 'paused' | 'over';

/**
 * A run that is going on: takes what the trainer tells and keeps it in the store. It is over when the trainer
 * says so, or when it is disposed of; then it has been interrupted.
 */
export class RunSession implements Disposable {
  private readonly events = new Emitter<SessionEvent>();
  private readonly listener: Disposable;
  private finish!: (error: SerializedError | undefined) => void;
  private live: LiveState = 'starting';
  /** The trainer has begun to train. */
  private started = false;
  /** It is looking for another device. */
  private moving = false;
  private takenBack = false;
  private lastLoss: number | undefined;
  /**
   * Training time so far, as the trainer last told, and when that was (in ms); not set while it does not
   * train.
   */
  private seconds: number;
  private sinceMs: number | undefined;
  private left: number | undefined;

  readonly onEvent = this.events.event;
  /** Resolves once the run is over: with the error, if it failed. */
  readonly over = new Promise<SerializedError | undefined>((resolve) => {
    this.finish = resolve;
  });

  constructor(
    readonly id: string,
    private readonly trainer: TrainingRun,
    private readonly store: RunStore,
    readonly history: History,
    private readonly words: RunWords,
    /** Of a run that was taken up again: what it was before. */
    private readonly before: RunRecord | undefined,
    private readonly now = () => performance.now(),
  ) {
    this.seconds = store.run(id)?.seconds ?? 0;
    this.listener = trainer.onEvent((event) => this.receive(event));
  }

  get state(): LiveState {
    return this.live;
  }

  /** Seconds of training that are left, as far as can be told. */
  get secondsLeft(): number | undefined {
    return this.left;
  }

  /** Mean training loss per token of the last steps, in nats. */
  get loss(): number | undefined {
    return this.lastLoss;
  }

  /** The run could not be taken up again, or was stopped before it went on: it is what it was before. */
  get restored(): boolean {
    return this.takenBack;
  }

  pause(): void {
    this.trainer.pause();
  }

  resume(): void {
    this.trainer.resume();
  }

  /** Asks for an end, with a last checkpoint. */
  stop(): void {
    this.trainer.stop();
  }

  /** Ends a run that is going on at once: it can be resumed from its last checkpoint. */
  dispose(): void {
    this.listener.dispose();
    this.trainer.dispose();
    if (this.live === 'over' || this.restore()) return;
    this.store.saveHistory(this.id, this.history);
    this.end({ state: 'interrupted' });
  }

  private receive(event: RunEvent): void {
    switch (event.type) {
      case 'started': {
        const { stepsPerEpoch, epochs, deviceDescription, scheme } = event.facts;
        const record = this.store.run(this.id);
        const again = this.started;
        this.started = true;
        this.moving = false;
        // It may have been paused while it was starting.
        if (this.live === 'starting') {
          this.live = 'running';
          this.sinceMs = this.now();
        }
        this.store.update(this.id, {
          epoch: event.epoch,
          step: event.step,
          stepsPerEpoch,
          ...(record && { settings: { ...record.settings, epochs } }),
          device: deviceDescription,
          spans: scheme !== 'none',
        });
        // What is true of the corpus was said when the run began.
        if (!again) for (const text of this.corpusNotices(event.facts)) this.notice(text);
        this.events.fire({ type: 'changed' });
        break;
      }
      case 'problems':
        this.events.fire({ type: 'problems', problems: event.problems });
        break;
      case 'progress':
        this.progress(event);
        break;
      case 'epoch': {
        const { type: _type, ...record } = event;
        // Its end may be done again after a move.
        this.history.epochs = [...this.history.epochs.filter(({ epoch }) => epoch < record.epoch), record];
        this.store.saveHistory(this.id, this.history);
        const { epoch, step, seconds, tokensPerSecond, development } = event;
        this.seconds = seconds;
        this.sinceMs = this.now();
        this.store.update(this.id, { epoch, step, seconds, tokensPerSecond, development });
        this.events.fire({ type: 'epoch', record });
        this.events.fire({ type: 'changed' });
        break;
      }
      case 'checkpoint':
        this.store.saveCheckpoint(this.id, event.bytes, event);
        this.events.fire({ type: 'checkpoint', bytes: event.bytes });
        break;
      case 'chosen':
        this.store.update(this.id, { choice: { device: event.device, trials: event.trials } });
        this.events.fire(event);
        this.events.fire({ type: 'changed' });
        break;
      case 'moving': {
        const { epoch, step } = event;
        this.moving = true;
        this.seconds = this.elapsed;
        this.sinceMs = undefined;
        this.left = undefined;
        if (this.live === 'running') this.live = 'starting';
        Object.assign(this.history, historyUntil(this.history, { epoch, step }));
        this.store.saveHistory(this.id, this.history);
        this.store.update(this.id, { epoch, step });
        this.events.fire(event);
        this.events.fire({ type: 'changed' });
        break;
      }
      case 'moved':
        this.notice(this.words.moved(event.from, event.to, event.why));
        this.events.fire({ type: 'changed' });
        break;
      case 'paused':
      case 'resumed':
        this.seconds = this.elapsed;
        this.live =
          event.type === 'paused' ? 'paused' : this.started && !this.moving ? 'running' : 'starting';
        this.sinceMs = this.live === 'running' ? this.now() : undefined;
        this.events.fire({ type: 'changed' });
        break;
      case 'ended': {
        if (this.restore()) break;
        const { reason, message, epoch, step, tokensPerSecond, development, test } = event;
        this.store.saveHistory(this.id, this.history);
        const record = this.store.run(this.id);
        // A trainer that was ended because it did not answer could not tell its time.
        const seconds = event.seconds > this.seconds ? event.seconds : this.elapsed;
        this.end({
          state: reason,
          message: message ?? record?.message,
          epoch,
          step,
          seconds,
          tokensPerSecond,
          development: development ?? record?.development,
          test,
        });
        break;
      }
      case 'failed':
        // Data or settings that have changed: the run itself is as good as before.
        if (event.error.name === 'InputError' && this.restore(event.error)) break;
        this.store.saveHistory(this.id, this.history);
        this.end(
          { state: 'failed', message: [event.error.message, event.error.hint].filter(Boolean).join(' ') },
          event.error,
        );
        break;
    }
  }

  private corpusNotices({ heldOut, longSentences }: RunFacts): string[] {
    return [
      ...(heldOut ? [this.words.heldOut] : []),
      ...(longSentences > 0 ? [this.words.longSentences(longSentences)] : []),
    ];
  }

  private notice(text: string): void {
    const said = this.store.run(this.id)?.notices ?? [];
    if (said.includes(text)) return;
    this.store.update(this.id, { notices: [...said, text] });
    this.events.fire({ type: 'notice', text });
  }

  private get elapsed(): number {
    return this.seconds + (this.sinceMs === undefined ? 0 : (this.now() - this.sinceMs) / 1000);
  }

  private progress({ epoch, step, steps, losses, tokensPerSecond, secondsLeft }: RunProgress): void {
    addLosses(this.history, steps, losses);
    this.left = secondsLeft;
    if (losses.length > 0) this.lastLoss = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    this.store.saveHistory(this.id, this.history);
    this.store.update(this.id, { epoch, step, tokensPerSecond, seconds: this.elapsed });
    this.events.fire({ type: 'losses', steps, losses });
    this.events.fire({ type: 'changed' });
  }

  /**
   * @returns whether the run was taken up again and has not gone on: then it is over, and what it was before.
   */
  private restore(error?: SerializedError): boolean {
    if (!this.before || this.started) return false;
    this.takenBack = true;
    this.store.restore(this.before);
    this.end({}, error);
    return true;
  }

  private end(change: Partial<RunRecord>, error?: SerializedError): void {
    this.live = 'over';
    this.left = undefined;
    this.store.update(this.id, change);
    this.events.fire({ type: 'changed' });
    this.finish(error);
  }
}
