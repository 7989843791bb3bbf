import type { Problem } from '../common/problem';
import { InputError } from '../common/problem';
import { buildTrainingCorpus } from '../corpus/dataset';
import type { TrainingCorpus } from '../corpus/dataset';
import { readModel } from '../model/modelFile';
import { train } from '../training/trainer';
import { openDevice } from './devices';
import { toEngineError } from './errors';
import type { TrainerEvent, TrainerRequest, TrainingData } from './protocol';
import { readSource } from './source';

export interface TrainerHost {
  send(event: TrainerEvent): void;
  /** Resolves after the messages that have arrived were handled: a turn of the event loop. */
  turn(): Promise<void>;
}

/** The trainer, wherever it runs: one run, then it is done. */
export class TrainerService {
  private stopped = false;
  /** Set while paused: resolves on resume and on stop. */
  private pause: { readonly over: Promise<void>; end(): void } | undefined;

  constructor(private readonly host: TrainerHost) {}

  handle(request: TrainerRequest): void {
    switch (request.type) {
      case 'train':
        void this.train(request);
        break;
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

  private async train({ data, settings, checkpoint }: TrainerRequest & { type: 'train' }): Promise<void> {
    const { host } = this;
    try {
      const corpus = readTrainingCorpus(data, settings.seed, (problems) => host.send({ type: 'problems', problems }));
      const resumed = checkpoint && readModel(checkpoint);
      const device = await openDevice(settings.device, settings.threads);
      try {
        const result = await train({
          corpus,
          names: { corpus: data.corpus, corpusName: data.corpusName, column: data.column },
          settings,
          device,
          checkpoint: resumed,
          hooks: {
            now: () => performance.now(),
            breathe: () => this.breathe(),
            started: ({ stepsPerEpoch, epoch, step }) =>
              host.send({
                type: 'started',
                epoch,
                step,
                facts: {
                  device: device.name,
                  deviceDescription: device.description,
                  labels: corpus.labels,
                  scheme: corpus.scheme,
                  vocabulary: corpus.vocabulary.size,
                  tokens: { training: corpus.splits.training.tokens, development: corpus.splits.development.tokens, test: corpus.splits.test.tokens },
                  sentences: { training: corpus.splits.training.sentences, development: corpus.splits.development.sentences, test: corpus.splits.test.sentences },
                  stepsPerEpoch,
                  epochs: settings.epochs,
                  heldOut: corpus.heldOut,
                },
              }),
            progress: (progress) => host.send({ type: 'progress', ...progress }),
            epoch: (record) => host.send({ type: 'epoch', ...record }),
            checkpoint: (bytes, at) => host.send({ type: 'checkpoint', bytes, ...at }),
          },
        });
        const { reason, message, epoch, step, seconds, tokensPerSecond, development, test } = result;
        host.send({ type: 'ended', reason, message, epoch, step, seconds, tokensPerSecond, development, test });
      } finally {
        device.dispose();
      }
    } catch (error) {
      host.send({ type: 'failed', error: toEngineError(error) });
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

/**
 * Reads the files of a run and splits them.
 * @throws {InputError} when nothing is left to train on.
 */
export function readTrainingCorpus(data: TrainingData, seed: number, report: (problems: readonly Problem[]) => void): TrainingCorpus {
  const files = [];
  for (const source of data.files) {
    const read = readSource(source, data.replaceInvalidBytes);
    if (read.problems.length > 0) report(read.problems);
    if (read.file) files.push({ file: read.file, path: source.path, split: source.split });
  }
  if (files.length === 0) {
    throw new InputError('None of the files could be read as a corpus.', {
      file: data.files[0]?.file,
      hint: 'RNN Tagger reads CoNLL-U and columns: one token a line, blank lines between sentences.',
    });
  }
  const corpus = buildTrainingCorpus(files, data.column, seed);
  if (corpus.problems.length > 0) report(corpus.problems);
  return corpus;
}
