import type { GpuMatrix, Recorder } from '../recorder';
import { column, counter, row, sum } from '../source';

/**
 * One side of Σ_k a(row, k) · b(k, column). Its rows are the result's rows (of a) or columns (of b), or they
 * are the terms.
 */
export interface Factor {
  readonly name: string;
  readonly matrix: GpuMatrix;
  readonly rows: 'entries' | 'terms';
}

/**
 * The statements that leave the sum in a constant, and the operands that they read: a's and b's, some
 * transposed.
 */
export interface Contraction {
  readonly code: string;
  readonly operands: readonly [GpuMatrix, GpuMatrix];
}

function oriented(recorder: Recorder, factor: Factor, rows: Factor['rows']): GpuMatrix {
  return factor.rows === rows ? factor.matrix : recorder.transposed(factor.matrix);
}

/** Both rows are read along. Engines read a local faster than `this.thread`, once for each term. */
function readInTurn(recorder: Recorder, name: string, n: number, a: Factor, b: Factor): Contraction {
  const operands = [oriented(recorder, a, 'entries'), oriented(recorder, b, 'entries')] as const;
  const terms = sum(name, n, (k) => `${a.name}[own][${k}] * ${b.name}[other][${k}]`);
  return { code: `const own = ${row}; const other = ${column}; ${terms}`, operands };
}

/** Σ_{k<n} a(row, k) · b(k, column), declared as `name`. */
export function contract(recorder: Recorder, name: string, n: number, a: Factor, b: Factor): Contraction {
  if (recorder.reading === 'inTurn') return readInTurn(recorder, name, n, a, b);
  const operands = [a.matrix, oriented(recorder, b, 'terms')] as const;
  const left = (k: string): string =>
    a.rows === 'entries' ? `${a.name}[${row}][${k}]` : `${a.name}[${k}][${row}]`;
  if (recorder.reading === 'sideBySide')
    return { code: sum(name, n, (k) => `${left(k)} * ${b.name}[${k}][${column}]`), operands };
  const terms = sum(
    name,
    n,
    () => `${left('term')} * ${b.name}[${counter}]`,
    `${counter} += ${recorder.stride(operands[1].columns)}; term++;`,
  );
  // gpu.js holds a Boolean as an integer, which is counted and read as one.
  return { code: `let term = false; ${counter} = ${column}; ${terms}`, operands };
}
