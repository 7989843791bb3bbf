import type { Kernels, Matrix } from '../../kernels';
import { shapeKernels } from '../../shapes';
import { onGpu } from '../recorder';
import type { GpuMatrix, Recorder } from '../recorder';
import { column, kernel, row, sum } from '../source';

/**
 * What softmax needs of each row (R×1 each): its largest entry m, and Σ_l exp(z_l − m), which cannot
 * overflow.
 */
interface RowFacts {
  readonly largest: GpuMatrix;
  readonly total: GpuMatrix;
}

function rowFacts(recorder: Recorder, z: Matrix): RowFacts {
  const shape = { rows: z.rows, columns: 1 };
  const loop = `for (let l = 1; l < ${z.columns}; l++) { m = Math.max(m, z[${row}][l]); }`;
  const largest = recorder.call(kernel(['z'], `let m = z[${row}][0];`, loop, 'return m;'), shape, onGpu(z));
  const terms = sum('s', z.columns, (k) => `Math.exp(z[${row}][${k}] - m)`);
  const total = recorder.call(
    kernel(['z', 'largest'], `const m = largest[${row}][0];`, terms, 'return s;'),
    shape,
    onGpu(z),
    largest,
  );
  return { largest, total };
}

/** softmax and its cross-entropy, by rows. */
export function softmax(recorder: Recorder): Pick<Kernels, 'softmax' | 'softmaxCrossEntropy'> {
  const probability = `Math.exp(z[${row}][${column}] - largest[${row}][0]) / total[${row}][0]`;
  const probabilities = (z: Matrix, { largest, total }: RowFacts): GpuMatrix =>
    recorder.call(
      kernel(['z', 'largest', 'total'], `return ${probability};`),
      shapeKernels.softmax(z),
      onGpu(z),
      largest,
      total,
    );
  return {
    softmax: (z) => probabilities(z, rowFacts(recorder, z)),
    softmaxCrossEntropy(z, y, mask) {
      const shape = shapeKernels.softmaxCrossEntropy(z, y, mask);
      const facts = rowFacts(recorder, z);
      const operands = [onGpu(z), facts.largest, facts.total, onGpu(y), onGpu(mask)];
      const names = ['z', 'largest', 'total', 'y', 'mask'];
      const residual = [
        `let r = ${probability};`,
        `if (${column} == y[${row}][0]) { r = r - 1.0; }`,
        `return mask[${row}][0] * r;`,
      ];
      const loss = `return mask[${row}][0] * (Math.log(total[${row}][0]) + (largest[${row}][0] - z[${row}][y[${row}][0]]));`;
      return {
        yHat: probabilities(z, facts),
        dz: recorder.call(kernel(names, ...residual), shape.dz, ...operands),
        loss: recorder.call(kernel(names, loss), shape.loss, ...operands),
      };
    },
  };
}
