import type { Kernels } from '../../kernels';
import { shapeKernels } from '../../shapes';
import { onGpu } from '../recorder';
import type { Recorder } from '../recorder';
import { column, kernel, row } from '../source';

/** Sum and product entry by entry, with b repeated over the rows (a bias) or over the columns (a mask). */
export function elementwise(recorder: Recorder): Pick<Kernels, 'add' | 'multiply'> {
  return {
    add(a, b) {
      const bRow = b.rows === a.rows ? row : '0';
      return recorder.call(
        kernel(['a', 'b'], `return a[${row}][${column}] + b[${bRow}][${column}];`),
        shapeKernels.add(a, b),
        onGpu(a),
        onGpu(b),
      );
    },
    multiply(a, b) {
      const bColumn = b.columns === a.columns ? column : '0';
      const source = kernel(['a', 'b'], `return a[${row}][${column}] * b[${row}][${bColumn}];`);
      return recorder.call(source, shapeKernels.multiply(a, b), onGpu(a), onGpu(b));
    },
  };
}
