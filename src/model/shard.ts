import type { BatchStep } from '../corpus/batches';
import type { Shard } from '../kernels/kernels';
import type { Sentences } from './minibatch';
import type { TrainingInput, TrainingOutput } from './network';

/** Sentences of a minibatch that go through the program together: few, so that there is work for several threads. */
export const shardSentences = 8;

/** What a step looks like in shards. */
export interface ShardSizes {
  /** Sentences of each shard. */
  readonly B: number;
  readonly shards: number;
  /** Tokens of the longest sentence in this window. */
  readonly T: number;
  /** A sentence is longer than the window: the next step goes on with it. */
  readonly goesOn: boolean;
}

/** Cuts a step into shards; without padding beyond its longest sentence. */
export function shardSizes({ sentences, count, offset, length }: BatchStep, start: Uint32Array): ShardSizes {
  const B = Math.min(shardSentences, sentences.length);
  let longest = 0;
  for (const s of sentences) if (s >= 0) longest = Math.max(longest, start[s + 1] - start[s] - offset);
  return { B, shards: Math.ceil(count / B), T: Math.min(longest, length), goesOn: longest > length };
}

/**
 * Fills in a shard: token t of sentence β is row t·B + β. `first` is the place of its first sentence in the step; `carried`
 * (B×H for all sentences of the step) are the states that windows go on from.
 */
export function fillShard(
  { rows, inputs }: Shard<TrainingInput, TrainingOutput>,
  step: BatchStep,
  first: number,
  { B, T }: ShardSizes,
  { start, words }: Sentences,
  labels: Int32Array,
  carried: Float64Array,
): void {
  const { y, mask, h0 } = inputs;
  for (let beta = 0; beta < B; beta++) {
    const sentence = first + beta < step.sentences.length ? step.sentences[first + beta] : -1;
    const from = sentence < 0 ? 0 : start[sentence] + step.offset;
    const tokens = sentence < 0 ? 0 : Math.min(T, Math.max(0, start[sentence + 1] - from));
    let r = beta;
    for (let t = 0; t < tokens; t++, r += B) {
      rows[r] = words[from + t];
      y[r] = labels[from + t];
      mask[r] = 1;
    }
    for (; r < rows.length; r += B) {
      rows[r] = -1;
      y[r] = 0;
      mask[r] = 0;
    }
  }
  h0.fill(0);
  if (step.offset > 0) h0.set(carried.subarray((first * h0.length) / B, ((first + B) * h0.length) / B));
}
