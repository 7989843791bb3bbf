import { BackendError } from '../common/errors';
import { Emitter } from '../common/events';
import type { Disposable } from '../common/events';
import { deserializeError } from '../common/serializedError';
import type { TrainingSettings } from '../model/settings/settings';
import type { Preparation } from '../run/preparation';
import type { RunAdjustments } from '../run/runAdjustments';
import type { RunEvent } from '../run/runEvent';
import { resolveSettings } from '../training/resolveSettings';
import { checkMemory, estimateOf } from './capacity';
import { CheckpointMemory } from './checkpointMemory';
import type { TrainingRun } from './engine';
import { transition } from './failover';
import type { FailoverInput, FailoverState } from './failover';
import { PauseWish } from './pauseWish';
import { RunDevices } from './runDevices';
import type { DeviceOptions } from './runDevices';
import { positionAfter, startPosition } from './runPosition';
import { stopLimitMs } from './stopLimit';
import { TrainerPool } from './trainerPool';
import type { TrainerBackends } from './trainerPool';
import type { TrainerEvent, TrainingData } from './trainerProtocol';
import { TrainingSpeed } from './trainingSpeed';

/** How long a trainer that has not begun to train may take to answer a stop before it is ended. */
const beginningStopMs = 200;

export interface SupervisedRunOptions extends DeviceOptions {
  readonly backends: TrainerBackends;
  readonly data: TrainingData;
  readonly settings: TrainingSettings;
  /** Where to go on from. */
  readonly checkpoint?: Uint8Array<ArrayBuffer>;
}

type State<Name extends FailoverState['name']> = Extract<FailoverState, { readonly name: Name }>;

/**
 * A training run that survives its trainers: it reads the corpus, takes a device, trains there, and where
 * that is lost goes on with the next one from the last checkpoint. `failover.ts` has its states and what
 * leads from one to the next; here is what is done in each. Files and checkpoint are kept here, in the host.
 */
export class SupervisedRun implements TrainingRun {
  private readonly events = new Emitter<RunEvent>();
  private readonly pool: TrainerPool;
  private readonly pauseWish = new PauseWish((event) => this.emit(event));
  private readonly checkpoint: CheckpointMemory;
  private state: FailoverState = { name: 'reading' };
  private position = startPosition;
  private adjustments: RunAdjustments = {};
  private readonly speed = new TrainingSpeed();
  /** The most that one may come to, once the corpus is known. */
  private checkpointBytes = 0;
  private stopTimer: ReturnType<typeof setTimeout> | undefined;

  readonly onEvent: (listener: (event: RunEvent) => void) => Disposable = this.events.event;

  constructor(private readonly options: SupervisedRunOptions) {
    const { backends, data, settings, checkpoint } = options;
    this.checkpoint = new CheckpointMemory(checkpoint);
    this.pool = new TrainerPool(backends, data, settings, (event) => this.onTrainerEvent(event));
    // The caller adds its listeners first.
    queueMicrotask(() => this.enter(this.state));
  }

  pause(): void {
    this.setPaused(true);
  }

  resume(): void {
    this.setPaused(false);
  }

  adjust(changed: RunAdjustments): void {
    const { state, adjustments: before } = this;
    if (state.name === 'stopping' || state.name === 'finished') return;
    this.adjustments = { ...before, ...changed };
    if ('trainer' in state) state.trainer.post({ type: 'adjust', adjustments: this.adjustments });
    const { stopAfterEpoch: wanted = false } = this.adjustments;
    if (wanted !== (before.stopAfterEpoch ?? false)) this.emit({ type: 'stopAfterEpoch', wanted });
  }

  stop(): void {
    this.dispatch({ type: 'stopRequested' });
  }

  stopNow(): void {
    this.dispatch({ type: 'endRequested' });
  }

  dispose(): void {
    this.dispatch({ type: 'disposed' });
    this.events.dispose();
  }

  private dispatch(input: FailoverInput): void {
    const before = this.state;
    const { state, events } = transition(before, input, {
      position: this.position,
      checkpoint: this.checkpoint,
    });
    this.state = state;
    if (state !== before && state.name === 'finished') this.close();
    for (const event of events) this.emit(event);
    // A listener may have ended the run.
    if (state !== before && state === this.state) this.enter(state);
  }

  private enter(state: FailoverState): void {
    void this.work(state)
      .catch((error: unknown): FailoverInput => ({ type: 'failed', error }))
      .then((outcome) => outcome && this.dispatch(outcome));
  }

  /** What is done in a state. The outcome is the next input. */
  private async work(state: FailoverState): Promise<FailoverInput | undefined> {
    switch (state.name) {
      case 'reading':
        return this.read();
      case 'choosingDevice':
        return {
          type: 'deviceChosen',
          event: await state.devices.choose({
            ready: () => this.pauseWish.ended(),
            measuring: (devices) => this.tell({ doing: 'measuring', devices }),
          }),
        };
      case 'opening':
        return this.open(state);
      case 'starting':
        return this.train(state);
      case 'stopping':
        return this.stopTrainer(state);
      case 'training':
      case 'finished':
        return undefined;
    }
  }

  private async read(): Promise<FailoverInput> {
    this.tell({ doing: 'reading' });
    await this.pool.node();
    const { facts } = this.pool;
    const { memoryBytes } = this.options;
    const settings = resolveSettings(this.options.settings, facts);
    this.checkpointBytes = estimateOf(facts, settings, this.options.settings.device).parameters;
    checkMemory(facts, settings, this.options.settings.device, memoryBytes, this.options.threads);
    return { type: 'corpusRead', devices: new RunDevices(this.pool, facts, settings, this.options) };
  }

  private async open({ devices, device }: State<'opening'>): Promise<FailoverInput> {
    // The trainer that was lost may not have answered.
    this.pauseWish.report(this.pauseWish.isPaused);
    await this.pauseWish.ended();
    this.tell({ doing: 'preparing', device });
    try {
      return { type: 'trainerOpened', trainer: await this.pool.trainerFor(device) };
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      devices.exclude(device);
      return { type: 'deviceUnavailable', error: error.cause };
    }
  }

  private async train({ devices, device, trainer }: State<'starting'>): Promise<FailoverInput> {
    this.pool.keepOnly(trainer);
    this.speed.reset();
    // The run may have been paused or resumed meanwhile, and the trainer may have been paused before.
    trainer.post({ type: this.pauseWish.isPaused ? 'pause' : 'resume' });
    trainer.post({ type: 'adjust', adjustments: this.adjustments });
    const { corpus, corpusName, column } = this.options.data;
    const { threads, settings } = devices;
    const names = { corpus, corpusName, column };
    try {
      const answer = await trainer.train({
        device,
        threads,
        names,
        settings,
        checkpoint: this.checkpoint.bytes,
      });
      if (answer.type === 'ended') {
        this.confirmSpeed();
        return { type: 'ended', event: answer };
      }
      devices.exclude(device);
      return { type: 'deviceUnavailable', error: deserializeError(answer.error) };
    } catch (error) {
      const again = devices.lose(device, error, trainer.closeReason !== undefined);
      return { type: 'deviceLost', error, again };
    }
  }

  private async stopTrainer({ trainer, trained }: State<'stopping'>): Promise<FailoverInput> {
    trainer.post({ type: 'stop' });
    const limit = trained ? stopLimitMs(this.checkpointBytes) : beginningStopMs;
    await new Promise((resolve) => (this.stopTimer = setTimeout(resolve, limit)));
    return { type: 'stopTimedOut' };
  }

  private setPaused(paused: boolean): void {
    const { state } = this;
    if (state.name === 'stopping' || state.name === 'finished' || !this.pauseWish.set(paused)) return;
    if ('trainer' in state) state.trainer.post({ type: paused ? 'pause' : 'resume' });
    else this.pauseWish.report(paused);
  }

  private onTrainerEvent(event: TrainerEvent): void {
    if (this.state.name === 'finished') return;
    switch (event.type) {
      case 'started':
        this.checkpoint.started(event);
        this.dispatch({ type: 'started', event });
        break;
      case 'checkpoint':
        this.checkpoint.add(event);
        this.emit(event);
        break;
      case 'paused':
      case 'resumed':
        this.pauseWish.report(event.type === 'paused');
        break;
      case 'progress':
        this.speed.add(event.tokensPerSecond);
        this.emit(event);
        break;
      case 'epoch':
        this.confirmSpeed();
        this.emit(event);
        break;
      case 'problems':
      case 'learningRate':
        this.emit(event);
        break;
      case 'corpusReady':
      case 'chunk':
      case 'received':
      case 'found':
      case 'measured':
      case 'unavailable':
      case 'ended':
      case 'failed':
        // Answers: the trainer's client takes them.
        break;
      default:
        // The rest answers what the trainer was asked.
        break;
    }
  }

  /** What the run does before it trains. */
  private tell(preparation: Preparation): void {
    if (this.state.name !== 'finished') this.emit({ type: 'preparing', preparation });
  }

  /** Holds what is remembered of the device against what it does. */
  private confirmSpeed(): void {
    const { state } = this;
    const { tokensPerSecond } = this.speed;
    if (state.name === 'training' && tokensPerSecond !== undefined)
      state.devices.confirm(state.device, tokensPerSecond);
  }

  private emit(event: RunEvent): void {
    this.position = positionAfter(this.position, event);
    this.events.fire(event);
  }

  private close(): void {
    clearTimeout(this.stopTimer);
    this.pool.dispose();
    this.pauseWish.dispose();
  }
}
