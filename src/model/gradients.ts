import type { MatrixData } from '../kernels/kernels';
import { denseShapes, tablesOf } from './parameters';
import type { Sizes } from './parameters';

/** ∂E/∂θ by the name of each parameter θ that is no table, and of the tables by the rows that occurred. */
export interface Gradients {
  readonly dense: Readonly<Record<string, MatrixData>>;
  readonly rows: RowGradients;
}

/** The dense gradients among a training program's outputs. */
export function denseGradients(
  outputs: Readonly<Record<string, MatrixData>>,
  sizes: Sizes,
): Record<string, MatrixData> {
  return Object.fromEntries(Object.keys(denseShapes(sizes)).map((name) => [name, outputs[`d${name}`]]));
}

/** The gradients of the sums that the tables gave, among a training program's outputs. */
export function sumGradients(outputs: Readonly<Record<string, MatrixData>>, sizes: Sizes): MatrixData[] {
  return tablesOf(sizes).map(({ input }) => outputs[`d${input}`]);
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

  constructor(sizes: Sizes) {
    this.slots = new Int32Array(sizes.K).fill(-1);
    this.widths = tablesOf(sizes).map(({ width }) => width);
    this.values = this.widths.map((width) => new Float64Array(256 * width));
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.slots[this.ids[i]] = -1;
    this.count = 0;
  }

  /**
   * Adds the gradients of sums, R×E for each table; the features of row r are `ids` from `starts[r]` up to
   * `starts[r + 1]`.
   */
  add(gradients: readonly MatrixData[], starts: Int32Array, ids: Int32Array): void {
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

/**
 * The sum of the gradients of several chunks, in the order in which they are added: the whole training set as
 * one step.
 */
export class GradientSum implements Gradients {
  readonly dense: Readonly<Record<string, Float64Array<ArrayBuffer>>>;
  readonly rows: RowGradients;

  constructor(private readonly sizes: Sizes) {
    const sums = Object.entries(denseShapes(sizes)).map(
      ([name, { rows, columns }]): [string, Float64Array<ArrayBuffer>] => [
        name,
        new Float64Array(rows * columns),
      ],
    );
    this.dense = Object.fromEntries(sums);
    this.rows = new RowGradients(sizes);
  }

  clear(): void {
    for (const sum of Object.values(this.dense)) sum.fill(0);
    this.rows.clear();
  }

  /** Adds a chunk's outputs; `starts` and `ids`: its rows' features. */
  add(outputs: Readonly<Record<string, MatrixData>>, starts: Int32Array, ids: Int32Array): void {
    for (const [name, sum] of Object.entries(this.dense)) {
      const part = outputs[`d${name}`];
      for (let i = 0; i < sum.length; i++) sum[i] += part[i];
    }
    this.rows.add(sumGradients(outputs, this.sizes), starts, ids);
  }
}

/** The Euclidean norm of all gradients together. NaN or infinite where one of them is. */
export function globalNorm({ dense, rows }: Gradients): number {
  let sum = 0;
  for (const gradient of Object.values(dense)) sum += sumOfSquares(gradient, gradient.length);
  for (const values of rows.values)
    sum += sumOfSquares(values, (rows.count * values.length) / rows.ids.length);
  return Math.sqrt(sum);
}

function sumOfSquares(values: MatrixData | Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[i] * values[i];
  return sum;
}
