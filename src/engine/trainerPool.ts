import { InputError, WorkerError, messageOf } from '../common/errors';
import type { Disposable } from '../common/events';
import type { DeviceName } from '../kernels/kernels';
import type { CorpusFacts } from '../run/facts';
import type { TrainerPlace } from './backend';
import type { ReadSettings, TrainerEvent, TrainingData } from './protocol';
import { TrainerClient } from './trainerClient';

/** Where trainers can run. */
export interface TrainerPlaces {
  /** Worker threads: files are read there. */
  readonly node: TrainerPlace;
  /** A page with a GPU, which gets the corpus from there. */
  readonly gpu?: TrainerPlace;
}

/**
 * The trainers of one run: at most one in each place, opened with the corpus in it when it is needed, and
 * again where it died.
 */
export class RunTrainers implements Disposable {
  private nodeTrainer: TrainerClient | undefined;
  private gpuTrainer: TrainerClient | undefined;
  private corpus: CorpusFacts | undefined;
  /** Problems of the files were told. */
  private told = false;
  private disposed = false;
  /** A worker thread that died was replaced. */
  private replaced = false;

  /** Seconds that it took to send the corpus to the page. */
  sendingSeconds = 0;

  constructor(
    private readonly places: TrainerPlaces,
    private readonly data: TrainingData,
    private readonly settings: ReadSettings,
    private readonly heard: (event: TrainerEvent) => void,
  ) {}

  /** The devices of all places. */
  get devices(): readonly DeviceName[] {
    return [...this.places.node.devices, ...(this.places.gpu?.devices ?? [])];
  }

  /** What the corpus is, once it was read. */
  get facts(): CorpusFacts | undefined {
    return this.corpus;
  }

  /** Whether the device is a page's. */
  isGpu(device: DeviceName): boolean {
    return this.places.gpu?.devices.includes(device) === true;
  }

  /**
   * A worker thread's trainer with the corpus. One that died is replaced once. Rejects with an `InputError`
   * where the files cannot be used, and with a `WorkerError` where the second one has died too.
   */
  async node(): Promise<TrainerClient> {
    const before = this.nodeTrainer;
    if (before && !before.gone) return before;
    if (before?.gone) {
      if (this.replaced || this.disposed) throw before.gone;
      this.replaced = true;
    }
    const trainer = await this.open(this.places.node);
    this.nodeTrainer = trainer;
    try {
      this.corpus = await trainer.read(this.data, this.settings);
    } catch (error) {
      if (trainer.gone) return this.node();
      throw error;
    }
    this.told = true;
    return trainer;
  }

  /**
   * The trainer for a device. Rejects as {@link node} does, and with a {@link PlaceError} where the page's
   * cannot be had.
   */
  async of(device: DeviceName): Promise<TrainerClient> {
    const { gpu } = this.places;
    if (!gpu?.devices.includes(device)) return this.node();
    if (this.gpuTrainer && !this.gpuTrainer.gone) return this.gpuTrainer;
    const node = await this.node();
    try {
      const trainer = await this.open(gpu);
      this.gpuTrainer = trainer;
      const began = performance.now();
      await node.handOver(trainer);
      this.sendingSeconds = (performance.now() - began) / 1000;
      return trainer;
    } catch (error) {
      if (node.gone) return this.of(device);
      throw new PlaceError(error);
    }
  }

  /** Ends the trainers but this one: they hold memory, or a GPU. */
  keepOnly(trainer: TrainerClient): void {
    if (this.nodeTrainer !== trainer) {
      this.nodeTrainer?.dispose();
      this.nodeTrainer = undefined;
    }
    if (this.gpuTrainer !== trainer) {
      this.gpuTrainer?.dispose();
      this.gpuTrainer = undefined;
    }
  }

  dispose(): void {
    this.disposed = true;
    this.nodeTrainer?.dispose();
    this.gpuTrainer?.dispose();
  }

  private async open(place: TrainerPlace): Promise<TrainerClient> {
    const port = await place.open();
    const trainer = new TrainerClient(port, (event) => {
      // A trainer that takes another's place reads the same files: their problems are known.
      if (event.type !== 'problems' || !this.told) this.heard(event);
    });
    if (this.disposed) {
      trainer.dispose();
      throw new WorkerError('The run is over.');
    }
    return trainer;
  }
}

/** A place that cannot be opened; its cause says why. */
export class PlaceError extends Error {
  override readonly name = 'PlaceError';

  constructor(override readonly cause: unknown) {
    super(reasonOf(cause));
  }
}

/** Why something failed, in a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof InputError) return [error.message, error.details.hint].filter(Boolean).join(' ');
  return messageOf(error);
}
