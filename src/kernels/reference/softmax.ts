import type { Kernels, Matrix } from '../kernels';
import { shapeKernels } from '../shapes';
import { fill, host, logSumExp } from './matrix';
import type { HostMatrix } from './matrix';

/** log Σ_l exp z_l of each row, R×1. */
function totals(z: Matrix): HostMatrix {
  const Z = host(z);
  return fill({ rows: z.rows, columns: 1 }, (r) => logSumExp(z.columns, (l) => Z.at(r, l)));
}

/** softmax and its cross-entropy, by rows. */
export const softmax: Pick<Kernels, 'softmax' | 'softmaxCrossEntropy'> = {
  softmax(z) {
    const Z = host(z);
    const total = totals(z);
    return fill(shapeKernels.softmax(z), (r, l) => Math.exp(Z.at(r, l) - total.at(r, 0)));
  },
  softmaxCrossEntropy(z, y, mask) {
    const shape = shapeKernels.softmaxCrossEntropy(z, y, mask);
    const [Z, Y, M] = [host(z), host(y), host(mask)];
    const total = totals(z);
    const yHat = host(softmax.softmax(z));
    return {
      yHat,
      dz: fill(shape.dz, (r, l) => M.at(r, 0) * (yHat.at(r, l) - (l === Y.at(r, 0) ? 1 : 0))),
      loss: fill(shape.loss, (r) => M.at(r, 0) * (total.at(r, 0) - Z.at(r, Y.at(r, 0)))),
    };
  },
};
