import { uniform } from '../common/random';
import type { TrainingCorpus } from '../corpus/dataset';
import { longestSentence, lengthGrid, planBatches } from '../model/batches';
import type { Batches } from '../model/batches';
import type { ResolvedSettings } from '../model/settings/settings';

/** Sentences that go together in a chunk of the whole training set. */
export const chunkSentences = 16;

/** The steps of one epoch, and the words that it withholds. */
export interface EpochData {
  /** The epoch, from 1. */
  readonly number: number;
  readonly batches: Batches;
  /** How many of the batches' sweeps make one step: 1, or all of them where the whole set is one step. */
  readonly sweepsPerStep: number;
  /** By token: 1 where its own word is withheld. */
  readonly withheld: Uint8Array;
}

/** Fixed by corpus, settings and epoch alone. */
export function epochData(corpus: TrainingCorpus, settings: ResolvedSettings, epoch: number): EpochData {
  const { batch, seed } = settings;
  const { training } = corpus.splits;
  const grid = lengthGrid(longestSentence(training.start));
  const withheld = withheldWords(corpus, settings, epoch);
  if (batch > 0)
    return {
      number: epoch,
      batches: planBatches(training.start, batch, grid, { seed, epoch }),
      sweepsPerStep: 1,
      withheld,
    };
  const batches = planBatches(training.start, chunkSentences, grid);
  return { number: epoch, batches, sweepsPerStep: batches.sweeps, withheld };
}

/**
 * Which words an epoch withholds, by a draw for each epoch and token, so that the model learns what it does
 * with words that it does not know: one that occurs only once in training every other time, so that the
 * unknown word is learned from words that are rare; with features, which say something of unknown words too,
 * any word as often as the settings say.
 */
export function withheldWords(
  { counts, splits: { training } }: TrainingCorpus,
  { input, wordDropout, seed }: ResolvedSettings,
  epoch: number,
): Uint8Array {
  const { words } = training;
  const share = input === 'one-hot' ? (count: number): number => (count === 1 ? 0.5 : 0) : () => wordDropout;
  const shares = Float64Array.from(counts, share);
  const withheld = new Uint8Array(words.length);
  const draws = 3;
  for (let token = 0; token < words.length; token++) {
    const often = shares[words[token]];
    if (often > 0 && uniform(seed, epoch, token, draws) < often) withheld[token] = 1;
  }
  return withheld;
}

/**
 * A number that stands for a corpus's training data: 32 bits of FNV-1a (Fowler, Noll and Vo) over its words'
 * numbers, labels, sentences and further columns.
 */
export function fingerprint({
  splits: { training },
  labels,
  words,
  counts,
  columns,
}: TrainingCorpus): number {
  let hash = 0x811c9dc5;
  const add = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
  };
  training.words.forEach(add);
  training.labels.forEach(add);
  training.start.forEach(add);
  const addText = (text: string): void => {
    for (let i = 0; i < text.length; i++) add(text.charCodeAt(i));
    add(0);
  };
  labels.forEach(addText);
  words.filter((_, number) => counts[number] > 0).forEach(addText);
  columns.forEach(({ name, values }, column) => {
    const ids = training.columns[column] ?? new Uint32Array(0);
    ids.forEach(add);
    // The values of the training data are the first.
    [name, ...values.slice(0, new Set(ids).size)].forEach(addText);
  });
  return hash >>> 0;
}
