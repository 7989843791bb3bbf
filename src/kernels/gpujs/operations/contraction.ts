import type { GpuMatrix, Recorder } from '../recorder';
import { column, row, sum } from '../source';

/**
 * What lies side by side in memory when kernels sum a product: what neighbouring threads read at once (SIMD, GPUs), or
 * what one thread reads in turn (JavaScript, where that makes the sums twice as fast).
 */
export type Adjacent = 'threads' | 'terms';

/** One side of Σ_k a(row, k) · b(k, column). Its rows are the result's rows (of a) or columns (of b), or they are the terms. */
export interface Factor {
  readonly name: string;
  readonly matrix: GpuMatrix;
  readonly rows: 'entries' | 'terms';
}

/** The statements that leave the sum in a constant, and the operands that they read: a's and b's, some transposed. */
export interface Contraction {
  readonly code: string;
  readonly operands: readonly [GpuMatrix, GpuMatrix];
}

function oriented(recorder: Recorder, factor: Factor, rows: Factor['rows']): Factor {
  return factor.rows === rows ? factor : { ...factor, matrix: recorder.transposed(factor.matrix), rows };
}

function element({ name, rows }: Factor, entry: string, k: string): string {
  return rows === 'entries' ? `${name}[${entry}][${k}]` : `${name}[${k}][${entry}]`;
}

/** Σ_{k<n} a(row, k) · b(k, column), declared as `name`. */
export function contract(recorder: Recorder, name: string, n: number, left: Factor, right: Factor): Contraction {
  const inTurn = recorder.adjacent === 'terms';
  const a = inTurn ? oriented(recorder, left, 'entries') : left;
  const b = oriented(recorder, right, inTurn ? 'entries' : 'terms');
  const code = sum(name, n, (k) => `${element(a, row, k)} * ${element(b, column, k)}`);
  return { code, operands: [a.matrix, b.matrix] };
}
