/** What is learned, as a tree whose leaves are arrays, matrices on a device, shapes, gradients or moments. */
import type { Direction, MatrixData, Shape } from '../kernels/kernels';
import type { Learned } from '../kernels/session';
import type { Network, Sizes } from './sizes';

/** One for each direction in which layers go through a sentence. */
export interface ByDirection<T> {
  readonly leftToRight: T;
  readonly rightToLeft?: T;
}

/** A hidden layer's parameters in one direction: s_t = U h_{t-1} + W x_t + b. */
export interface RecurrentParameters<M> {
  /** H×H. */
  readonly U: M;
  /** 1×H. */
  readonly b: M;
  /**
   * One for each input x_t. In the first layer H×E, to e_t; with one-hot input this is the table, kept by
   * column: K rows of H, since W x_t is the column of x_t's word. In a layer above H×H for each direction of
   * the layer below.
   */
  readonly W: readonly M[];
}

export interface NetworkParameters<M> {
  /** K×E: the row of each input feature; e_t is the sum of a token's rows. None with one-hot input. */
  readonly table?: M;
  /** From the lowest. */
  readonly layers: readonly ByDirection<RecurrentParameters<M>>[];
  /** L×H for each direction of the last layer: z_t = V h_t + c. */
  readonly V: readonly M[];
  /** 1×L. */
  readonly c: M;
  /** (L+2)×L: scores of transitions between labels, of a network with a CRF. */
  readonly A?: M;
}

/** Where a leaf is in the tree. */
export interface ParameterPlace {
  readonly symbol: 'table' | 'U' | 'b' | 'W' | 'V' | 'c' | 'A';
  /** From 1. */
  readonly layer?: number;
  readonly direction?: Direction;
  /** Of W above the first layer: the direction of the layer below that it reads. */
  readonly from?: Direction;
}

/** The order of all lists with an item for each direction. */
const allDirections: readonly Direction[] = ['leftToRight', 'rightToLeft'];

export function mapDirections<T, To>(
  { leftToRight, rightToLeft }: ByDirection<T>,
  of: (item: T, direction: Direction, index: number) => To,
): ByDirection<To> {
  const first = of(leftToRight, 'leftToRight', 0);
  return rightToLeft === undefined
    ? { leftToRight: first }
    : { leftToRight: first, rightToLeft: of(rightToLeft, 'rightToLeft', 1) };
}

/** Left to right first. */
export function listDirections<T>({ leftToRight, rightToLeft }: ByDirection<T>): T[] {
  return rightToLeft === undefined ? [leftToRight] : [leftToRight, rightToLeft];
}

/**
 * The same tree with other leaves. `of` is asked in a fixed order: the table; U, b and W of each layer from
 * the lowest, left to right before right to left; V, c and A.
 */
export function mapParameters<M, N>(
  { table, layers, V, c, A }: NetworkParameters<M>,
  of: (leaf: M, place: ParameterPlace) => N,
): NetworkParameters<N> {
  return {
    ...(table !== undefined && { table: of(table, { symbol: 'table' }) }),
    layers: layers.map((directions, below) =>
      mapDirections(directions, ({ U, b, W }, direction) => {
        const at = { layer: below + 1, direction };
        return {
          U: of(U, { symbol: 'U', ...at }),
          b: of(b, { symbol: 'b', ...at }),
          W: W.map((matrix, index) =>
            of(matrix, { symbol: 'W', ...at, ...(below > 0 && { from: allDirections[index] }) }),
          ),
        };
      }),
    ),
    V: V.map((matrix, index) => of(matrix, { symbol: 'V', direction: allDirections[index] })),
    c: of(c, { symbol: 'c' }),
    ...(A !== undefined && { A: of(A, { symbol: 'A' }) }),
  };
}

/** The leaves with their places, in the order of {@link mapParameters}. */
export function listParameters<M>(
  parameters: NetworkParameters<M>,
): { readonly place: ParameterPlace; readonly leaf: M }[] {
  const list: { place: ParameterPlace; leaf: M }[] = [];
  mapParameters(parameters, (leaf, place) => list.push({ place, leaf }));
  return list;
}

/** A tree of what `of` makes of the leaves in the same place of two trees of one form. */
export function zipParameters<A, B, N>(
  a: NetworkParameters<A>,
  b: NetworkParameters<B>,
  of: (one: A, other: B, place: ParameterPlace) => N,
): NetworkParameters<N> {
  const others = listParameters(b);
  let index = 0;
  return mapParameters(a, (leaf, place) => of(leaf, others[index++].leaf, place));
}

/** The tables, of which single rows are looked up: with one-hot input W of the first layer. */
export function tablesOf<M>({ table, layers: [first] }: NetworkParameters<M>): M[] {
  return table === undefined ? listDirections(first).flatMap(({ W }) => W) : [table];
}

/** All but the tables. */
export function withoutTables<M>({
  table,
  layers: [first, ...above],
  V,
  c,
  A,
}: NetworkParameters<M>): NetworkParameters<M> {
  const lowest = table === undefined ? mapDirections(first, ({ U, b }) => ({ U, b, W: [] })) : first;
  return { layers: [lowest, ...above], V, c, ...(A !== undefined && { A }) };
}

/** As the device's sessions take them. */
export function learnedOf(
  parameters: NetworkParameters<MatrixData>,
  { E, H }: Pick<Network, 'E' | 'H'>,
): Learned<NetworkParameters<Shape>> {
  const width = E > 0 ? E : H;
  return {
    weights: withoutTables(parameters),
    tables: tablesOf(parameters).map((values) => ({ width, values })),
  };
}

export function parameterShapes({
  K,
  E,
  H,
  L,
  layers,
  directions,
  transitions,
}: Sizes): NetworkParameters<Shape> {
  const shape = (rows: number, columns: number): Shape => ({ rows, columns });
  const lowestW = E > 0 ? shape(H, E) : shape(K, H);
  const recurrent = (below: number): RecurrentParameters<Shape> => ({
    U: shape(H, H),
    b: shape(1, H),
    W: below > 0 ? directions.map(() => shape(H, H)) : [lowestW],
  });
  return {
    ...(E > 0 && { table: shape(K, E) }),
    layers: Array.from({ length: layers }, (_, below) => ({
      leftToRight: recurrent(below),
      ...(directions.includes('rightToLeft') && { rightToLeft: recurrent(below) }),
    })),
    V: directions.map(() => shape(L, H)),
    c: shape(1, L),
    ...(transitions && { A: shape(L + 2, L) }),
  };
}

/** Gives zeros: a device's `allocate`, or a plain array's constructor. */
export type Allocate = (length: number) => MatrixData;

/** Plain arrays outside of any device's memory. */
export function plainArrays(precision: 'float32' | 'float64'): Allocate {
  return (length) => (precision === 'float64' ? new Float64Array(length) : new Float32Array(length));
}

export function allocateParameters(sizes: Sizes, allocate: Allocate): NetworkParameters<MatrixData> {
  return mapParameters(parameterShapes(sizes), ({ rows, columns }) => allocate(rows * columns));
}

/** A copy in the precision and memory that `allocate` gives. */
export function copyParameters(
  parameters: NetworkParameters<MatrixData>,
  allocate: Allocate,
): NetworkParameters<MatrixData> {
  return mapParameters(parameters, (values) => {
    const copy = allocate(values.length);
    copy.set(values);
    return copy;
  });
}

/** Overwrites `target` with the numbers of `source`, of the same sizes. */
export function assignParameters(
  target: NetworkParameters<MatrixData>,
  source: NetworkParameters<MatrixData>,
): void {
  zipParameters(target, source, (to, from) => to.set(from));
}

export function areFinite(parameters: NetworkParameters<MatrixData>): boolean {
  return listParameters(parameters).every(({ leaf }) => allFinite(leaf));
}

/** The largest of all parameters by its size. */
export function largestOf(parameters: NetworkParameters<MatrixData>): number {
  let largest = 0;
  for (const { leaf } of listParameters(parameters))
    for (let i = 0; i < leaf.length; i++) largest = Math.max(largest, Math.abs(leaf[i]));
  return largest;
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
