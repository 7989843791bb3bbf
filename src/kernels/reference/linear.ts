import type { Kernels } from '../kernels';
import { shapeKernels } from '../shapes';
import { fill, host, sum } from './matrix';

/** Products, sums and the elementwise operations, as their formulas read. */
export const linear: Pick<
  Kernels,
  'affine' | 'product' | 'add' | 'multiply' | 'outerSum' | 'columnSums' | 'rowNorms'
> = {
  affine(x, W, b) {
    const [X, weights, bias] = [host(x), host(W), host(b)];
    return fill(
      shapeKernels.affine(x, W, b),
      (r, m) => bias.at(b.rows === 1 ? 0 : r, m) + sum(x.columns, (n) => X.at(r, n) * weights.at(m, n)),
    );
  },
  product(r, V) {
    const [left, right] = [host(r), host(V)];
    return fill(shapeKernels.product(r, V), (row, n) =>
      sum(r.columns, (m) => left.at(row, m) * right.at(m, n)),
    );
  },
  add(a, b) {
    const [left, right] = [host(a), host(b)];
    const shape = shapeKernels.add(a, b);
    return fill(shape, (r, n) => left.at(r, n) + right.at(b.rows === a.rows ? r : 0, n));
  },
  multiply(a, b) {
    const [left, right] = [host(a), host(b)];
    const shape = shapeKernels.multiply(a, b);
    return fill(shape, (r, n) => left.at(r, n) * right.at(r, b.columns === a.columns ? n : 0));
  },
  outerSum(a, b) {
    const [left, right] = [host(a), host(b)];
    return fill(shapeKernels.outerSum(a, b), (m, n) => sum(a.rows, (r) => left.at(r, m) * right.at(r, n)));
  },
  columnSums(a) {
    const A = host(a);
    return fill(shapeKernels.columnSums(a), (_, n) => sum(a.rows, (r) => A.at(r, n)));
  },
  rowNorms(a) {
    const A = host(a);
    return fill(shapeKernels.rowNorms(a), (r) => Math.sqrt(sum(a.columns, (n) => A.at(r, n) ** 2)));
  },
};
