import { serializeError } from '../common/serializedError';
import type { TrainingCorpus } from '../corpus/dataset';
import { layOut } from '../corpus/features/lists';
import { windowLength } from '../corpus/windowLength';
import type { Device } from '../kernels/device';
import type { DeviceName } from '../kernels/kernels';
import { longestSentence } from '../model/batches';
import { readModel } from '../model/modelFile';
import type { CorpusFacts } from '../run/facts';
import { featuresOf } from '../training/features';
import { measureTraining } from '../training/measure';
import { settle, settlingFacts } from '../training/settle';
import { train } from '../training/trainer';
import type { TrainerHooks } from '../training/trainer';
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

  private async breathe(): Promise<'continue' | 'stop'> {
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
          breathe: () => this.breathe(),
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
      const result = await train({
        corpus,
        names,
        settings,
        device,
        checkpoint: resumed,
        hooks: this.hooks(facts, device, settings.epochs),
      });
      const { reason, message, epoch, step, seconds, tokensPerSecond, development, test, details } = result;
      host.send({
        type: 'ended',
        reason,
        message,
        epoch,
        step,
        seconds,
        tokensPerSecond,
        development,
        test,
        details,
      });
    } finally {
      device.dispose();
    }
  }

  private hooks(
    corpus: CorpusFacts,
    { name: device, description: deviceDescription }: Device,
    epochs: number,
  ): TrainerHooks {
    const { host } = this;
    return {
      now: () => performance.now(),
      breathe: () => this.breathe(),
      started: ({ stepsPerEpoch, epoch, step }) =>
        host.send({
          type: 'started',
          epoch,
          step,
          facts: { ...corpus, device, deviceDescription, stepsPerEpoch, epochs },
        }),
      progress: (progress) => host.send({ type: 'progress', ...progress }),
      epoch: (record) => host.send({ type: 'epoch', ...record }),
      checkpoint: (bytes, at) => host.send({ type: 'checkpoint', bytes, ...at }),
    };
  }
}

/** What the host is told of a corpus. */
export function factsOf(corpus: TrainingCorpus): CorpusFacts {
  const { labels, scheme, counts, splits, heldOut } = corpus;
  const { training, development, test } = splits;
  let longSentences = 0;
  for (let s = 0; s < training.sentences; s++)
    if (training.start[s + 1] - training.start[s] > windowLength) longSentences++;
  return {
    labels,
    scheme,
    vocabulary: counts.reduce((known, count) => known + (count > 0 ? 1 : 0), 1),
    features: layOut(featuresOf(corpus, { input: 'features' })).rows,
    tokens: { training: training.tokens, development: development.tokens, test: test.tokens },
    sentences: { training: training.sentences, development: development.sentences, test: test.sentences },
    longest: longestSentence(training.start),
    longSentences,
    heldOut,
  };
}

function pausing(): { over: Promise<void>; end(): void } {
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}
