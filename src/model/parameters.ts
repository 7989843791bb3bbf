import type { MatrixData } from '../kernels/kernels';

/** K input words (the unknown one included), H hidden units, L labels. */
export interface Sizes {
  readonly K: number;
  readonly H: number;
  readonly L: number;
}

/** What is learned, by the derivation's symbols. Row-major, on the host. */
export interface Parameters extends Sizes {
  /** H×H: from h_{t-1} to s_t. */
  readonly U: MatrixData;
  /** L×H: from h_t to z_t. */
  readonly V: MatrixData;
  /** H×K: from x_t to s_t. Kept by column, K rows of H, since W x_t is the column of x_t's word: column k is at k·H. */
  readonly W: MatrixData;
  /** H: added to s_t. */
  readonly b: MatrixData;
  /** L: added to z_t. */
  readonly c: MatrixData;
}

export const parameterNames = ['U', 'V', 'W', 'b', 'c'] as const;
export type ParameterName = (typeof parameterNames)[number];

/** Gives zeros: a device's `allocate`, or a plain array's constructor. */
export type Allocate = (length: number) => MatrixData;

export function allocateParameters({ K, H, L }: Sizes, allocate: Allocate): Parameters {
  return { K, H, L, U: allocate(H * H), V: allocate(L * H), W: allocate(K * H), b: allocate(H), c: allocate(L) };
}

/** A copy in the precision and memory that `allocate` gives. */
export function copyParameters(parameters: Parameters, allocate: Allocate): Parameters {
  const copy = allocateParameters(parameters, allocate);
  assignParameters(copy, parameters);
  return copy;
}

/** Overwrites `target` with the numbers of `source`, of the same sizes. */
export function assignParameters(target: Parameters, source: Parameters): void {
  for (const name of parameterNames) target[name].set(source[name]);
}

export function areFinite(parameters: Parameters): boolean {
  return parameterNames.every((name) => parameters[name].every(Number.isFinite));
}
