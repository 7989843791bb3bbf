import type { Kernels } from '../kernels';
import { shapeKernels } from '../shapes';
import { HostMatrix, fill, host, logSumExp } from './matrix';

function addTo(matrix: HostMatrix, row: number, column: number, value: number): void {
  matrix.set(row, column, matrix.at(row, column) + value);
}

/** One sentence without its padding. z n×L, A (L+2)×L. */
class Lattice {
  /** Entry (t, j): log Σ exp score over all beginnings that end with label j at token t. */
  readonly forward: HostMatrix;
  /** Entry (t, i): the same over all ends that follow label i at token t. */
  readonly backward: HostMatrix;
  /** The same over all label sequences. */
  readonly all: number;

  constructor(
    readonly z: HostMatrix,
    readonly A: HostMatrix,
  ) {
    const { rows: n, columns: L } = z;
    this.forward = new HostMatrix(n, L);
    this.backward = new HostMatrix(n, L);
    for (let t = 0; t < n; t++) {
      for (let j = 0; j < L; j++)
        this.forward.set(
          t,
          j,
          z.at(t, j) + (t === 0 ? A.at(L, j) : logSumExp(L, (i) => this.forward.at(t - 1, i) + A.at(i, j))),
        );
    }
    for (let t = n - 1; t >= 0; t--) {
      for (let i = 0; i < L; i++) {
        this.backward.set(
          t,
          i,
          t === n - 1
            ? A.at(L + 1, i)
            : logSumExp(L, (j) => A.at(i, j) + z.at(t + 1, j) + this.backward.at(t + 1, j)),
        );
      }
    }
    this.all = logSumExp(L, (j) => this.forward.at(n - 1, j) + this.backward.at(n - 1, j));
  }

  /** p(y_t = j | z). */
  marginal(t: number, j: number): number {
    return Math.exp(this.forward.at(t, j) + this.backward.at(t, j) - this.all);
  }

  /** p(y_{t-1} = i, y_t = j | z). */
  pair(t: number, i: number, j: number): number {
    return Math.exp(
      this.forward.at(t - 1, i) + this.A.at(i, j) + this.z.at(t, j) + this.backward.at(t, j) - this.all,
    );
  }

  /** −log p(y_t | y_{t-1}, z) for given labels. */
  loss(t: number, before: number, own: number): number {
    const ends = t === 0 ? this.all : this.backward.at(t - 1, before);
    return (
      ends -
      (this.A.at(t === 0 ? this.z.columns : before, own) + this.z.at(t, own) + this.backward.at(t, own))
    );
  }
}

/** The linear-chain conditional random field, sentence by sentence. */
export const crf: Pick<Kernels, 'crf'> = {
  crf(z, y, mask, A, B) {
    const shape = shapeKernels.crf(z, y, mask, A, B);
    const L = z.columns;
    const [Z, Y, M] = [host(z), host(y), host(mask)];
    const dz = new HostMatrix(shape.dz.rows, L);
    const dA = new HostMatrix(shape.dA.rows, L);
    const loss = new HostMatrix(shape.loss.rows, 1);
    for (let beta = 0; beta < B; beta++) {
      const rows = Array.from({ length: z.rows / B }, (_, t) => t * B + beta).filter((r) => M.at(r, 0) !== 0);
      if (rows.length === 0) continue;
      const lattice = new Lattice(
        fill({ rows: rows.length, columns: L }, (t, j) => Z.at(rows[t], j)),
        host(A),
      );
      for (const [t, r] of rows.entries()) {
        const own = Y.at(r, 0);
        const before = t === 0 ? L : Y.at(rows[t - 1], 0);
        for (let j = 0; j < L; j++) dz.set(r, j, lattice.marginal(t, j) - (j === own ? 1 : 0));
        loss.set(r, 0, lattice.loss(t, before, own));
        if (t === 0) continue;
        for (let i = 0; i < L; i++) for (let j = 0; j < L; j++) addTo(dA, i, j, lattice.pair(t, i, j));
        addTo(dA, before, own, -1);
      }
      for (let j = 0; j < L; j++) {
        addTo(dA, L, j, dz.at(rows[0], j));
        addTo(dA, L + 1, j, dz.at(rows[rows.length - 1], j));
      }
    }
    return { dz, dA, loss };
  },
};
