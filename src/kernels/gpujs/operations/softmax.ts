import type { Kernels, Matrix } from '../../kernels';
import { shapeKernels } from '../../shapes';
import type { GpuMatrix, Recorder } from '../recorder';
import { onGpu } from '../recorder';
import { column, kernel, row, sum } from '../source';

/** log Σ_l exp z_l of each row (R×1), shifted by the row's maximum so that exp cannot overflow. */
function logSumExp(recorder: Recorder, z: Matrix): GpuMatrix {
  const source = kernel(
    ['z'],
    `let largest = z[${row}][0];`,
    `for (let l = 1; l < ${z.columns}; l++) { largest = Math.max(largest, z[${row}][l]); }`,
    sum('s', z.columns, (k) => `Math.exp(z[${row}][${k}] - largest)`),
    'return largest + Math.log(s);',
  );
  return recorder.call(source, { rows: z.rows, columns: 1 }, onGpu(z));
}

/** softmax and its cross-entropy, by rows. */
export function softmax(recorder: Recorder): Pick<Kernels, 'softmax' | 'softmaxCrossEntropy'> {
  const probability = `Math.exp(z[${row}][${column}] - total[${row}][0])`;
  const probabilities = (z: Matrix, total: GpuMatrix): GpuMatrix =>
    recorder.call(kernel(['z', 'total'], `return ${probability};`), shapeKernels.softmax(z), onGpu(z), total);
  return {
    softmax: (z) => probabilities(z, logSumExp(recorder, z)),
    softmaxCrossEntropy(z, y, mask) {
      const shape = shapeKernels.softmaxCrossEntropy(z, y, mask);
      const total = logSumExp(recorder, z);
      const operands = [onGpu(z), total, onGpu(y), onGpu(mask)];
      const names = ['z', 'total', 'y', 'mask'];
      const residual = kernel(
        names,
        `let r = ${probability};`,
        `if (${column} == y[${row}][0]) { r = r - 1.0; }`,
        `return mask[${row}][0] * r;`,
      );
      const loss = kernel(names, `return mask[${row}][0] * (total[${row}][0] - z[${row}][y[${row}][0]]);`);
      return {
        yHat: probabilities(z, total),
        dz: recorder.call(residual, shape.dz, ...operands),
        loss: recorder.call(loss, shape.loss, ...operands),
      };
    },
  };
}
