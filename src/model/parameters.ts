import type { Direction, MatrixData, Shape } from '../kernels/kernels';

/** What fixes the shapes of a network's parameters. */
export interface Sizes {
  /**
   * K: rows of the table, one for each input feature; with one-hot input, one for each word (the unknown one
   * included).
   */
  readonly K: number;
  /**
   * E: numbers to a row of the table, summed to e_t. 0: one-hot input, where the table is W of the first
   * layer itself.
   */
  readonly E: number;
  /** H: hidden units of each layer and direction. */
  readonly H: number;
  /** L: labels. */
  readonly L: number;
  readonly layers: number;
  /** The directions in which each layer goes through a sentence. */
  readonly directions: readonly Direction[];
  /** A CRF over the labels: there are scores of transitions. */
  readonly transitions: boolean;
}

/** `>` and `<` in the names of parameters: from left to right, and from right to left. */
export const arrow: Readonly<Record<Direction, '>' | '<'>> = { leftToRight: '>', rightToLeft: '<' };

/**
 * What is learned, by names that are the derivation's symbols, with the layer (from 1) and the direction: U1>
 * H×H, from h_{t-1} to s_t of the first layer, left to right; W2>< H×H, to s_t of the second layer, left to
 * right, from h_t of the first, right to left; b1> 1×H; V> L×H, from h_t of the last layer to z_t; c 1×L.
 * `table` K×E holds the input features' rows, and W1> H×E takes their sum to s_t; with one-hot input W1>
 * itself is the table, kept by column, K rows of H, since W x_t is the column of x_t's word. A (L+2)×L:
 * scores of transitions between labels. Row-major, on the host.
 */
export interface Parameters {
  readonly sizes: Sizes;
  readonly values: Readonly<Record<string, MatrixData>>;
}

/** A table whose rows are looked up, and the program's input that their sums are. */
export interface Table {
  readonly name: string;
  readonly input: string;
  readonly width: number;
}

/** One table of all features, or with one-hot input one for each direction. */
export function tablesOf({ E, H, directions }: Omit<Sizes, 'K'>): readonly Table[] {
  if (E > 0) return [{ name: 'table', input: 'e', width: E }];
  return directions.map((direction) => ({
    name: `W1${arrow[direction]}`,
    input: `Wx${arrow[direction]}`,
    width: H,
  }));
}

/** The parameters that are no tables, with their shapes, from the input up. */
export function denseShapes({
  E,
  H,
  L,
  layers,
  directions,
  transitions,
}: Omit<Sizes, 'K'>): Readonly<Record<string, Shape>> {
  const shapes: Record<string, Shape> = {};
  for (let layer = 1; layer <= layers; layer++) {
    for (const direction of directions) {
      const name = `${layer}${arrow[direction]}`;
      shapes[`U${name}`] = { rows: H, columns: H };
      shapes[`b${name}`] = { rows: 1, columns: H };
      if (layer > 1)
        for (const from of directions) shapes[`W${name}${arrow[from]}`] = { rows: H, columns: H };
      else if (E > 0) shapes[`W${name}`] = { rows: H, columns: E };
    }
  }
  for (const direction of directions) shapes[`V${arrow[direction]}`] = { rows: L, columns: H };
  shapes.c = { rows: 1, columns: L };
  if (transitions) shapes.A = { rows: L + 2, columns: L };
  return shapes;
}

/** The shapes of all parameters, tables first. */
export function parameterShapes(sizes: Sizes): Readonly<Record<string, Shape>> {
  const tables = tablesOf(sizes).map(({ name, width }): [string, Shape] => [
    name,
    { rows: sizes.K, columns: width },
  ]);
  return { ...Object.fromEntries(tables), ...denseShapes(sizes) };
}

/** Gives zeros: a device's `allocate`, or a plain array's constructor. */
export type Allocate = (length: number) => MatrixData;

/** Plain arrays outside of any device's memory. */
export function plainArrays(precision: 'float32' | 'float64'): Allocate {
  return (length) => (precision === 'float64' ? new Float64Array(length) : new Float32Array(length));
}

export function allocateParameters(sizes: Sizes, allocate: Allocate): Parameters {
  const values = Object.entries(parameterShapes(sizes)).map(
    ([name, { rows, columns }]): [string, MatrixData] => [name, allocate(rows * columns)],
  );
  return { sizes, values: Object.fromEntries(values) };
}

/** A copy in the precision and memory that `allocate` gives. */
export function copyParameters(parameters: Parameters, allocate: Allocate): Parameters {
  const copy = allocateParameters(parameters.sizes, allocate);
  assignParameters(copy, parameters);
  return copy;
}

/** Overwrites `target` with the numbers of `source`, of the same sizes. */
export function assignParameters(target: Parameters, source: Parameters): void {
  for (const name of Object.keys(target.values)) target.values[name].set(source.values[name]);
}

export function areFinite({ values }: Parameters): boolean {
  return Object.values(values).every(allFinite);
}

/**
 * There may be millions, so none is looked at by itself: 0 times a number that is not finite is NaN, and so
 * is the sum.
 */
function allFinite(numbers: MatrixData): boolean {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += 0 * numbers[i];
  return sum === 0;
}
