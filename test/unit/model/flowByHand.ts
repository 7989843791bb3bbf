import { activations } from '../../../src/kernels/activation';
import type { Activation } from '../../../src/kernels/activation';
import type { Direction, MatrixData } from '../../../src/kernels/kernels';
import type { NetworkParameters } from '../../../src/model/parameters';
import { arrow, named, sizesIn } from './named';

type Vector = readonly number[];
type Square = readonly Vector[];

/** f′(s). */
const slope = (activation: Activation, s: number): number => {
  const { f, derivative } = activations[activation];
  return derivative(f(s));
};

const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
const plus = (...vectors: Vector[]): number[] =>
  vectors[0].map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0));
const times = (A: Square, v: Vector): number[] => A.map((row) => dot(row, v));
const transpose = (A: Square): number[][] => A[0].map((_, j) => A.map((row) => row[j]));
export const norm = (v: Vector): number => Math.sqrt(dot(v, v));

/** A matrix of the parameters, row by row. */
export function rowsOf(parameters: NetworkParameters<MatrixData>, name: string, columns: number): number[][] {
  const values = named(parameters)[name];
  return Array.from({ length: values.length / columns }, (_, i) => [
    ...values.subarray(i * columns, (i + 1) * columns),
  ]);
}

/** What the derivation's section six says of one layer and direction. */
export interface SweepByHand {
  readonly layer: number;
  readonly direction: Direction;
  /** δ_k by distance from t. */
  readonly deltas: readonly Vector[];
  /** h_k in the order of the sentence. */
  readonly h: readonly Vector[];
}

/**
 * δ_k = (∏ diag(f′(s_i)) Uᵀ) δ_t, the product written out as a matrix, of the error at t alone. Words are
 * numbers of rows of the table: one-hot.
 */
export function flowByHand(
  parameters: NetworkParameters<MatrixData>,
  activation: Activation,
  words: Vector,
  labels: Vector,
  t: number,
): SweepByHand[] {
  const { E, H, L, layers, directions } = sizesIn(parameters);
  const values = named(parameters);
  const swept: { layer: number; direction: Direction; s: number[][]; h: number[][] }[][] = [];
  for (let layer = 1; layer <= layers; layer++) {
    const below = swept.at(-1);
    const of = directions.map((direction) => {
      const name = `${layer}${arrow[direction]}`;
      const U = rowsOf(parameters, `U${name}`, H);
      const order = words.map((_, k) => k);
      if (direction === 'rightToLeft') order.reverse();
      const s: number[][] = [];
      const h: number[][] = [];
      let before = Array.from({ length: H }, () => 0);
      for (const k of order) {
        const input = below
          ? plus(
              ...below.map((from) =>
                times(rowsOf(parameters, `W${name}${arrow[from.direction]}`, H), from.h[k]),
              ),
            )
          : E > 0
            ? times(rowsOf(parameters, `W${name}`, E), rowsOf(parameters, 'table', E)[words[k]])
            : rowsOf(parameters, `W${name}`, H)[words[k]];
        s[k] = plus(times(U, before), input, [...values[`b${name}`]]);
        h[k] = s[k].map(activations[activation].f);
        before = h[k];
      }
      return { layer, direction, s, h };
    });
    swept.push(of);
  }
  const top = swept[layers - 1];
  const z = plus(
    [...values.c],
    ...top.map(({ direction, h }) => times(rowsOf(parameters, `V${arrow[direction]}`, H), h[t])),
  );
  const exponentials = z.map(Math.exp);
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  const residual = Array.from({ length: L }, (_, l) => exponentials[l] / total - (l === labels[t] ? 1 : 0));
  let reached = top.map(({ direction }) =>
    times(transpose(rowsOf(parameters, `V${arrow[direction]}`, H)), residual),
  );
  const result: SweepByHand[] = [];
  for (let layer = layers; layer >= 1; layer--) {
    const first = swept[layer - 1].map(({ s }, i) =>
      reached[i].map((value, j) => value * slope(activation, s[t][j])),
    );
    swept[layer - 1].forEach(({ direction, s, h }, i) => {
      const back = direction === 'leftToRight' ? -1 : 1;
      const Ut = transpose(rowsOf(parameters, `U${layer}${arrow[direction]}`, H));
      let product: number[][] = Ut.map((_, a) => Ut.map((_row, b) => (a === b ? 1 : 0)));
      const deltas = [first[i]];
      for (let k = t + back; k >= 0 && k < words.length; k += back) {
        const step = Ut.map((row, a) => row.map((value) => value * slope(activation, s[k][a])));
        product = step.map((row) => transpose(product).map((column) => dot(row, column)));
        deltas.push(times(product, first[i]));
      }
      result.push({ layer, direction, deltas, h });
    });
    const name = (direction: Direction): string => `W${layer}${arrow[direction]}`;
    if (layer > 1)
      reached = directions.map((to) =>
        plus(
          ...swept[layer - 1].map(({ direction }, i) =>
            times(transpose(rowsOf(parameters, `${name(direction)}${arrow[to]}`, H)), first[i]),
          ),
        ),
      );
  }
  return result.sort((a, b) => a.layer - b.layer);
}
