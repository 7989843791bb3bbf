/**
 * A session runs one program over one minibatch after the other, and learns from it where it is asked to. The
 * minibatch is cut into shards of a few sentences each. `simd` takes shards with several threads, in memory
 * that it shares with the host; on any other device there is one shard, a plan and an update on the host
 * (`compiledSession.ts`). Whoever uses a session need not know which.
 */
import type { Matrix, MatrixData, Shape } from './kernels';
import type { Program } from './program';
import type { Leaves } from './tree';
import type { UpdateOptions } from './update';

/** What a session's program takes. */
export interface SessionInputs<P, I> {
  /** What all shards read: parameters that are matrices. */
  readonly weights: P;
  /** R×width for each table: for each row of the minibatch the sum of the table's rows that it looks up. */
  readonly sums: readonly Matrix[];
  /** What each shard brings along. */
  readonly batch: I;
}

/** What a session's program gives. */
export interface SessionOutputs<P, O> {
  /** Summed over the rows of the shard: of the weights, and of the sums that the tables gave. */
  readonly gradients?: { readonly weights: P; readonly sums: readonly Matrix[] };
  readonly results: O;
}

export type SessionProgram<P, I, O> = Program<SessionInputs<P, I>, SessionOutputs<P, O>>;

/** A table whose rows are looked up: rows of `width` numbers, side by side. */
export interface Table {
  readonly width: number;
  readonly values: MatrixData;
}

/**
 * All that a program reads from step to step, in the order in which gradients are summed and updated. The
 * arrays are the device's own (`Device.allocate`).
 */
export interface Learned<P> {
  readonly weights: Leaves<P, MatrixData>;
  readonly tables: readonly Table[];
}

/** A program over minibatches, and where its inputs come from. */
export interface SessionRecipe<P, I, O> {
  readonly program: SessionProgram<P, I, O>;
  /** The shapes of the weights. */
  readonly weightShapes: P;
  /** The shapes of what a shard of T steps of B sentences brings along. */
  batchShapes(T: number, B: number): I;
  readonly learned: Learned<P>;
  /** What the update remembers, sets like what is learned; absent where the program gives no gradients. */
  readonly moments?: readonly Learned<P>[];
  /** How many shapes of a minibatch stay compiled, on a device for which each is a plan. */
  readonly plans: number;
}

/** Which rows of the tables are summed for each row r: `ids` from `starts[r]` up to `starts[r + 1]`. */
export interface Lookups {
  readonly starts: Int32Array;
  readonly ids: Int32Array;
}

/** Sentences of a minibatch that go through the program together. The arrays are to be filled in. */
export interface Shard<P, I, O> extends Lookups {
  readonly batch: Leaves<I, MatrixData>;
  /** Of the last run. */
  readonly outputs: Leaves<SessionOutputs<P, O>, MatrixData>;
}

export interface Session<P, I, O> {
  /** Sentences to a shard, at most. */
  readonly shardSentences: number;
  /** Whether any T costs no more than it has steps; else each is a plan, and T is padded up to a few. */
  readonly exactLengths: boolean;
  /**
   * Shards for T steps of B sentences each, with room for `ids` numbers of tables' rows in each. What was
   * given before is void.
   */
  prepare(T: number, B: number, shards: number, ids: number): readonly Shard<P, I, O>[];
  /**
   * Runs the program on each shard. On a device that computes at once there is no promise.
   * @throws {DeviceLostError} when the device, or a thread of it, is gone.
   */
  run(): void | Promise<void>;
  /**
   * Runs the program, sums the gradients over the shards in their order and updates what is learned; of the
   * tables only the rows that occurred. Gives the gradient's norm before clipping; where it is not finite,
   * nothing was learned.
   * @throws {DeviceLostError} when the device, or a thread of it, is gone.
   */
  update(options: UpdateOptions): number | Promise<number>;
  dispose(): void;
}

/** The inputs' shapes for T steps of B sentences, in the order in which devices take them. */
export function sessionShapes<P, I, O>(
  { weightShapes, batchShapes, learned }: SessionRecipe<P, I, O>,
  T: number,
  B: number,
): SessionInputs<P, I> {
  const sums = learned.tables.map(({ width }): Shape => ({ rows: T * B, columns: width }));
  return { weights: weightShapes, sums, batch: batchShapes(T, B) };
}
