import type { MatrixData, Shard, ShardedProgram, ShardedRecipe } from '../kernels/kernels';
import type { BatchStep } from './batches';
import type { CarriedStates } from './carriedStates';
import { forwardProgram, forwardShapes, trainingProgram, trainingShapes } from './network';
import type { Network } from './network';
import { denseShapes, tablesOf } from './parameters';
import type { Parameters } from './parameters';
import { WindowRows } from './windowRows';
import type { FeatureSource, Sentences } from './windowRows';

/**
 * Sentences of a minibatch that go through the program together: few, so that there is work for several
 * threads.
 */
export const shardSentences = 8;

export type AnyShard = Shard<string, string>;

/** The forward pass over shards. */
export function forwardRecipe(parameters: Parameters, network: Network): ShardedRecipe<string, string> {
  // Scores of transitions are for the host, which decodes.
  const { A: _, ...shared } = denseValues(parameters);
  return {
    program: forwardProgram(network),
    shapes: (T, B) => forwardShapes(network, T, B),
    shared,
    tables: tableValues(parameters),
  };
}

/** Steps over shards. The gradient of a sum is that of each row of a table that it is of. */
export function trainingRecipe(
  parameters: Parameters,
  network: Network,
  moments: readonly Parameters[],
): ShardedRecipe<string, string> {
  const learned: Record<string, { gradient: string; moments: MatrixData[] }> = {};
  for (const name of Object.keys(denseShapes(network)))
    learned[name] = { gradient: `d${name}`, moments: moments.map(({ values }) => values[name]) };
  for (const { name, input } of tablesOf(network))
    learned[input] = { gradient: `d${input}`, moments: moments.map(({ values }) => values[name]) };
  return {
    program: trainingProgram(network),
    shapes: (T, B) => trainingShapes(network, T, B),
    shared: denseValues(parameters),
    tables: tableValues(parameters),
    learned,
  };
}

function denseValues({ sizes, values }: Parameters): Record<string, MatrixData> {
  return Object.fromEntries(Object.keys(denseShapes(sizes)).map((name) => [name, values[name]]));
}

function tableValues({ sizes, values }: Parameters): { input: string; values: MatrixData }[] {
  return tablesOf(sizes).map(({ name, input }) => ({ input, values: values[name] }));
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

/** Fills the shards of steps. */
export class ShardFiller {
  /** One for each shard: how much room their features need is known before the shards are made. */
  private readonly rows: WindowRows[] = [];
  private mask = new Float32Array(0);
  private y = new Float32Array(0);

  constructor(
    private readonly program: ShardedProgram<string, string>,
    private readonly features: FeatureSource,
    private readonly carried: CarriedStates,
  ) {}

  /** A step's shards with its tokens and, for training, their labels; dropout masks hold anything. */
  fill(step: BatchStep, sizes: ShardSizes, sentences: Sentences, labels?: Int32Array): readonly AnyShard[] {
    const { B, T, shards: count } = sizes;
    const R = T * B;
    if (this.mask.length < count * R)
      [this.mask, this.y] = [new Float32Array(count * R), new Float32Array(count * R)];
    let most = 1;
    for (let index = 0; index < count; index++) {
      const rows = (this.rows[index] ??= new WindowRows(this.features));
      rows.fill(
        { step, first: index * B, B, T },
        sentences,
        this.mask.subarray(index * R, (index + 1) * R),
        labels && this.y.subarray(index * R, (index + 1) * R),
        labels,
      );
      most = Math.max(most, rows.count);
    }
    const shards = this.program.prepare(T, B, count, most);
    shards.forEach(({ starts, ids, inputs }, index) => {
      const rows = this.rows[index];
      starts.set(rows.starts);
      ids.set(rows.ids.subarray(0, rows.count));
      inputs.mask.set(this.mask.subarray(index * R, (index + 1) * R));
      if (labels) inputs.y.set(this.y.subarray(index * R, (index + 1) * R));
      this.carried.fill(inputs, step.offset, index * B, B);
    });
    return shards;
  }
}
