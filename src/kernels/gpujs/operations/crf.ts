import type { Kernels, Matrix, Shape } from '../../kernels';
import { shapeKernels } from '../../shapes';
import { GpuMatrix, onGpu } from '../recorder';
import type { Recorder } from '../recorder';
import { column, kernel, row } from '../source';
import { Sweep } from './sweep';

interface Operands {
  readonly z: GpuMatrix;
  readonly y: GpuMatrix;
  readonly mask: GpuMatrix;
  readonly A: GpuMatrix;
  readonly B: number;
}

/**
 * What the sentences' ends give each token, in the symbols of `simd/assembly/crf.ts`: beta R×L; q = z + beta,
 * less its row's largest entry (R×L); and of each sentence's start (B×1) log Σ_j exp(A[L][j] + q_0(j)).
 */
interface Ends {
  readonly beta: GpuMatrix;
  readonly q: GpuMatrix;
  readonly start: GpuMatrix;
}

/** The sweep from the last tokens to the first. */
function ends(recorder: Recorder, { z, mask, A, B }: Operands): Ends {
  const { rows: R, columns: L } = z;
  const state: Shape = { rows: B, columns: L };
  const sweep = new Sweep(recorder, z, state, 'leftToRight', 'backward');
  // A's transpose is read, so that threads in the padding of a row stay inside it.
  const after = (j: string): string => `z[after][${j}] + beta[${row}][${j}]`;
  const largest = `let q = ${after('0')}; let most = q; let top = q + transposed[0][${column}];`;
  const compare = `for (let j = 1; j < ${L}; j++) { q = ${after('j')}; most = Math.max(most, q); top = Math.max(top, q + transposed[j][${column}]); }`;
  const total = `let s = 0.0; for (let j = 0; j < ${L}; j++) { s += Math.exp((${after('j')} + transposed[j][${column}]) - top); }`;
  const inside = `${largest} ${compare} ${total} value = Math.log(s) + (top - most);`;
  const ofLast = `let value = A[${L + 1}][${column}];`;
  const first = sweep.source(['A'], undefined, ofLast);
  const next = sweep.source(
    ['beta', 'z', 'mask', 'A', 'transposed'],
    'beta',
    `const after = r + ${B}; ${ofLast} if (mask[after][0] > 0) { ${inside} }`,
  );
  const beta = new GpuMatrix(R, L, () => {
    const { all } = sweep.run(
      (shape) => recorder.call(first, shape, A),
      (shape, last) => recorder.call(next, shape, last, z, mask, A, recorder.transposed(A)),
    );
    return all.handle;
  });
  const own = (j: string): string => `z[${row}][${j}] + beta[${row}][${j}]`;
  const most = kernel(
    ['z', 'beta'],
    `let m = ${own('0')}; for (let j = 1; j < ${L}; j++) { m = Math.max(m, ${own('j')}); } return m;`,
  );
  const largestOf = recorder.call(most, { rows: R, columns: 1 }, z, beta);
  const q = recorder.call(
    kernel(['z', 'beta', 'largest'], `return (${own(column)}) - largest[${row}][0];`),
    { rows: R, columns: L },
    z,
    beta,
    largestOf,
  );
  const begun = (j: string): string => `A[${L}][${j}] + q[${row}][${j}]`;
  const startSource = kernel(
    ['A', 'q'],
    `let m = ${begun('0')}; for (let j = 1; j < ${L}; j++) { m = Math.max(m, ${begun('j')}); }`,
    `let s = 0.0; for (let j = 0; j < ${L}; j++) { s += Math.exp((${begun('j')}) - m); }`,
    'return Math.log(s) + m;',
  );
  return { beta, q, start: recorder.call(startSource, { rows: B, columns: 1 }, A, q) };
}

/** m ∘ p(y_t = j | z), R×L: the sweep from the first tokens to the last. */
function marginals(recorder: Recorder, { z, mask, A, B }: Operands, { beta, q, start }: Ends): GpuMatrix {
  const { rows: R, columns: L } = z;
  const sweep = new Sweep(recorder, z, { rows: B, columns: L }, 'leftToRight', 'forward');
  const first = sweep.source(
    ['A', 'q', 'mask', 'start'],
    undefined,
    `const value = mask[r][0] * Math.exp((A[${L}][${column}] + q[r][${column}]) - start[${row}][0]);`,
  );
  // Divided by the sum of what it comes from, so that rounding does not add up over the tokens.
  const terms = `p = mu[${row}][i]; s += p * Math.exp((A[i][${column}] + q[r][${column}]) - beta[before][i]); all += p;`;
  const inside = `let p = 0.0; let s = 0.0; let all = 0.0; for (let i = 0; i < ${L}; i++) { ${terms} } value = s / all;`;
  const next = sweep.source(
    ['mu', 'A', 'q', 'mask', 'beta'],
    'mu',
    `const before = r - ${B}; let value = 0.0; if (mask[r][0] > 0) { ${inside} }`,
  );
  return new GpuMatrix(R, L, () => {
    const { all } = sweep.run(
      (shape) => recorder.call(first, shape, A, q, mask, start),
      (shape, last) => recorder.call(next, shape, last, A, q, mask, beta),
    );
    return all.handle;
  });
}

/**
 * Expected minus observed transitions; those from and to a sentence's edges are its first and its last row of
 * dz.
 */
function transitionSource(R: number, B: number, L: number): string {
  const pair = `mu[r][${row}] * Math.exp((A[${row}][${column}] + q[r + ${B}][${column}]) - beta[r][${row}])`;
  const observed = `if (y[r][0] == ${row}) { if (y[r + ${B}][0] == ${column}) { s -= 1.0; } }`;
  const pairs = `for (let r = 0; r < ${R - B}; r++) { if (mask[r + ${B}][0] > 0) { s += ${pair}; ${observed} } }`;
  const starts = `for (let r = 0; r < ${B}; r++) { s += dz[r][${column}]; }`;
  const inner = `for (let r = 0; r < ${R - B}; r++) { s += (mask[r][0] - mask[r + ${B}][0]) * dz[r][${column}]; }`;
  const outer = `for (let r = ${R - B}; r < ${R}; r++) { s += dz[r][${column}]; }`;
  const edges = `if (${row} == ${L}) { ${starts} } else { ${inner} ${outer} }`;
  return kernel(
    ['mu', 'q', 'beta', 'y', 'mask', 'A', 'dz'],
    `let s = 0.0; if (${row} < ${L}) { ${pairs} } else { ${edges} } return s;`,
  );
}

/**
 * The linear-chain conditional random field: one sweep back for the sentences' ends, and one ahead for the
 * marginals.
 */
export function crf(recorder: Recorder): Pick<Kernels, 'crf'> {
  return {
    crf(z: Matrix, y: Matrix, mask: Matrix, A: Matrix, B: number) {
      const shape = shapeKernels.crf(z, y, mask, A, B);
      const operands = { z: onGpu(z), y: onGpu(y), mask: onGpu(mask), A: onGpu(A), B };
      const { beta, q, start } = ends(recorder, operands);
      const mu = marginals(recorder, operands, { beta, q, start });
      const residual = [
        `let r = mu[${row}][${column}];`,
        `if (${column} == y[${row}][0]) { r = r - mask[${row}][0]; }`,
        'return r;',
      ];
      const dz = recorder.call(
        kernel(['mu', 'y', 'mask'], ...residual),
        shape.dz,
        mu,
        operands.y,
        operands.mask,
      );
      const dA = recorder.call(
        transitionSource(z.rows, B, z.columns),
        shape.dA,
        mu,
        q,
        beta,
        operands.y,
        operands.mask,
        operands.A,
        dz,
      );
      const label = `y[${row}][0]`;
      const before = `y[${row} - ${B}][0]`;
      const first = `if (${row} < ${B}) { return mask[${row}][0] * Math.max(0, start[${row}][0] - (A[${z.columns}][${label}] + q[${row}][${label}])); }`;
      const others = `return mask[${row}][0] * Math.max(0, beta[${row} - ${B}][${before}] - (A[${before}][${label}] + q[${row}][${label}]));`;
      const loss = recorder.call(
        kernel(['q', 'beta', 'start', 'y', 'mask', 'A'], first, others),
        shape.loss,
        q,
        beta,
        start,
        operands.y,
        operands.mask,
        operands.A,
      );
      return { dz, dA, loss };
    },
  };
}
