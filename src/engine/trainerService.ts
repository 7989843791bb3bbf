import { serializeError } from '../common/serializedError';
import type { TrainingCorpus } from '../corpus/dataset';
import type { Device } from '../kernels/device';
import type { DeviceName } from '../kernels/registry';
import { readModel } from '../model/modelFile';
import type { ResolvedSettings } from '../model/settings/settings';
import type { CorpusFacts } from '../run/facts';
import type { RunAdjustments } from '../run/runAdjustments';
import { factsOf } from '../training/corpusFacts';
import { TrainingMeasurement } from '../training/measure';
import { train } from '../training/trainer';
import { CorpusAssembler, corpusChunks } from './corpusChunks';
import { readTrainingCorpus } from './source';
import { chunksInFlight } from './trainerProtocol';
import type { TrainerEvent, TrainerRequest, TrainingData } from './trainerProtocol';

/** What a backend gives to its trainer. */
export interface TrainerHost {
  send(event: TrainerEvent): void;
  /** A turn of the event loop: resolves when the messages that had arrived were handled. */
  turn(): Promise<void>;
  /**
   * Looks at a device of this backend without opening it, where they may be software renderers.
   * @throws {InputError} where there is no such device, with the reason.
   */
  findDevice?(name: DeviceName): Promise<{ readonly description: string; readonly software: boolean }>;
  /**
   * Opens a device of this backend, on so many threads where it has them.
   * @throws {InputError} where there is no such device, with the reason.
   */
  openDevice(name: DeviceName, threads: number): Promise<Device>;
}

type Request<Type extends TrainerRequest['type']> = TrainerRequest & { readonly type: Type };

/** The trainer, in a worker thread or a Web Worker: takes a corpus, measures devices and trains one run. */
export class TrainerService {
  private corpus: TrainingCorpus | undefined;
  private facts: CorpusFacts | undefined;
  private readonly assembler = new CorpusAssembler();
  /** Files that were sent and not read yet. */
  private files: TrainingData['files'][number][] = [];
  /** The devices that are being measured. */
  private readonly measured = new Map<DeviceName, { device: Device; measurement: TrainingMeasurement }>();
  /** Requests are handled one after the other. */
  private last: Promise<void> = Promise.resolve();
  private stopped = false;
  private adjustments: RunAdjustments = {};
  /** Set while paused; it ends on resume and on stop. */
  private pause: { readonly ended: Promise<void>; end(): void } | undefined;
  /** Chunks that were sent and not acknowledged yet. */
  private inFlight = 0;
  private onAcknowledged: () => void = () => undefined;

  constructor(private readonly host: TrainerHost) {}

  handle(request: TrainerRequest): void {
    switch (request.type) {
      case 'pause':
        if (this.pause || this.stopped) break;
        this.pause = pausing();
        this.host.send({ type: 'paused' });
        break;
      case 'resume':
        if (this.endPause()) this.host.send({ type: 'resumed' });
        break;
      case 'adjust':
        this.adjustments = request.adjustments;
        break;
      case 'stop':
        this.stopped = true;
        this.endPause();
        break;
      case 'received':
        this.inFlight--;
        this.onAcknowledged();
        break;
      default:
        this.last = this.last
          .then(() => this.perform(request))
          .catch((error: unknown) => this.host.send({ type: 'failed', error: serializeError(error) }));
    }
  }

  private perform(
    request: Exclude<TrainerRequest, Request<'pause' | 'resume' | 'adjust' | 'stop' | 'received'>>,
  ): void | Promise<void> {
    switch (request.type) {
      case 'files':
        this.files.push(...request.files);
        return;
      case 'read':
        return this.setCorpus(
          readTrainingCorpus(
            request.data,
            request,
            (problems) => this.host.send({ type: 'problems', problems }),
            this.takeFiles(),
          ),
        );
      case 'sendCorpus':
        return this.sendCorpus();
      case 'chunk':
        this.assembler.add(request.chunk);
        this.host.send({ type: 'received' });
        if (request.last) this.setCorpus(this.assembler.finish());
        return;
      case 'find':
        return this.find(request.device);
      case 'measure':
        return this.measure(request);
      case 'release':
        return this.release(request.device);
      case 'train':
        return this.train(request);
    }
  }

  /** The files that were sent, in their order. Of those that were read nothing is kept. */
  private *takeFiles(): Generator<TrainingData['files'][number]> {
    const files = this.files.reverse();
    for (let file = files.pop(); file; file = files.pop()) yield file;
  }

  private setCorpus(corpus: TrainingCorpus): void {
    this.corpus = corpus;
    this.facts = factsOf(corpus);
    this.host.send({ type: 'corpusReady', facts: this.facts });
  }

  private get read(): { readonly corpus: TrainingCorpus; readonly facts: CorpusFacts } {
    const { corpus, facts } = this;
    if (!corpus || !facts) throw new Error('The trainer was given no corpus.');
    return { corpus, facts };
  }

  private async sendCorpus(): Promise<void> {
    const chunks = corpusChunks(this.read.corpus);
    for (let chunk = chunks.next(); !chunk.done;) {
      const following = chunks.next();
      while (this.inFlight >= chunksInFlight)
        await new Promise<void>((resolve) => (this.onAcknowledged = resolve));
      this.inFlight++;
      this.host.send({ type: 'chunk', chunk: chunk.value, last: following.done === true });
      chunk = following;
    }
  }

  private endPause(): boolean {
    const paused = this.pause;
    this.pause = undefined;
    paused?.end();
    return paused !== undefined;
  }

  private async yieldToHost(): Promise<'continue' | 'stop'> {
    await this.host.turn();
    // It may have been paused again meanwhile.
    while (this.pause && !this.stopped) await this.pause.ended;
    return this.stopped ? 'stop' : 'continue';
  }

  private async find(device: DeviceName): Promise<void> {
    const { host } = this;
    try {
      const found = (await host.findDevice?.(device)) ?? { software: false };
      host.send({ type: 'found', device, ...found });
    } catch (error) {
      host.send({ type: 'unavailable', device, error: serializeError(error) });
    }
  }

  private async measure({ device: name, threads, settings, best }: Request<'measure'>): Promise<void> {
    const { host } = this;
    try {
      const { device, measurement } =
        this.measured.get(name) ?? (await this.openForMeasuring(name, threads, settings));
      const speed = await measurement.round(best);
      // It was stopped before it had a figure.
      if (speed) host.send({ type: 'measured', device: name, description: device.description, ...speed });
    } catch (error) {
      this.release(name);
      host.send({ type: 'unavailable', device: name, error: serializeError(error) });
    }
  }

  private async openForMeasuring(
    name: DeviceName,
    threads: number,
    settings: ResolvedSettings,
  ): Promise<{ device: Device; measurement: TrainingMeasurement }> {
    const { corpus } = this.read;
    const device = await this.host.openDevice(name, threads);
    try {
      const measurement = new TrainingMeasurement({
        corpus,
        settings,
        device,
        now: () => performance.now(),
        yieldToHost: () => this.yieldToHost(),
      });
      const opened = { device, measurement };
      this.measured.set(name, opened);
      return opened;
    } catch (error) {
      device.dispose();
      throw error;
    }
  }

  private release(name: DeviceName): void {
    const opened = this.measured.get(name);
    this.measured.delete(name);
    opened?.measurement.dispose();
    opened?.device.dispose();
  }

  private async train({
    device: name,
    threads,
    names,
    settings,
    checkpoint,
  }: Request<'train'>): Promise<void> {
    const { host } = this;
    const { corpus, facts } = this.read;
    // Training begins with new weights and memory.
    for (const measured of [...this.measured.keys()]) this.release(measured);
    const resumed = checkpoint && readModel(checkpoint);
    let device: Device;
    try {
      device = await host.openDevice(name, threads);
    } catch (error) {
      host.send({ type: 'unavailable', device: name, error: serializeError(error) });
      return;
    }
    try {
      await train({
        corpus,
        facts,
        names,
        settings,
        device,
        checkpoint: resumed,
        hooks: {
          emit: (event) => host.send(event),
          yieldToHost: () => this.yieldToHost(),
          now: () => performance.now(),
          adjustments: () => this.adjustments,
        },
      });
    } finally {
      device.dispose();
    }
  }
}

function pausing(): { ended: Promise<void>; end(): void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}
