import { uniform } from '../../common/random';
import type { MatrixData } from '../../kernels/kernels';

/** It ends when a turn changes the norm by less than this share, and after so many turns at the latest. */
const tolerance = 1e-6;
const mostTurns = 100;

/**
 * ‖A‖₂, the largest factor by which A (n×n, row-major) lengthens a vector: power iteration on AᵀA, in
 * float64, from a vector that is always the same. It comes to the norm from below.
 */
export function spectralNorm(A: MatrixData, n: number): number {
  let v = Float64Array.from({ length: n }, (_, i) => uniform(n, i) - 0.5);
  scale(v, 1 / length(v));
  let norm = 0;
  for (let turn = 0; turn < mostTurns; turn++) {
    const { image, back } = turnOf(A, n, v);
    const before = norm;
    norm = length(image);
    const stretched = length(back);
    if (!(stretched > 0) || Math.abs(norm - before) <= tolerance * norm) break;
    scale(back, 1 / stretched);
    v = back;
  }
  return norm;
}

/** A v and AᵀA v. */
function turnOf(A: MatrixData, n: number, v: Float64Array<ArrayBuffer>) {
  const image = new Float64Array(n);
  const back = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let sum = 0;
    for (let j = 0; j < n; j++) sum += A[row + j] * v[j];
    image[i] = sum;
    for (let j = 0; j < n; j++) back[j] += A[row + j] * sum;
  }
  return { image, back };
}

function length(v: Float64Array): number {
  let sum = 0;
  for (const value of v) sum += value * value;
  return Math.sqrt(sum);
}

function scale(v: Float64Array, factor: number): void {
  for (let i = 0; i < v.length; i++) v[i] *= factor;
}
