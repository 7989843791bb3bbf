/**
 * How fast a device trains: the real step on real batches for a moment, with weights that are thrown away.
 */
import { uniform } from '../common/random';
import type { Dataset, TrainingCorpus } from '../corpus/dataset';
import type { Device } from '../kernels/device';
import type { MatrixData } from '../kernels/kernels';
import { devices } from '../kernels/registry';
import { lengthGrid, longestSentence, planBatches } from '../model/batches';
import type { Batches } from '../model/batches';
import { mapParameters, parameterShapes } from '../model/parameters';
import type { NetworkParameters } from '../model/parameters';
import { networkOf, sizesOf } from '../model/settings/networkOf';
import type { ResolvedSettings } from '../model/settings/settings';
import type { FeatureSource } from '../model/tokenRows';
import { chunkSentences } from './epochData';
import type { EpochData } from './epochData';
import { encoderOf, featuresOf } from './features';
import { GradientStep } from './gradientStep';
import { Learner } from './learner';

/** How long a device is measured once it is warm. */
const measureMs = 120;

/** Batches that are run, of lengths that stand for all. */
const batchesRun = 3;

/** Sentences of the corpus from which the batches are made. */
const sampledSentences = 4096;

/** A device that is slower than this share of the best so far is given up after its first step. */
const hopeless = 1 / 4;

/**
 * A processor gains little from large batches: a step of a few sentences shows whether more is worth the
 * time.
 */
const probeSentences = 4;

export interface MeasureOptions {
  readonly corpus: TrainingCorpus;
  readonly settings: ResolvedSettings;
  readonly device: Device;
  /** Tokens per second of the best device so far; 0 where there is none. */
  readonly best: number;
  /** Milliseconds since any moment. */
  now(): number;
  /** Called between steps: lets messages in, says whether to go on. */
  yieldToHost(): Promise<'continue' | 'stop'>;
}

export interface MeasuredSpeed {
  readonly tokensPerSecond: number;
  /** It was so much slower than the best that one step was enough: the figure is rough. */
  readonly givenUp: boolean;
}

/**
 * How fast a device trains once it is warm: each batch is run once before its time is taken, since the first
 * run compiles. Undefined where it was stopped.
 * @throws {DeviceLostError} where the device is gone.
 */
export async function measureTraining(options: MeasureOptions): Promise<MeasuredSpeed | undefined> {
  const { corpus, settings, device, best } = options;
  const sample = sampleOf(corpus.splits.training, sampledSentences);
  const lists = featuresOf(corpus, settings);
  const encoder = encoderOf(corpus, lists);
  const parameters = throwAwayParameters(corpus, settings, device, encoder.rows);
  // The whole set as one step would take too long: its chunks are run as steps.
  const batch = settings.batch > 0 ? settings.batch : chunkSentences;
  if (best > 0 && batch > probeSentences && !devices[device.name].isGpu) {
    const probe = new Trial(options, parameters, encoder, sample, probeSentences);
    const speed = await probe.first().finally(() => probe.dispose());
    if (!speed || speed.givenUp) return speed;
  }
  const trial = new Trial(options, parameters, encoder, sample, batch);
  return trial.whole().finally(() => trial.dispose());
}

/**
 * Some batches of a device's: of several lengths, each of which stands for the same share of the tokens, so
 * that the time per token is the mean of theirs.
 */
class Trial {
  private readonly data: EpochData;
  private readonly chosen: readonly number[];
  private readonly times: { tokens: number; ms: number }[];
  private readonly step: GradientStep;

  constructor(
    private readonly options: MeasureOptions,
    parameters: NetworkParameters<MatrixData>,
    features: FeatureSource,
    private readonly sample: Dataset,
    batch: number,
  ) {
    const { corpus, settings, device } = options;
    const grid = lengthGrid(longestSentence(corpus.splits.training.start));
    const batches = planBatches(sample.start, batch, grid, { seed: settings.seed, epoch: 1 });
    this.data = { number: 1, batches, sweepsPerStep: 1, withheld: new Uint8Array(sample.tokens) };
    this.chosen = representativeBatches(batches, batchesRun);
    this.times = this.chosen.map(() => ({ tokens: 0, ms: 0 }));
    this.step = new GradientStep(
      device,
      new Learner(device, parameters, features, { ...settings, batch }, batches.sweeps),
    );
  }

  /** Of the shortest of the batches, warm. */
  async first(): Promise<MeasuredSpeed | undefined> {
    if (!(await this.warm(0)) || !(await this.run(0))) return undefined;
    return { tokensPerSecond: this.rate, givenUp: this.rate < hopeless * this.options.best };
  }

  /** Of all batches, one after the other for a while; only of the first where that is hopeless. */
  async whole(): Promise<MeasuredSpeed | undefined> {
    const { now } = this.options;
    const first = await this.first();
    if (!first || first.givenUp) return first;
    for (let n = 1; n < this.chosen.length; n++)
      if (!(await this.warm(n)) || !(await this.run(n))) return undefined;
    for (let n = 0, end = now() + measureMs; now() < end; n = (n + 1) % this.chosen.length)
      if (!(await this.run(n))) return undefined;
    return { tokensPerSecond: this.rate, givenUp: false };
  }

  dispose(): void {
    this.step.dispose();
  }

  /** Runs a batch once, untimed. */
  private async warm(n: number): Promise<boolean> {
    const goOn = await this.run(n);
    this.times[n] = { tokens: 0, ms: 0 };
    return goOn;
  }

  private async run(n: number): Promise<boolean> {
    const { now, yieldToHost } = this.options;
    const began = now();
    // A batch in the middle of long sentences goes on from whatever state there is: it takes the same time.
    const result = await this.step.run(this.data, this.chosen[n], this.sample, () => true);
    this.times[n].ms += now() - began;
    this.times[n].tokens += result?.tokens ?? 0;
    return (await yieldToHost()) === 'continue';
  }

  private get rate(): number {
    const timed = this.times.filter(({ tokens }) => tokens > 0);
    return (1000 * timed.length) / timed.reduce((sum, { ms, tokens }) => sum + ms / tokens, 0);
  }
}

/** Evenly drawn sentences as a set of their own: at most `most`. */
export function sampleOf(dataset: Dataset, most: number): Dataset {
  const { sentences } = dataset;
  if (sentences <= most) return dataset;
  const drawn = Array.from({ length: most }, (_, i) => Math.floor((i * sentences) / most));
  const start = new Uint32Array(most + 1);
  drawn.forEach((s, i) => (start[i + 1] = start[i] + dataset.start[s + 1] - dataset.start[s]));
  const tokens = start[most];
  const words = new Uint32Array(tokens);
  const labels = new Int32Array(tokens);
  const ids = new Uint32Array(tokens);
  const columns = dataset.columns.map((column) => column && new Uint32Array(tokens));
  drawn.forEach((s, i) => {
    const [from, to] = [dataset.start[s], dataset.start[s + 1]];
    words.set(dataset.words.subarray(from, to), start[i]);
    labels.set(dataset.labels.subarray(from, to), start[i]);
    ids.set(dataset.gold.ids.subarray(from, to), start[i]);
    dataset.columns.forEach((column, c) => column && columns[c]?.set(column.subarray(from, to), start[i]));
  });
  return {
    sentences: most,
    tokens,
    start,
    words,
    columns,
    labels,
    gold: { values: dataset.gold.values, ids },
  };
}

/**
 * Sweeps that stand for all, shortest first: in the order of their length, those at the middle of each
 * `count`th of the tokens.
 */
export function representativeBatches(batches: Batches, count: number): number[] {
  const sweeps = Array.from({ length: batches.sweeps }, (_, index) => ({
    index,
    length: batches.sweep(index).length,
    tokens: batches.sweep(index).tokens,
  }));
  sweeps.sort((a, b) => a.length - b.length || a.index - b.index);
  const total = sweeps.reduce((sum, { tokens }) => sum + tokens, 0);
  const chosen = new Set<number>();
  let below = 0;
  let at = 0;
  for (let n = 0; n < count; n++) {
    const middle = (total * (n + 0.5)) / count;
    while (at < sweeps.length - 1 && below + sweeps[at].tokens < middle) below += sweeps[at++].tokens;
    chosen.add(sweeps[at].index);
  }
  return [...chosen];
}

/** Weights of about the size of real ones. */
function throwAwayParameters(
  corpus: TrainingCorpus,
  settings: ResolvedSettings,
  device: Device,
  K: number,
): NetworkParameters<MatrixData> {
  const bound = 0.5 / Math.sqrt(settings.hidden);
  let stream = 0;
  const sizes = sizesOf(networkOf(settings, corpus.labels.length), K);
  return mapParameters(parameterShapes(sizes), ({ rows, columns }) => {
    const values = device.allocate(rows * columns);
    stream++;
    // Draws in a table of millions would take longer than the measuring: they come round again.
    const drawn = values.subarray(0, 65_536);
    for (let i = 0; i < drawn.length; i++) drawn[i] = bound * (2 * uniform(settings.seed, stream, i) - 1);
    for (let filled = drawn.length; filled < values.length; filled *= 2)
      values.copyWithin(filled, 0, Math.min(filled, values.length - filled));
    return values;
  });
}
