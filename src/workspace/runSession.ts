import { Emitter } from '../common/events';
import type { Disposable } from '../common/events';
import { serializeError } from '../common/serializedError';
import type { SerializedError } from '../common/serializedError';
import type { TrainingRun } from '../engine/engine';
import type { RunRecord } from '../record/runRecord';
import type { RunAdjustments } from '../run/runAdjustments';
import type { RunEvent } from '../run/runEvent';
import { startRateOf } from '../run/runState';
import type { RunState } from '../run/runState';
import type { RunStore } from './runStore';

/**
 * A run that goes on, from the moment that it is asked for: its events go to the store, and then to those who
 * listen here. It ends when its trainer says so, when it is stopped before it has a trainer, or when it is
 * disposed of; then it has been interrupted.
 */
export class RunSession implements Disposable {
  private readonly events = new Emitter<RunEvent>();
  private current: RunState;
  private trainer: TrainingRun | undefined;
  private listener: Disposable | undefined;
  private resolve: (error: SerializedError | undefined) => void = () => undefined;
  private ended = false;
  private takenBack = false;

  /** Each event of the run, once the store has it. */
  readonly onEvent = this.events.event;
  /** Resolves when the run has ended: with the error, if it failed. */
  readonly finished = new Promise<SerializedError | undefined>((resolve) => {
    this.resolve = resolve;
  });

  constructor(
    readonly id: string,
    private readonly store: RunStore,
    /** Of a run that was taken up again: what it was before. */
    private readonly before?: RunRecord,
    /** Nobody asked for it: it is not to be told of. */
    readonly isQuiet = false,
  ) {
    this.current = store.state(id);
  }

  get state(): RunState {
    return this.current;
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  /** It is a run of before that was taken up again. */
  get isResumed(): boolean {
    return this.before !== undefined;
  }

  get hadTrainer(): boolean {
    return this.trainer !== undefined;
  }

  /** The run could not be taken up again, or was stopped before it went on: it is what it was before. */
  get restored(): boolean {
    return this.takenBack;
  }

  /** Follows a trainer to its end. */
  follow(trainer: TrainingRun): void {
    this.trainer = trainer;
    this.listener = trainer.onEvent((event) => this.receive(event));
    // The checkpoint that it goes on from may be of before the change.
    const learningRate = startRateOf(this.current);
    if (learningRate !== undefined) trainer.adjust({ learningRate });
  }

  pause(): void {
    this.trainer?.pause();
  }

  resume(): void {
    this.trainer?.resume();
  }

  adjust(changed: RunAdjustments): void {
    this.trainer?.adjust(changed);
  }

  /**
   * Asks for an end, with a last checkpoint. Before there is a trainer, the run ends at once. Asked again it
   * still saves: the second click of a double click must not lose what was learned.
   */
  stop(): void {
    if (this.trainer) return this.trainer.stop();
    const { epoch, step, seconds, tokensPerSecond = 0 } = this.current;
    this.receive({ type: 'ended', reason: 'stopped', epoch, step, seconds, tokensPerSecond });
  }

  /** Ends a run that never got a trainer. */
  abandon(error: unknown): void {
    if (!this.ended && !this.restore()) this.receive({ type: 'failed', error: serializeError(error) });
  }

  /** Ends a run that is going on at once: it can be resumed from its last checkpoint. */
  dispose(): void {
    this.listener?.dispose();
    this.trainer?.dispose();
    if (this.ended || this.restore()) return;
    this.current = this.store.interrupt(this.id);
    this.end();
  }

  private receive(event: RunEvent): void {
    if (this.ended || this.restoredBy(event)) return;
    this.current = this.store.append(this.id, event);
    this.events.fire(event);
    if (event.type === 'ended') this.end();
    if (event.type === 'failed') this.end(event.error);
  }

  /** Whether the run ends before it has gone on, for reasons that leave it as good as it was. */
  private restoredBy(event: RunEvent): boolean {
    if (event.type === 'ended') return this.restore();
    // Data or settings that have changed.
    return event.type === 'failed' && event.error.name === 'InputError' && this.restore(event.error);
  }

  /** Makes a run that was taken up again and has not gone on what it was before. False: there is no such. */
  private restore(error?: SerializedError): boolean {
    if (!this.before || this.current.facts) return false;
    this.takenBack = true;
    this.store.restore(this.before);
    this.end(error);
    return true;
  }

  private end(error?: SerializedError): void {
    this.ended = true;
    this.resolve(error);
  }
}
