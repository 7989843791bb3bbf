import type { BatchStep } from '../corpus/batches';
import type { Activation, Shard, ShardedRecipe } from '../kernels/kernels';
import type { Sentences } from './minibatch';
import { forwardProgram, forwardShapes, trainingProgram, trainingShapes } from './network';
import type { ForwardInput, ForwardOutput, TrainingInput, TrainingOutput } from './network';
import type { Parameters } from './parameters';

/** Sentences of a minibatch that go through the program together: few, so that there is work for several threads. */
export const shardSentences = 8;

/** The forward pass over shards. */
export function forwardRecipe(parameters: Parameters, activation: Activation): ShardedRecipe<ForwardInput, ForwardOutput> {
  const { U, V, W, b, c } = parameters;
  return {
    program: forwardProgram(activation),
    shapes: (T, B) => forwardShapes(parameters, T, B),
    shared: { U, V, b, c },
    table: { input: 'Wx', values: W },
  };
}

/** Steps over shards. ∂E/∂W = Σ_t δ_t ⊗ x_t: δ_t is the gradient of the column of W that W x_t is. */
export function trainingRecipe(parameters: Parameters, activation: Activation): ShardedRecipe<TrainingInput, TrainingOutput> {
  const { U, V, W, b, c } = parameters;
  return {
    program: trainingProgram(activation),
    shapes: (T, B) => trainingShapes(parameters, T, B),
    shared: { U, V, b, c },
    table: { input: 'Wx', values: W },
    gradients: { U: 'dU', V: 'dV', b: 'db', c: 'dc', Wx: 'delta' },
  };
}

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
 * (B×H for all sentences of the step) are the states that windows go on from. Labels are needed for training only.
 */
export function fillShard(
  { rows, inputs }: Shard<ForwardInput, string> | Shard<TrainingInput, string>,
  step: BatchStep,
  first: number,
  { B, T }: ShardSizes,
  { start, words }: Sentences,
  carried: Float64Array,
  labels?: Int32Array,
): void {
  const { mask, h0 } = inputs;
  const y = labels && 'y' in inputs ? inputs.y : undefined;
  for (let beta = 0; beta < B; beta++) {
    const sentence = first + beta < step.sentences.length ? step.sentences[first + beta] : -1;
    const from = sentence < 0 ? 0 : start[sentence] + step.offset;
    const tokens = sentence < 0 ? 0 : Math.min(T, Math.max(0, start[sentence + 1] - from));
    let r = beta;
    for (let t = 0; t < tokens; t++, r += B) {
      rows[r] = words[from + t];
      mask[r] = 1;
      if (labels && y) y[r] = labels[from + t];
    }
    for (; r < rows.length; r += B) {
      rows[r] = -1;
      mask[r] = 0;
      if (y) y[r] = 0;
    }
  }
  h0.fill(0);
  if (step.offset > 0) h0.set(carried.subarray((first * h0.length) / B, ((first + B) * h0.length) / B));
}

/** The final states of a step's sentences, B×H, for the window after it. */
export function carryStates(shards: readonly Shard<string, 'hLast'>[], { sentences }: BatchStep, H: number): Float64Array<ArrayBuffer> {
  const state = new Float64Array(sentences.length * H);
  let at = 0;
  for (const { outputs } of shards) {
    state.set(outputs.hLast.subarray(0, state.length - at), at);
    at += outputs.hLast.length;
  }
  return state;
}
