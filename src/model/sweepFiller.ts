import type { MatrixData } from '../kernels/kernels';
import type { Lookups } from '../kernels/session';
import type { Sweep } from './batches';
import { CarriedStates } from './network/carriedStates';
import type { ForwardBatch } from './network/programShapes';
import type { Network } from './sizes';
import { TokenRows } from './tokenRows';
import type { FeatureSource, Sentences } from './tokenRows';

/** What a shard of any of the network's programs has to be filled in. */
interface SweepShard extends Lookups {
  readonly batch: ForwardBatch<MatrixData> & { readonly y?: MatrixData };
}

/** Of a session, what it takes to cut a sweep into shards. */
interface ShardMaker<S> {
  readonly shardSentences: number;
  readonly exactLengths: boolean;
  prepare(T: number, B: number, shards: number, ids: number): readonly S[];
}

/** A sweep as shards of B sentences each. */
export interface FilledSweep<S> {
  readonly shards: readonly S[];
  readonly B: number;
  /** A sentence is longer than this window: the next sweep goes on with it. */
  readonly goesOn: boolean;
}

/** Cuts sweeps into shards, and fills them with tokens. */
export class SweepFiller<S extends SweepShard> {
  readonly carried: CarriedStates;
  /** One for each shard: how much room their features need is known before the shards are made. */
  private readonly rows: TokenRows[] = [];
  private mask = new Float32Array(0);
  private y = new Float32Array(0);

  constructor(
    private readonly session: ShardMaker<S>,
    network: Pick<Network, 'layers' | 'H'>,
    private readonly features: FeatureSource,
  ) {
    this.carried = new CarriedStates(network);
  }

  /** A sweep's shards with its tokens and, for training, their labels; all else in them holds anything. */
  fill(sweep: Sweep, sentences: Sentences, labels?: Int32Array): FilledSweep<S> {
    const { session, carried } = this;
    const B = Math.min(session.shardSentences, sweep.sentences.length);
    const count = Math.ceil(sweep.count / B);
    const longest = longestLeft(sweep, sentences.start);
    const T = session.exactLengths ? Math.min(longest, sweep.length) : sweep.length;
    const R = T * B;
    const ids = this.gather(sweep, count, T, B, sentences, labels);
    const shards = session.prepare(T, B, count, ids);
    shards.forEach((shard, index) => {
      const rows = this.rows[index];
      shard.starts.set(rows.starts);
      shard.ids.set(rows.ids.subarray(0, rows.count));
      shard.batch.mask.set(this.mask.subarray(index * R, (index + 1) * R));
      if (labels) shard.batch.y?.set(this.y.subarray(index * R, (index + 1) * R));
      carried.fill(shard.batch, sweep.offset, index * B, B);
    });
    return { shards, B, goesOn: longest > sweep.length };
  }

  /** Gathers the tokens of all shards. Gives the most features that one of them has. */
  private gather(
    sweep: Sweep,
    shards: number,
    T: number,
    B: number,
    sentences: Sentences,
    labels: Int32Array | undefined,
  ): number {
    const R = T * B;
    if (this.mask.length < shards * R)
      [this.mask, this.y] = [new Float32Array(shards * R), new Float32Array(shards * R)];
    let most = 1;
    for (let index = 0; index < shards; index++) {
      const rows = (this.rows[index] ??= new TokenRows(this.features));
      rows.fill(
        { sweep, first: index * B, B, T },
        sentences,
        this.mask.subarray(index * R, (index + 1) * R),
        labels && this.y.subarray(index * R, (index + 1) * R),
        labels,
      );
      most = Math.max(most, rows.count);
    }
    return most;
  }
}

/** Tokens of the longest sentence from where the sweep begins. */
function longestLeft({ sentences, offset }: Sweep, start: Uint32Array): number {
  let longest = 0;
  for (const s of sentences) if (s >= 0) longest = Math.max(longest, start[s + 1] - start[s] - offset);
  return longest;
}
