import { serializeError } from '../common/serializedError';
import type { TrainingCorpus } from '../corpus/dataset';
import type { Device, DeviceName } from '../kernels/kernels';
import { readModel } from '../model/modelFile';
import type { CorpusFacts } from '../run/facts';
import { factsOf } from '../training/corpusFacts';
import { measureTraining } from '../training/measure';
import { settle, settlingFacts } from '../training/settle';
import { train } from '../training/trainer';
import { CorpusAssembler, corpusParts } from './corpusParts';
import { partsInFlight } from './protocol';
import type { TrainerEvent, TrainerRequest } from './protocol';
import { readTrainingCorpus } from './source';

/** What a place gives to its trainer. */
export interface TrainerHost {
  send(event: TrainerEvent): void;
  /** Resolves after the messages that have arrived were handled: a turn of the event loop. */
  turn(): Promise<void>;
  /**
   * Opens a device of this place, on so many threads where it has them.
   * @throws {InputError} where there is no such device, with the reason.
   */
  openDevice(name: DeviceName, threads: number): Promise<Device>;
}

type Request<Type extends TrainerRequest['type']> = TrainerRequest & { readonly type: Type };

/** The trainer, wherever it runs: takes a corpus, measures devices, trains one run, and is done. */
export class TrainerService {
  private corpus: TrainingCorpus | undefined;
  private facts: CorpusFacts | undefined;
  private readonly assembler = new CorpusAssembler();
  /** Requests are handled one after the other. */
  private last: Promise<void> = Promise.resolve();
  private stopped = false;
  /** Set while paused: resolves on resume and on stop. */
  private pause: { readonly over: Promise<void>; end(): void } | undefined;
  /** Parts that were sent and not acknowledged; `next` is called when one is. */
  private inFlight = 0;
  private next: () => void = () => undefined;

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
      case 'stop':
        this.stopped = true;
        this.endPause();
        break;
      case 'taken':
        this.inFlight--;
        this.next();
        break;
      default:
        this.last = this.last
          .then(() => this.perform(request))
          .catch((error: unknown) => this.host.send({ type: 'failed', error: serializeError(error) }));
    }
  }

  private perform(
    request: Exclude<TrainerRequest, Request<'pause' | 'resume' | 'stop' | 'taken'>>,
  ): void | Promise<void> {
    switch (request.type) {
      case 'read':
        return this.has(
          readTrainingCorpus(request.data, request, (problems) =>
            this.host.send({ type: 'problems', problems }),
          ),
        );
      case 'encode':
        return this.encode();
      case 'part':
        this.assembler.add(request.part);
        this.host.send({ type: 'taken' });
        if (request.last) this.has(this.assembler.finish());
        return;
      case 'measure':
        return this.measure(request);
      case 'train':
        return this.train(request);
    }
  }

  private has(corpus: TrainingCorpus): void {
    this.corpus = corpus;
    this.facts = factsOf(corpus);
    this.host.send({ type: 'read', facts: this.facts });
  }

  private get read(): { readonly corpus: TrainingCorpus; readonly facts: CorpusFacts } {
    const { corpus, facts } = this;
    if (!corpus || !facts) throw new Error('The trainer was given no corpus.');
    return { corpus, facts };
  }

  private async encode(): Promise<void> {
    const parts = corpusParts(this.read.corpus);
    for (let part = parts.next(); !part.done;) {
      const following = parts.next();
      while (this.inFlight >= partsInFlight) await new Promise<void>((resolve) => (this.next = resolve));
      this.inFlight++;
      this.host.send({ type: 'part', part: part.value, last: following.done === true });
      part = following;
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
    // Paused again in the meantime: wait again.
    while (this.pause && !this.stopped) await this.pause.over;
    return this.stopped ? 'stop' : 'continue';
  }

  private async measure({ device: name, threads, settings, best }: Request<'measure'>): Promise<void> {
    const { host } = this;
    const { corpus } = this.read;
    try {
      const device = await host.openDevice(name, threads);
      try {
        const speed = await measureTraining({
          corpus,
          settings,
          device,
          best,
          now: () => performance.now(),
          yieldToHost: () => this.yieldToHost(),
        });
        // Stopped: nobody waits for the figure.
        if (speed) host.send({ type: 'measured', device: name, description: device.description, ...speed });
      } finally {
        // What was measured is thrown away with all its memory; training begins afresh.
        device.dispose();
      }
    } catch (error) {
      host.send({ type: 'unavailable', device: name, error: serializeError(error) });
    }
  }

  private async train({
    device: name,
    threads,
    names,
    settings: asked,
    checkpoint,
  }: Request<'train'>): Promise<void> {
    const { host } = this;
    const { corpus, facts } = this.read;
    const settings = settle(asked, settlingFacts(corpus));
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
        },
      });
    } finally {
      device.dispose();
    }
  }
}

function pausing(): { over: Promise<void>; end(): void } {
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}
