import type { Kernels } from '../../kernels';
import { shapeKernels } from '../../shapes';
import { onGpu } from '../recorder';
import type { GpuMatrix, Recorder } from '../recorder';
import { column, kernel, row, sum } from '../source';
import { contract } from './contraction';

/** Aᵀ. Threads in the padding of a row repeat its last entry, to stay inside A. */
export function transpose(recorder: Recorder, A: GpuMatrix): GpuMatrix {
  const inside = recorder.stride(A.rows) === A.rows ? column : `Math.min(${column}, ${A.rows - 1})`;
  return recorder.call(
    kernel(['A'], `return A[${inside}][${row}];`),
    { rows: A.columns, columns: A.rows },
    A,
  );
}

/** Products, and sums over rows and columns. */
export function linear(
  recorder: Recorder,
): Pick<Kernels, 'affine' | 'product' | 'outerSum' | 'columnSums' | 'rowNorms'> {
  return {
    affine(x, W, b) {
      const shape = shapeKernels.affine(x, W, b);
      const left = { name: 'input', matrix: onGpu(x), rows: 'entries' } as const;
      const s = contract(recorder, 's', x.columns, left, { name: 'W', matrix: onGpu(W), rows: 'entries' });
      const bRow = b.rows === 1 ? '0' : row;
      return recorder.call(
        kernel(['input', 'W', 'b'], s.code, `return s + b[${bRow}][${column}];`),
        shape,
        ...s.operands,
        onGpu(b),
      );
    },
    product(r, V) {
      const shape = shapeKernels.product(r, V);
      const left = { name: 'r', matrix: onGpu(r), rows: 'entries' } as const;
      const s = contract(recorder, 's', r.columns, left, { name: 'V', matrix: onGpu(V), rows: 'terms' });
      return recorder.call(kernel(['r', 'V'], s.code, 'return s;'), shape, ...s.operands);
    },
    outerSum(a, b) {
      const shape = shapeKernels.outerSum(a, b);
      const left = { name: 'a', matrix: onGpu(a), rows: 'terms' } as const;
      const s = contract(recorder, 's', a.rows, left, { name: 'b', matrix: onGpu(b), rows: 'terms' });
      return recorder.call(kernel(['a', 'b'], s.code, 'return s;'), shape, ...s.operands);
    },
    columnSums(a) {
      const s = sum('s', a.rows, (k) => `a[${k}][${column}]`);
      return recorder.call(kernel(['a'], s, 'return s;'), shapeKernels.columnSums(a), onGpu(a));
    },
    rowNorms(a) {
      const s = sum('s', a.columns, (k) => `a[${row}][${k}] * a[${row}][${k}]`);
      return recorder.call(kernel(['a'], s, 'return Math.sqrt(s);'), shapeKernels.rowNorms(a), onGpu(a));
    },
  };
}
