import { uniform } from '../common/random';
import { longestSentence, lengthGrid, planBatches } from '../corpus/batches';
import type { Batches } from '../corpus/batches';
import type { Dataset, TrainingCorpus } from '../corpus/dataset';
import type { TrainingSettings } from '../model/settings';

/** Sentences that go together in a chunk of the whole training set. */
export const chunkSentences = 16;

/** The steps of one epoch, and the words that it sees. */
export interface EpochData {
  readonly batches: Batches;
  /** How many of the batches' sweeps make one step: 1, or all of them where the whole set is one step. */
  readonly sweepsPerStep: number;
  readonly words: Uint32Array;
}

/** Fixed by corpus, settings and epoch alone. */
export function epochData(corpus: TrainingCorpus, { batch, seed }: TrainingSettings, epoch: number): EpochData {
  const { training } = corpus.splits;
  const grid = lengthGrid(longestSentence(training.start));
  const words = withUnknownWords(training, corpus.singleton, seed, epoch);
  if (batch > 0) return { batches: planBatches(training.start, batch, grid, { seed, epoch }), sweepsPerStep: 1, words };
  const batches = planBatches(training.start, chunkSentences, grid);
  return { batches, sweepsPerStep: batches.steps, words };
}

/**
 * The words of an epoch: one that occurs only once in the training data goes as the unknown word every other time, by a
 * draw for each epoch and token, so that the unknown word is learned from words that are rare.
 */
export function withUnknownWords(training: Dataset, singleton: Uint8Array, seed: number, epoch: number): Uint32Array {
  const words = training.words.slice();
  const draws = 3;
  for (let token = 0; token < words.length; token++) {
    if (singleton[words[token]] && uniform(seed, epoch, token, draws) < 0.5) words[token] = 0;
  }
  return words;
}

/** A number that stands for a corpus's training data: 32 bits of FNV-1a (Fowler, Noll and Vo) over its words' numbers, labels and sentences. */
export function fingerprint({ splits: { training }, labels, vocabulary }: TrainingCorpus): number {
  let hash = 0x811c9dc5;
  const add = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
  };
  training.words.forEach(add);
  training.labels.forEach(add);
  training.start.forEach(add);
  for (const text of [...labels, ...vocabulary.words]) {
    for (let i = 0; i < text.length; i++) add(text.charCodeAt(i));
    add(0);
  }
  return hash >>> 0;
}
