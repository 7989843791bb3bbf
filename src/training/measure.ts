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

/** How long a round lasts, at least: devices take turns, so that what is busy for a moment delays all. */
const roundMs = 40;

/** Batches that are run, of lengths that stand for all. */
const batchesRun = 3;

/** Sentences of the corpus from which the batches are made. */
const sampledSentences = 4096;

/** A device that is slower than this share of the best so far is given up after a step. */
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
 * How fast a device trains, round by round. It is warm when its time is taken: each batch is run once before,
 * since the first run compiles. Holds the device's memory until it is disposed of; the device is the
 * caller's.
 */
export class TrainingMeasurement {
  private readonly sample: Dataset;
  private readonly encoder: FeatureSource & { readonly rows: number };
  private readonly parameters: NetworkParameters<MatrixData>;
  /** Of a few sentences, until it has shown that more is worth the time. */
  private probe: Trial | undefined;
  private trial: Trial | undefined;
  private probed = false;

  constructor(private readonly options: MeasureOptions) {
    const { corpus, settings, device } = options;
    this.sample = sampleOf(corpus.splits.training, sampledSentences);
    this.encoder = encoderOf(corpus, featuresOf(corpus, settings));
    this.parameters = throwAwayParameters(corpus, settings, device, this.encoder.rows);
  }

  /**
   * One round. Undefined where it was stopped.
   *
   * @param best tokens per second of the best device so far; 0 where there is none.
   * @throws {DeviceLostError} where the device is gone.
   */
  async round(best: number): Promise<MeasuredSpeed | undefined> {
    const { settings, device } = this.options;
    // The whole set as one step would take too long: its chunks are run as steps.
    const batch = settings.batch > 0 ? settings.batch : chunkSentences;
    if (!this.probed && best > 0 && batch > probeSentences && !devices[device.name].isGpu) {
      this.probe ??= this.trialOf(probeSentences);
      const speed = await this.probe.first(best);
      if (!speed || speed.givenUp) return speed;
    }
    this.probed = true;
    this.probe?.dispose();
    this.probe = undefined;
    this.trial ??= this.trialOf(batch);
    return this.trial.round(best);
  }

  dispose(): void {
    this.probe?.dispose();
    this.trial?.dispose();
  }

  private trialOf(batch: number): Trial {
    return new Trial(this.options, this.parameters, this.encoder, this.sample, batch);
  }
}

/**
 * Some batches of a device's: of several lengths, each of which stands for the same share of the tokens, so
 * that the time per token is the mean of theirs.
 */
class Trial {
  private readonly data: EpochData;
  private readonly chosen: readonly number[];
  private readonly step: GradientStep;
  private readonly warm = new Set<number>();
  /** All batches are warm: the device was not given up in an earlier round. */
  private entered = false;
  private times: { tokens: number; ms: number }[] = [];

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
    this.step = new GradientStep(
      device,
      new Learner(device, parameters, features, { ...settings, batch }, batches.sweeps),
    );
  }

  /** Of the shortest of the batches. */
  async first(best: number): Promise<MeasuredSpeed | undefined> {
    this.begin();
    if (!(await this.timed(0))) return undefined;
    return { tokensPerSecond: this.rate, givenUp: this.rate < hopeless * best };
  }

  /** Of all batches, one after the other for a while; only of the first where that is hopeless. */
  async round(best: number): Promise<MeasuredSpeed | undefined> {
    if (!this.entered) {
      const first = await this.first(best);
      if (!first || first.givenUp) return first;
      this.entered = true;
    }
    this.begin();
    const end = this.options.now() + roundMs;
    for (let n = 0; n < this.chosen.length || this.options.now() < end; n++)
      if (!(await this.timed(n % this.chosen.length))) return undefined;
    return { tokensPerSecond: this.rate, givenUp: false };
  }

  dispose(): void {
    this.step.dispose();
  }

  private begin(): void {
    this.times = this.chosen.map(() => ({ tokens: 0, ms: 0 }));
  }

  /** Runs a batch; before its first time once more, untimed. Whether to go on. */
  private async timed(n: number): Promise<boolean> {
    if (!this.warm.has(n)) {
      if (!(await this.run(n)).goOn) return false;
      this.warm.add(n);
    }
    const { tokens, ms, goOn } = await this.run(n);
    this.times[n].tokens += tokens;
    this.times[n].ms += ms;
    return goOn;
  }

  private async run(n: number): Promise<{ tokens: number; ms: number; goOn: boolean }> {
    const { now, yieldToHost } = this.options;
    const began = now();
    // A batch in the middle of long sentences goes on from whatever state there is: it takes the same time.
    const result = await this.step.run(this.data, this.chosen[n], this.sample, () => true);
    const ms = now() - began;
    return { tokens: result?.tokens ?? 0, ms, goOn: (await yieldToHost()) === 'continue' };
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
