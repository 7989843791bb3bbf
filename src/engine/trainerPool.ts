import { BackendError, WorkerError } from '../common/errors';
import type { Disposable } from '../common/events';
import * as l10n from '../common/l10n';
import type { DeviceName } from '../kernels/registry';
import type { CorpusFacts } from '../run/facts';
import type { TrainerBackend } from './backend';
import { TrainerClient } from './trainerClient';
import type { ReadSettings, TrainerEvent, TrainingData } from './trainerProtocol';

/** Where trainers can run. */
export interface TrainerBackends {
  /** Worker threads: files are read there. */
  readonly node: TrainerBackend;
  /** A page with a GPU, to which the corpus is sent from there. */
  readonly gpu?: TrainerBackend;
}

/**
 * The trainers of one run: at most one of each backend. One is started, and given the corpus, when it is
 * needed, and again where it died.
 */
export class TrainerPool implements Disposable {
  private nodeTrainer: TrainerClient | undefined;
  private gpuTrainer: TrainerClient | undefined;
  private gpuHasCorpus = false;
  private corpusFacts: CorpusFacts | undefined;
  private disposed = false;
  /** A worker thread that died was replaced. */
  private replaced = false;

  /** Seconds that it took to send the corpus to the page. */
  sendingSeconds = 0;

  constructor(
    private readonly backends: TrainerBackends,
    private readonly data: TrainingData,
    private readonly settings: ReadSettings,
    private readonly onEvent: (event: TrainerEvent) => void,
  ) {}

  /** The devices of all backends. */
  get devices(): readonly DeviceName[] {
    return [...this.backends.node.devices, ...(this.backends.gpu?.devices ?? [])];
  }

  /** What is known of the corpus. @throws {Error} before it was read. */
  get facts(): CorpusFacts {
    if (!this.corpusFacts) throw new Error('The corpus was not read yet.');
    return this.corpusFacts;
  }

  /** Whether the device is a page's. */
  isGpu(device: DeviceName): boolean {
    return this.backends.gpu?.devices.includes(device) === true;
  }

  /**
   * A worker thread's trainer with the corpus. One that died is replaced once. Rejects with an `InputError`
   * where the files cannot be used, and with a `WorkerError` where the second one has died too.
   */
  async node(): Promise<TrainerClient> {
    const before = this.nodeTrainer;
    if (before) {
      const { closeReason } = before;
      if (!closeReason) return before;
      if (this.replaced || this.disposed) throw closeReason;
      this.replaced = true;
    }
    const trainer = await this.start(this.backends.node);
    this.nodeTrainer = trainer;
    try {
      this.corpusFacts = await trainer.read(this.data, this.settings);
    } catch (error) {
      if (trainer.closeReason) return this.node();
      throw error;
    }
    return trainer;
  }

  /**
   * Looks at a page's device without opening it; the corpus is not sent. Rejects as {@link trainerFor} does.
   */
  async find(device: DeviceName): Promise<Awaited<ReturnType<TrainerClient['find']>>> {
    const { gpu } = this.backends;
    if (!gpu) throw new Error('There is no page.');
    // A worker thread that died is replaced, so that a failure here is the page's.
    await this.node();
    try {
      return await (await this.startGpu(gpu)).find(device);
    } catch (error) {
      throw new BackendError(error);
    }
  }

  /**
   * The trainer for a device. Rejects as {@link node} does, and with a {@link BackendError} where the page's
   * cannot be started.
   */
  async trainerFor(device: DeviceName): Promise<TrainerClient> {
    const { gpu } = this.backends;
    if (!gpu?.devices.includes(device)) return this.node();
    if (this.gpuTrainer && this.gpuHasCorpus && !this.gpuTrainer.closeReason) return this.gpuTrainer;
    const node = await this.node();
    try {
      const trainer = await this.startGpu(gpu);
      const began = performance.now();
      await node.sendCorpus(trainer);
      this.sendingSeconds = (performance.now() - began) / 1000;
      this.gpuHasCorpus = true;
      return trainer;
    } catch (error) {
      // Half a corpus is of no use.
      this.gpuTrainer?.dispose();
      if (node.closeReason) return this.trainerFor(device);
      throw new BackendError(error);
    }
  }

  /** The trainer that has the device, where it runs. */
  running(device: DeviceName): TrainerClient | undefined {
    return this.isGpu(device) ? this.gpuTrainer : this.nodeTrainer;
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

  private async startGpu(gpu: TrainerBackend): Promise<TrainerClient> {
    if (this.gpuTrainer && !this.gpuTrainer.closeReason) return this.gpuTrainer;
    this.gpuHasCorpus = false;
    return (this.gpuTrainer = await this.start(gpu));
  }

  private async start(backend: TrainerBackend): Promise<TrainerClient> {
    const port = await backend.open();
    const trainer = new TrainerClient(port, (event) => {
      // A trainer that replaces another reads the same files: their problems are known.
      if (event.type !== 'problems' || !this.corpusFacts) this.onEvent(event);
    });
    if (this.disposed) {
      trainer.dispose();
      throw new WorkerError(l10n.t('The run has ended.'));
    }
    return trainer;
  }
}
