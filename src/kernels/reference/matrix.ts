import type { Matrix } from '../kernels';

/** A matrix whose float64 content lies on the host, row-major. */
export class HostMatrix implements Matrix {
  constructor(
    readonly rows: number,
    readonly columns: number,
    readonly values = new Float64Array(rows * columns),
  ) {}

  at(row: number, column: number): number {
    return this.values[row * this.columns + column];
  }

  set(row: number, column: number, value: number): void {
    this.values[row * this.columns + column] = value;
  }
}

/** The host matrix behind an opaque one. */
export function host(matrix: Matrix): HostMatrix {
  if (!(matrix instanceof HostMatrix)) throw new TypeError('this matrix belongs to another device');
  return matrix;
}

/** A matrix of the given shape, entry by entry. */
export function fill(shape: Matrix, entry: (row: number, column: number) => number): HostMatrix {
  const result = new HostMatrix(shape.rows, shape.columns);
  for (let r = 0; r < shape.rows; r++) for (let k = 0; k < shape.columns; k++) result.set(r, k, entry(r, k));
  return result;
}

/** Σ_{k<n} term(k). */
export function sum(n: number, term: (k: number) => number): number {
  let total = 0;
  for (let k = 0; k < n; k++) total += term(k);
  return total;
}

/** log Σ_{k<n} exp term(k), shifted by the largest term so that exp cannot overflow. */
export function logSumExp(n: number, term: (k: number) => number): number {
  const terms = Array.from({ length: n }, (_, k) => term(k));
  const largest = terms.reduce((a, b) => Math.max(a, b));
  return largest + Math.log(sum(n, (k) => Math.exp(terms[k] - largest)));
}
