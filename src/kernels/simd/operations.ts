/** The operations, recorded for the kernels of `assembly/`. */
import type { Kernels, Matrix, Shape } from '../kernels';
import { shapeKernels } from '../shapes';
import { Opcode } from './assembly/opcodes';
import { crf } from './crf';
import { SimdMatrix, newPanels, onSimd, panelsOf, rowBytes } from './matrix';
import type { Made } from './matrix';
import { at } from './recorder';
import type { Recorder } from './recorder';
import { recurrence } from './recurrence';

const blocksOf = (rows: number): number => Math.ceil(rows / 4);

/** No matrix: an address of 0, and sizes that are not read. */
const nothing = [0, 0, 0] as const;

export function simdKernels(recorder: Recorder): Kernels {
  const matrix = ({ rows, columns }: Shape, make: () => Made): SimdMatrix =>
    new SimdMatrix(recorder, rows, columns, make);

  /** A matrix that an operation writes in panels. */
  const panels = (shape: Shape, write: (to: ReturnType<typeof newPanels>) => void): SimdMatrix =>
    matrix(shape, () => {
      const to = newPanels(recorder, shape);
      write(to);
      return { panels: to };
    });

  function softmaxRows(z: Matrix): SimdMatrix {
    return panels(shapeKernels.softmax(z), (to) => {
      const from = onSimd(z).asPanels;
      recorder.emit(Opcode.softmax, to.at, to.panel, from.at, from.panel, z.rows, z.columns);
    });
  }

  return {
    ...recurrence(recorder),
    ...crf(recorder),
    affine: (x, W, b) =>
      panels(shapeKernels.affine(x, W, b), (to) => {
        const [left, right, start] = [onSimd(x).asPacked, onSimd(W).asTransposed, onSimd(b).asPanels];
        const sums = [blocksOf(x.rows), panelsOf(W.rows), x.columns];
        const startRow = b.rows === 1 ? 0 : rowBytes;
        recorder.emit(
          Opcode.product,
          to.at,
          to.panel,
          left.at,
          left.block,
          right.at,
          right.panel,
          start.at,
          start.panel,
          startRow,
          ...sums,
        );
      }),
    product: (r, V) =>
      panels(shapeKernels.product(r, V), (to) => {
        const [left, right] = [onSimd(r).asPacked, onSimd(V).asPanels];
        recorder.emit(
          Opcode.product,
          to.at,
          to.panel,
          left.at,
          left.block,
          right.at,
          right.panel,
          ...nothing,
          blocksOf(r.rows),
          panelsOf(V.columns),
          r.columns,
        );
      }),
    outerSum: (a, b) =>
      panels(shapeKernels.outerSum(a, b), (to) => {
        const [left, right] = [onSimd(a).asPanels, onSimd(b).asPanels];
        recorder.emit(
          Opcode.outerSum,
          to.at,
          to.panel,
          left.at,
          left.panel,
          right.at,
          right.panel,
          blocksOf(a.columns),
          panelsOf(b.columns),
          a.rows,
        );
      }),
    add: (a, b) =>
      panels(shapeKernels.add(a, b), (to) => {
        const [left, right] = [onSimd(a).asPanels, onSimd(b).asPanels];
        const bRow = b.rows === a.rows ? rowBytes : 0;
        recorder.emit(
          Opcode.add,
          to.at,
          to.panel,
          left.at,
          left.panel,
          right.at,
          right.panel,
          bRow,
          a.rows,
          panelsOf(a.columns),
        );
      }),
    multiply: (a, b) =>
      panels(shapeKernels.multiply(a, b), (to) => {
        const left = onSimd(a).asPanels;
        const shape = [a.rows, panelsOf(a.columns)];
        if (b.columns !== a.columns) {
          recorder.emit(Opcode.scaleRows, to.at, to.panel, left.at, left.panel, onSimd(b).asRows, ...shape);
          return;
        }
        const right = onSimd(b).asPanels;
        recorder.emit(Opcode.multiply, to.at, to.panel, left.at, left.panel, right.at, right.panel, ...shape);
      }),
    columnSums: (a) =>
      panels(shapeKernels.columnSums(a), (to) => {
        const from = onSimd(a).asPanels;
        recorder.emit(Opcode.columnSums, to.at, to.panel, from.at, from.panel, a.rows, panelsOf(a.columns));
      }),
    rowNorms: (a) =>
      matrix(shapeKernels.rowNorms(a), () => {
        const rows = at(recorder.room(a.rows * 4));
        const from = onSimd(a).asPanels;
        recorder.emit(Opcode.rowNorms, rows, from.at, from.panel, a.rows, a.columns);
        return { rows };
      }),
    softmax: softmaxRows,
    softmaxCrossEntropy(z, y, mask) {
      const shape = shapeKernels.softmaxCrossEntropy(z, y, mask);
      const loss = at(recorder.room(z.rows * 4));
      const dz = panels(shape.dz, (to) => {
        const from = onSimd(z).asPanels;
        recorder.emit(
          Opcode.softmaxCrossEntropy,
          to.at,
          to.panel,
          loss,
          from.at,
          from.panel,
          onSimd(y).asRows,
          onSimd(mask).asRows,
          z.rows,
          z.columns,
        );
      });
      const lossRows = matrix(shape.loss, () => {
        // One operation gives both.
        void dz.asPanels;
        return { rows: loss };
      });
      return { yHat: softmaxRows(z), dz, loss: lossRows };
    },
  };
}
