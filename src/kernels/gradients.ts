import type { MatrixData } from './kernels';
import type { Learned, Lookups, Table } from './session';
import { leavesAlong, leavesOf } from './tree';

/** ∂E/∂θ of each weight matrix, in their order, and of the tables by the rows that occurred. */
export interface Gradients {
  readonly weights: readonly MatrixData[];
  readonly rows: RowGradients;
}

/** What a session's program gave: trees of the weights' form, and the gradients of the tables' sums. */
export interface ProgramGradients {
  readonly weights: unknown;
  readonly sums: readonly MatrixData[];
}

/**
 * The gradients of the tables' rows, of which only those of features that occurred are not 0: the row of a
 * feature is added to each sum that it occurs in, so its gradient is the sum of the gradients of those. In
 * the order in which features were met.
 */
export class RowGradients {
  /** How many rows occurred. */
  count = 0;
  /** Their numbers. */
  ids = new Uint32Array(256);
  /**
   * For each table, the gradients of these rows one after the other. Summed in float64: a frequent feature
   * adds up thousands of small numbers.
   */
  readonly values: Float64Array[];
  private readonly widths: readonly number[];
  private readonly slots: Int32Array;

  /** `K`: the tables' rows, as many in each. */
  constructor(tables: readonly Pick<Table, 'width'>[], K: number) {
    this.slots = new Int32Array(K).fill(-1);
    this.widths = tables.map(({ width }) => width);
    this.values = this.widths.map((width) => new Float64Array(256 * width));
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.slots[this.ids[i]] = -1;
    this.count = 0;
  }

  /**
   * Adds the gradients of sums, R×width for each table; the features of row r are `ids` from `starts[r]` up
   * to
   * `starts[r + 1]`.
   */
  add(gradients: readonly MatrixData[], { starts, ids }: Lookups): void {
    const rows = starts.length - 1;
    for (let r = 0; r < rows; r++) {
      for (let at = starts[r]; at < starts[r + 1]; at++) {
        const slot = this.slotOf(ids[at]);
        for (let table = 0; table < this.widths.length; table++) {
          const width = this.widths[table];
          const values = this.values[table];
          const gradient = gradients[table];
          const to = slot * width;
          const from = r * width;
          for (let i = 0; i < width; i++) values[to + i] += gradient[from + i];
        }
      }
    }
  }

  private slotOf(id: number): number {
    let slot = this.slots[id];
    if (slot >= 0) return slot;
    slot = this.count++;
    if (slot === this.ids.length) this.grow();
    this.slots[id] = slot;
    this.ids[slot] = id;
    this.widths.forEach((width, table) => this.values[table].fill(0, slot * width, (slot + 1) * width));
    return slot;
  }

  private grow(): void {
    const ids = new Uint32Array(2 * this.ids.length);
    ids.set(this.ids);
    this.ids = ids;
    this.values.forEach((values, table) => {
      this.values[table] = new Float64Array(2 * values.length);
      this.values[table].set(values);
    });
  }
}

/** Room for the gradients of the rows of a session's tables. */
export function rowGradientsOf({ tables: [first, ...others] }: Learned<unknown>): RowGradients {
  return new RowGradients([first, ...others], first.values.length / first.width);
}

/**
 * The sum of the gradients of several chunks, in the order in which they are added: the whole training set as
 * one step.
 */
export class GradientSum implements Gradients {
  readonly weights: readonly Float64Array<ArrayBuffer>[];
  readonly rows: RowGradients;

  constructor(private readonly learned: Learned<unknown>) {
    this.weights = leavesOf<MatrixData>(learned.weights).map(({ length }) => new Float64Array(length));
    this.rows = rowGradientsOf(learned);
  }

  clear(): void {
    for (const sum of this.weights) sum.fill(0);
    this.rows.clear();
  }

  /** Adds a chunk's gradients. */
  add({ weights, sums }: ProgramGradients, lookups: Lookups): void {
    leavesAlong<MatrixData>(this.learned.weights, weights).forEach((part, index) => {
      const sum = this.weights[index];
      for (let i = 0; i < sum.length; i++) sum[i] += part[i];
    });
    this.rows.add(sums, lookups);
  }
}

/** The Euclidean norm of all gradients together. NaN or infinite where one of them is. */
export function globalNorm({ weights, rows }: Gradients): number {
  let sum = 0;
  for (const gradient of weights) sum += sumOfSquares(gradient, gradient.length);
  for (const values of rows.values)
    sum += sumOfSquares(values, (rows.count * values.length) / rows.ids.length);
  return Math.sqrt(sum);
}

function sumOfSquares(values: MatrixData | Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[i] * values[i];
  return sum;
}
