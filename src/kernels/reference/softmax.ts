import type { Kernels, Matrix } from '../kernels';
import { shapeKernels } from '../shapes';
import type { HostMatrix } from './matrix';
import { fill, host, sum } from './matrix';

/** log Σ_l exp z_l of each row, R×1, shifted by the row's maximum so that exp cannot overflow. */
function logSumExp(z: Matrix): HostMatrix {
  const Z = host(z);
  return fill({ rows: z.rows, columns: 1 }, (r) => {
    const row = Z.values.subarray(r * z.columns, (r + 1) * z.columns);
    const largest = row.reduce((a, b) => Math.max(a, b));
    return largest + Math.log(sum(z.columns, (l) => Math.exp(row[l] - largest)));
  });
}

/** softmax and its cross-entropy, by rows. */
export const softmax: Pick<Kernels, 'softmax' | 'softmaxCrossEntropy'> = {
  softmax(z) {
    const Z = host(z);
    const total = logSumExp(z);
    return fill(shapeKernels.softmax(z), (r, l) => Math.exp(Z.at(r, l) - total.at(r, 0)));
  },
  softmaxCrossEntropy(z, y, mask) {
    const shape = shapeKernels.softmaxCrossEntropy(z, y, mask);
    const [Z, Y, M] = [host(z), host(y), host(mask)];
    const total = logSumExp(z);
    const yHat = host(softmax.softmax(z));
    return {
      yHat,
      dz: fill(shape.dz, (r, l) => M.at(r, 0) * (yHat.at(r, l) - (l === Y.at(r, 0) ? 1 : 0))),
      loss: fill(shape.loss, (r) => M.at(r, 0) * (total.at(r, 0) - Z.at(r, Y.at(r, 0)))),
    };
  },
};
