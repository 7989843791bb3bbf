/** How fast a device trains: the real step on real batches for a moment, with weights that are thrown away. */
import { uniform } from '../common/random';
import { lengthGrid, longestSentence, planBatches } from '../corpus/batches';
import type { Batches } from '../corpus/batches';
import type { Dataset, TrainingCorpus } from '../corpus/dataset';
import type { Device } from '../kernels/kernels';
import { allocateParameters } from '../model/parameters';
import type { Parameters } from '../model/parameters';
import type { TrainingSettings } from '../model/settings';
import { chunkSentences } from './epochData';
import type { EpochData } from './epochData';
import { GradientStep } from './gradientStep';

/** How long a device is measured once it is warm. */
const measureMs = 120;

/** Batches that are run, of lengths that stand for all. */
const batchesRun = 3;

/** Sentences of the corpus from which the batches are made. */
const sampledSentences = 4096;

/** A device that is slower than this share of the best so far is given up after its first step. */
const hopeless = 1 / 4;

export interface MeasureOptions {
  readonly corpus: TrainingCorpus;
  readonly settings: TrainingSettings;
  readonly device: Device;
  /** Tokens per second of the best device so far; 0 where there is none. */
  readonly best: number;
  /** Milliseconds since any moment. */
  now(): number;
  /** Called between steps: lets messages in, says whether to go on. */
  breathe(): Promise<'continue' | 'stop'>;
}

/**
 * Tokens per second of training, warm: each batch is run once before its time is taken, since the first run compiles. Several
 * lengths are run, each with the same share of the tokens, and the time per token is the mean of theirs. Undefined where it was
 * stopped.
 * @throws {DeviceLostError} where the device is gone.
 */
export async function measureTraining({ corpus, settings, device, best, now, breathe }: MeasureOptions): Promise<number | undefined> {
  // The whole set as one step would take too long: its chunks are run as steps.
  const batch = settings.batch > 0 ? settings.batch : chunkSentences;
  const sample = sampleOf(corpus.splits.training, sampledSentences);
  const batches = planBatches(sample.start, batch, lengthGrid(longestSentence(corpus.splits.training.start)), { seed: settings.seed, epoch: 1 });
  const data: EpochData = { batches, sweepsPerStep: 1, words: sample.words };
  const chosen = standIns(batches, batchesRun);
  const parameters = throwAwayParameters(corpus, settings, device, sample.words);
  const step = new GradientStep(device, parameters, { ...settings, batch });
  const times = chosen.map(() => ({ tokens: 0, ms: 0 }));
  const goOn = async (): Promise<boolean> => (await breathe()) === 'continue';
  const run = async (n: number): Promise<boolean> => {
    const began = now();
    const result = await step.run(data, chosen[n], sample, () => true);
    times[n].ms += now() - began;
    times[n].tokens += result?.tokens ?? 0;
    return goOn();
  };
  const rate = (): number => {
    const measured = times.filter(({ tokens }) => tokens > 0);
    return (1000 * measured.length) / measured.reduce((sum, { ms, tokens }) => sum + ms / tokens, 0);
  };
  try {
    for (let n = 0; n < chosen.length; n++) {
      // A batch in the middle of a long sentence goes on from a state that is not there: any will do.
      if (!(await run(n))) return undefined;
      times[n] = { tokens: 0, ms: 0 };
      if (!(await run(n))) return undefined;
      if (n === 0 && rate() < hopeless * best) return rate();
    }
    for (let n = 0, end = now() + measureMs; now() < end; n = (n + 1) % chosen.length) if (!(await run(n))) return undefined;
    return rate();
  } finally {
    step.dispose();
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
  drawn.forEach((s, i) => {
    const [from, to] = [dataset.start[s], dataset.start[s + 1]];
    words.set(dataset.words.subarray(from, to), start[i]);
    labels.set(dataset.labels.subarray(from, to), start[i]);
    ids.set(dataset.gold.ids.subarray(from, to), start[i]);
  });
  return { sentences: most, tokens, start, words, labels, gold: { values: dataset.gold.values, ids } };
}

/**
 * Steps that stand for all, shortest first: in the order of their length, those at the middle of each `count`th of the tokens.
 */
export function standIns(batches: Batches, count: number): number[] {
  const steps = Array.from({ length: batches.steps }, (_, index) => ({ index, length: batches.step(index).length, tokens: batches.step(index).tokens }));
  steps.sort((a, b) => a.length - b.length || a.index - b.index);
  const total = steps.reduce((sum, { tokens }) => sum + tokens, 0);
  const chosen = new Set<number>();
  let below = 0;
  let at = 0;
  for (let n = 0; n < count; n++) {
    const middle = (total * (n + 0.5)) / count;
    while (at < steps.length - 1 && below + steps[at].tokens < middle) below += steps[at++].tokens;
    chosen.add(steps[at].index);
  }
  return [...chosen];
}

/** Weights of about the size of real ones; W only in the columns that the words need, since the others are never read. */
function throwAwayParameters(corpus: TrainingCorpus, settings: TrainingSettings, device: Device, words: Uint32Array): Parameters {
  const { hidden: H, seed } = settings;
  const parameters = allocateParameters({ K: corpus.vocabulary.size, H, L: corpus.labels.length }, (length) => device.allocate(length));
  const fill = (values: Parameters['U'], from: number, to: number, stream: number): void => {
    const bound = 0.5 / Math.sqrt(H);
    for (let i = from; i < to; i++) values[i] = bound * (2 * uniform(seed, stream, i) - 1);
  };
  fill(parameters.U, 0, H * H, 1);
  fill(parameters.V, 0, parameters.V.length, 2);
  for (const word of new Set(words)) fill(parameters.W, word * H, (word + 1) * H, 3);
  return parameters;
}
