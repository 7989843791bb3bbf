import type { Device } from './device';
import { rowGradientsOf } from './gradients';
import type { RowGradients } from './gradients';
import { updateOnHost } from './hostUpdate';
import type { MatrixData, Shape } from './kernels';
import { PlanCache } from './planCache';
import type { Plan } from './program';
import { sessionShapes } from './session';
import type { Lookups, Session, SessionInputs, SessionOutputs, SessionRecipe, Shard, Table } from './session';
import { leavesAlong, mapLeaves } from './tree';
import type { Leaves } from './tree';
import type { UpdateOptions } from './update';

/**
 * A session on any device: a plan for each shape of a minibatch, of which a few are kept. The host sums the
 * rows of the tables before the program runs, and updates what is learned after it.
 */
export class CompiledSession<P, I, O> implements Session<P, I, O> {
  readonly shardSentences = Infinity;
  readonly exactLengths = false;
  private readonly plans: PlanCache<SessionInputs<P, I>, SessionOutputs<P, O>>;
  private readonly rows: RowGradients;
  /** By what they hold; used again for the next minibatch. */
  private readonly arrays = new Map<string, MatrixData>();
  private starts = new Int32Array(1);
  private ids = new Int32Array(1024);
  private current: WholeBatch<P, I, O> | undefined;

  constructor(
    private readonly device: Device,
    private readonly recipe: SessionRecipe<P, I, O>,
  ) {
    const shapes = (T: number, B: number): SessionInputs<P, I> => sessionShapes(recipe, T, B);
    this.plans = new PlanCache(device, recipe.program, shapes, recipe.plans);
    this.rows = rowGradientsOf(recipe.learned);
  }

  prepare(T: number, B: number, shards: number, ids: number): readonly Shard<P, I, O>[] {
    if (shards !== 1) throw new RangeError(`A plan takes a minibatch whole, not in ${shards} shards.`);
    if (this.starts.length !== T * B + 1) this.starts = new Int32Array(T * B + 1);
    if (this.ids.length < ids) this.ids = new Int32Array(2 * ids);
    const { learned } = this.recipe;
    const shapes = sessionShapes(this.recipe, T, B);
    const sums = shapes.sums.map((shape, table) => this.array(`sums ${table}`, shape));
    const batch = mapLeaves(shapes.batch, (shape: Shape, index) => this.array(`batch ${index}`, shape));
    this.current = new WholeBatch(T, B, this.starts, this.ids, learned.weights, sums, batch);
    return [this.current];
  }

  run(): void | Promise<void> {
    const batch = this.prepared;
    sumRows(batch.sums, this.recipe.learned.tables, batch);
    const plan = this.plans.get(batch.T, batch.B);
    if (plan instanceof Promise) return plan.then((compiled) => runPlan(compiled, batch));
    return runPlan(plan, batch);
  }

  update(options: UpdateOptions): number | Promise<number> {
    if (!this.recipe.moments) throw new Error('This program learns nothing.');
    const done = this.run();
    return done instanceof Promise ? done.then(() => this.learn(options)) : this.learn(options);
  }

  dispose(): void {
    this.plans.dispose();
    for (const array of this.arrays.values()) this.device.release(array);
    this.arrays.clear();
    this.current = undefined;
  }

  private get prepared(): WholeBatch<P, I, O> {
    if (!this.current) throw new Error('No shards were prepared.');
    return this.current;
  }

  private learn(options: UpdateOptions): number {
    const { learned, moments = [] } = this.recipe;
    const { rows, prepared } = this;
    const { gradients } = prepared.outputs;
    if (!gradients) throw new Error('This program gives no gradients.');
    rows.clear();
    rows.add(gradients.sums, prepared);
    const weights = leavesAlong<MatrixData>(learned.weights, gradients.weights);
    return updateOnHost(learned, { weights, rows }, moments, options);
  }

  private array(name: string, { rows, columns }: Shape): MatrixData {
    const length = rows * columns;
    let array = this.arrays.get(name);
    if (!array || array.length < length) {
      if (array) this.device.release(array);
      array = this.device.allocate(length);
      this.arrays.set(name, array);
    }
    return array.length === length ? array : array.subarray(0, length);
  }
}

/** A minibatch as its only shard. */
class WholeBatch<P, I, O> implements Shard<P, I, O> {
  private results: Leaves<SessionOutputs<P, O>, MatrixData> | undefined;

  constructor(
    readonly T: number,
    readonly B: number,
    readonly starts: Int32Array,
    readonly ids: Int32Array,
    readonly weights: Leaves<P, MatrixData>,
    readonly sums: readonly MatrixData[],
    readonly batch: Leaves<I, MatrixData>,
  ) {}

  get outputs(): Leaves<SessionOutputs<P, O>, MatrixData> {
    if (!this.results) throw new Error('The minibatch has not run.');
    return this.results;
  }

  set outputs(results: Leaves<SessionOutputs<P, O>, MatrixData>) {
    this.results = results;
  }
}

function runPlan<P, I, O>(
  plan: Plan<SessionInputs<P, I>, SessionOutputs<P, O>>,
  batch: WholeBatch<P, I, O>,
): void | Promise<void> {
  const outputs = plan.run(batch);
  if (outputs instanceof Promise)
    return outputs.then((results) => {
      batch.outputs = results;
    });
  batch.outputs = outputs;
}

/** For each row the sum of the table's rows that it looks up. */
function sumRows(sums: readonly MatrixData[], tables: readonly Table[], { starts, ids }: Lookups): void {
  tables.forEach(({ values, width }, table) => {
    const sum = sums[table];
    sum.fill(0);
    for (let r = 0; r + 1 < starts.length; r++) {
      const to = r * width;
      for (let at = starts[r]; at < starts[r + 1]; at++) {
        const from = ids[at] * width;
        for (let i = 0; i < width; i++) sum[to + i] += values[from + i];
      }
    }
  });
}
