import { InputError, DeviceLostError, WorkerError } from '../common/errors';
import { Emitter } from '../common/events';
import type { Disposable } from '../common/events';
import { deserializeError, serializeError } from '../common/serializedError';
import type { DeviceName } from '../kernels/kernels';
import type { DeviceTrial } from '../run/deviceTrial';
import type { CorpusFacts } from '../run/facts';
import type { RunEvent } from '../run/runEvent';
import type { TrainingSettings } from '../training/settings';
import { settle } from '../training/settle';
import { checkMemory, deviceLimit } from './capacity';
import { choiceKey, inOrder, nextDevice } from './deviceChoice';
import type { DeviceChoices, Installation } from './deviceChoice';
import { measureDevices } from './deviceTrials';
import type { TrainingRun } from './engine';
import type { TrainerEvent, TrainingData } from './protocol';
import { PlaceError, reasonOf, RunTrainers } from './runTrainers';
import type { TrainerPlaces } from './runTrainers';
import type { TrainerClient } from './trainerClient';

/** How long a trainer may take to answer a stop before it is ended. */
const stopWithinMs = 200;

export interface SupervisedRunOptions {
  readonly places: TrainerPlaces;
  readonly data: TrainingData;
  readonly settings: TrainingSettings;
  /** For a device that has them: at least one. */
  readonly threads: number;
  /** Where to go on from. */
  readonly checkpoint?: Uint8Array<ArrayBuffer>;
  /** Bytes of memory that the machine has. */
  readonly memoryBytes: number;
  readonly installation: Installation;
  /** Remembers what `auto` takes; without it, each run measures. */
  readonly choices?: DeviceChoices;
}

/**
 * A training run, whatever becomes of its trainers: reads the corpus, takes a device, trains there, and where
 * that is lost goes on with the next one from the last checkpoint, which is kept here with the files.
 */
export class SupervisedRun implements TrainingRun {
  private readonly events = new Emitter<RunEvent>();
  private readonly trainers: RunTrainers;
  private over = false;
  /** The trainer that trains. */
  private training: TrainerClient | undefined;
  private stopTimer: ReturnType<typeof setTimeout> | undefined;

  /** A person's wish, and what listeners were told of it. */
  private paused = false;
  private toldPaused = false;
  private wakeUp: () => void = () => undefined;

  /** The newest checkpoint that a run can go on from. */
  private checkpoint: Uint8Array<ArrayBuffer> | undefined;
  private checkpointAt = { epoch: 0, step: 0 };
  private trials: readonly DeviceTrial[] = [];
  /** Devices that failed in this run. */
  private readonly gone = new Set<DeviceName>();
  /** Training has started, on some device. */
  private begun = false;
  /** The run is going on elsewhere, once that has started. */
  private moving: { readonly from: DeviceName; readonly why: string } | undefined;
  /** For `simd`: as many as were asked for, until one of them is lost. */
  private threads: number;
  /** What it was that the last device or trainer was lost by. */
  private loss: unknown;
  /** What is known of the run, for an end that no trainer can report. */
  private readonly last = { epoch: 0, step: 0, seconds: 0, tokensPerSecond: 0 };

  readonly onEvent: (listener: (event: RunEvent) => void) => Disposable = this.events.event;

  constructor(private readonly options: SupervisedRunOptions) {
    const { places, data, settings } = options;
    this.checkpoint = options.checkpoint;
    this.threads = options.threads;
    this.trainers = new RunTrainers(places, data, settings, (event) => this.heard(event));
    // Whoever began it is to hear all that it tells.
    void Promise.resolve().then(() => this.go());
  }

  pause(): void {
    if (this.over || this.paused) return;
    this.paused = true;
    if (this.training) this.training.post({ type: 'pause' });
    else this.tellPause();
  }

  resume(): void {
    if (this.over || !this.paused) return;
    this.paused = false;
    if (this.training) this.training.post({ type: 'resume' });
    else this.tellPause();
    this.wakeUp();
  }

  stop(): void {
    if (this.over || this.stopTimer) return;
    const stopped = (): void => this.finish({ type: 'ended', reason: 'stopped', ...this.last });
    // Before it trains, and on the way to another device, there is nothing newer than the last checkpoint.
    if (!this.training) return stopped();
    this.training.post({ type: 'stop' });
    this.stopTimer = setTimeout(stopped, stopWithinMs);
  }

  dispose(): void {
    this.close();
    this.events.dispose();
  }

  private async go(): Promise<void> {
    try {
      let device: DeviceName | undefined = await this.chooseFirst();
      while (device !== undefined) device = await this.trainOn(device);
    } catch (error) {
      if (!this.over) this.fail(error);
    }
  }

  /** Reads the corpus and takes a device: the one that was asked for, or on `auto` the fastest. */
  private async chooseFirst(): Promise<DeviceName> {
    await this.trainers.node();
    const { settings } = this;
    checkMemory(this.facts, settings, this.options.memoryBytes);
    const { device } = settings;
    if (device === 'auto') return this.chooseAutomatically();
    const limit = deviceLimit(device, this.facts, settings);
    if (limit !== undefined || !this.trainers.devices.includes(device)) throw this.unavailable(device, limit);
    return device;
  }

  private chooseAutomatically(): DeviceName | Promise<DeviceName> {
    const { choices } = this.options;
    const remembered = choices?.get(this.key);
    if (!remembered || !this.trainers.devices.includes(remembered.device)) return this.measure();
    this.trials = remembered.trials;
    this.tell({ type: 'chosen', device: remembered.device, trials: remembered.trials, remembered: true });
    return remembered.device;
  }

  private async measure(): Promise<DeviceName> {
    const { settings, threads } = this;
    const { choices } = this.options;
    const { trials, lasting } = await measureDevices(
      this.trainers,
      { settings, threads, facts: this.facts },
      () => this.unpaused(),
    );
    this.trials = trials;
    const device = this.next;
    if (device === undefined)
      throw new InputError('There is no device to train on.', {
        hint: trials.map((trial) => `${trial.device}: ${trial.why}`).join(' '),
      });
    // What was missing for the moment only may be there for the next run.
    if (lasting) choices?.set(this.key, { device, trials });
    this.tell({ type: 'chosen', device, trials, remembered: false });
    return device;
  }

  /**
   * Trains on a device. Gives the device on which to go on where the run is not over.
   * Rejects where it cannot go on.
   */
  private async trainOn(device: DeviceName): Promise<DeviceName | undefined> {
    await this.unpaused();
    const { settings, threads } = this;
    const { corpus, corpusName, column } = this.options.data;
    let trainer: TrainerClient;
    try {
      trainer = await this.trainers.of(device);
    } catch (error) {
      if (!(error instanceof PlaceError)) throw error;
      return this.notThere(device, error.cause);
    }
    this.check();
    this.trainers.keepOnly(trainer);
    this.training = trainer;
    // It may have been paused or taken up again in the meantime, and the trainer have been paused before.
    trainer.post({ type: this.paused ? 'pause' : 'resume' });
    try {
      const answer = await trainer.train({
        device,
        threads,
        names: { corpus, corpusName, column },
        settings,
        checkpoint: this.checkpoint,
      });
      if (answer.type === 'unavailable') return this.notThere(device, deserializeError(answer.error));
      this.finish(answer);
      return undefined;
    } catch (error) {
      return this.lost(device, trainer, error);
    } finally {
      this.training = undefined;
    }
  }

  /** A device, or its place, that cannot be opened. One that was asked for is not replaced unasked. */
  private notThere(device: DeviceName, error: unknown): DeviceName | Promise<DeviceName> {
    this.check();
    const { settings, choices } = this.options;
    if (!this.begun && settings.device === device) throw this.unavailable(device, reasonOf(error));
    this.gone.add(device);
    const remembered = choices?.get(this.key);
    if (this.begun || remembered?.device !== device) return this.goOn(error);
    // It was there when it was chosen: chosen anew.
    choices?.delete(this.key);
    return this.measure();
  }

  /**
   * The run loses its trainer or its device. A worker thread that died gets a fresh one; `simd` goes on with
   * one thread.
   */
  private lost(device: DeviceName, trainer: TrainerClient, error: unknown): DeviceName | undefined {
    this.training = undefined;
    if (this.over) return undefined;
    if (this.stopTimer) {
      this.finish({ type: 'ended', reason: 'stopped', ...this.last });
      return undefined;
    }
    // Data and settings are the same elsewhere. Any other fault may be the device's: a driver's, for one,
    // comes as any error.
    if (error instanceof InputError) throw error;
    // A thread that does not answer: one alone has nobody to wait for, and the result is the same.
    const alone = device === 'simd' && this.threads > 1 && error instanceof DeviceLostError;
    if (alone) this.threads = 1;
    const again = alone || (trainer.gone !== undefined && !this.trainers.isGpu(device));
    if (!again) this.gone.add(device);
    if (error instanceof DeviceLostError) this.options.choices?.delete(this.key);
    this.loss = error;
    const why = reasonOf(error);
    this.moving = { from: device, why };
    Object.assign(this.last, this.checkpointAt);
    this.tell({ type: 'moving', from: device, why, error: serializeError(error), ...this.checkpointAt });
    this.tellPause();
    return again ? device : this.goOn(error);
  }

  /**
   * The next device. Where none is left, it throws what the run was lost by, or else the error that led here.
   */
  private goOn(error: unknown): DeviceName {
    const device = this.next;
    if (device === undefined) throw this.loss ?? error;
    return device;
  }

  private get next(): DeviceName | undefined {
    return nextDevice(
      this.trainers.devices,
      this.trials,
      this.gone,
      this.facts.tokens.training * this.settings.epochs,
    );
  }

  /** What was asked for, with what follows from the corpus. */
  private get settings(): TrainingSettings {
    const { scheme, sentences } = this.facts;
    return settle(this.options.settings, { scheme, sentences: sentences.training });
  }

  private get facts(): CorpusFacts {
    const { facts } = this.trainers;
    if (!facts) throw new Error('The corpus was not read yet.');
    return facts;
  }

  private get key(): string {
    const { settings } = this;
    const { installation, threads } = this.options;
    return choiceKey(installation, { ...settings, threads }, this.facts);
  }

  private unavailable(device: DeviceName, why = ''): InputError {
    const others = inOrder(this.trainers.devices).filter((name) => name !== device);
    const message = why.includes('not available')
      ? why
      : `The device ${device} is not available here. ${why}`.trim();
    return new InputError(message, { hint: `There are: auto, ${others.join(', ')}.` });
  }

  private heard(event: TrainerEvent): void {
    if (this.over) return;
    switch (event.type) {
      case 'started': {
        this.begun = true;
        this.checkpointAt = { epoch: event.epoch, step: event.step };
        this.note(event);
        this.tell(event);
        const { moving } = this;
        this.moving = undefined;
        if (moving) this.tell({ type: 'moved', ...moving, to: event.facts.device });
        break;
      }
      case 'checkpoint':
        // A run that is done gives its best model last, which says nothing of where to go on: the one before
        // it does.
        if (event.latest && (!this.checkpoint || event.step !== this.checkpointAt.step)) {
          this.checkpoint = event.bytes;
          this.checkpointAt = { epoch: event.epoch, step: event.step };
        }
        this.note(event);
        this.tell(event);
        break;
      case 'progress':
      case 'epoch':
        this.note(event);
        this.tell(event);
        break;
      case 'paused':
      case 'resumed':
        if (this.toldPaused === (event.type === 'paused')) break;
        this.toldPaused = !this.toldPaused;
        this.tell(event);
        break;
      case 'problems':
        this.tell(event);
        break;
      default:
        // The rest answers what the trainer was asked.
        break;
    }
  }

  private note(event: {
    readonly epoch: number;
    readonly step: number;
    readonly seconds?: number;
    readonly tokensPerSecond?: number;
  }): void {
    const { epoch, step, seconds = this.last.seconds, tokensPerSecond = this.last.tokensPerSecond } = event;
    Object.assign(this.last, { epoch, step, seconds, tokensPerSecond });
  }

  /** While no trainer is there to say it. */
  private tellPause(): void {
    if (this.toldPaused === this.paused) return;
    this.toldPaused = this.paused;
    this.tell({ type: this.paused ? 'paused' : 'resumed' });
  }

  /** Waits while the run is paused. Rejects once it is over. */
  private async unpaused(): Promise<void> {
    while (this.paused && !this.over) await new Promise<void>((resolve) => (this.wakeUp = resolve));
    this.check();
  }

  /** @throws once the run is over: whoever waited for a trainer is to do nothing more. */
  private check(): void {
    if (this.over) throw new WorkerError('The run is over.');
  }

  private tell(event: RunEvent): void {
    if (!this.over) this.events.fire(event);
  }

  private finish(event: RunEvent & { readonly type: 'ended' | 'failed' }): void {
    if (this.over) return;
    this.close();
    this.events.fire(event);
  }

  private fail(error: unknown): void {
    const failure = serializeError(error);
    const goesOn = error instanceof WorkerError || (error !== undefined && error === this.loss);
    const kept = this.checkpoint
      ? 'The last checkpoint is kept: training can be resumed from it. The log has the details.'
      : 'The log has the details.';
    this.finish({ type: 'failed', error: { ...failure, hint: goesOn ? kept : failure.hint } });
  }

  private close(): void {
    this.over = true;
    clearTimeout(this.stopTimer);
    this.trainers.dispose();
    this.wakeUp();
  }
}
