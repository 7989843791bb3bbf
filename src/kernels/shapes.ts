/**
 * The shapes of the operations: {@link shapeKernels} is a device that computes nothing but shapes. Compiling
 * starts with it (so that a program's faults show before anything is built), and the other devices'
 * operations check with it.
 */
import { ShapeError } from '../common/errors';
import type { Kernels, Matrix, MatrixData, Shape, Tape } from './kernels';
import type { Program } from './program';
import { leafPath, leavesAlong, leavesOf, mapLeaves } from './tree';
import type { Leaves } from './tree';

/** What every device's tape carries: h, of the shape that dh must have. */
export interface TapeOfH extends Tape {
  readonly h: Matrix;
}

function text(shape: Shape): string {
  return `${shape.rows}×${shape.columns}`;
}

function demand(
  holds: boolean,
  operation: string,
  operands: Readonly<Record<string, Shape>>,
  rule: string,
): void {
  if (holds) return;
  const list = Object.entries(operands).map(([name, shape]) => `${name} ${text(shape)}`);
  throw new ShapeError(`${operation}: ${rule}, but got ${list.join(', ')}`);
}

function same(a: Shape, b: Shape): boolean {
  return a.rows === b.rows && a.columns === b.columns;
}

function isMatrixShape({ rows, columns }: Shape): boolean {
  return Number.isInteger(rows) && Number.isInteger(columns) && rows >= 1 && columns >= 1;
}

/** The operations on shapes alone. @throws {ShapeError} naming the operation and its operands' shapes. */
export const shapeKernels: Kernels = {
  affine(x, W, b) {
    const fits = x.columns === W.columns && b.columns === W.rows && (b.rows === 1 || b.rows === x.rows);
    demand(fits, 'affine', { x, W, b }, 'x·Wᵀ + b takes x R×N, W M×N and b 1×M or R×M');
    return { rows: x.rows, columns: W.rows };
  },
  product(r, V) {
    demand(r.columns === V.rows, 'product', { r, V }, 'r·V takes r R×M and V M×N');
    return { rows: r.rows, columns: V.columns };
  },
  add(a, b) {
    demand(
      same(a, b) || (b.rows === 1 && b.columns === a.columns),
      'add',
      { a, b },
      'a + b takes equal shapes, or b as one row',
    );
    return { rows: a.rows, columns: a.columns };
  },
  multiply(a, b) {
    demand(
      same(a, b) || (b.columns === 1 && b.rows === a.rows),
      'multiply',
      { a, b },
      'a ∘ b takes equal shapes, or b as one column',
    );
    return { rows: a.rows, columns: a.columns };
  },
  recur(p, U, h0, mask, { truncation = 0 }) {
    const fits =
      U.rows === p.columns &&
      U.columns === p.columns &&
      h0.columns === p.columns &&
      mask.rows === p.rows &&
      mask.columns === 1;
    demand(
      fits && p.rows % h0.rows === 0,
      'recur',
      { p, U, h0, mask },
      'takes p R×H, U H×H, h0 B×H and mask R×1 with R a multiple of B',
    );
    const whole = Number.isInteger(truncation) && truncation >= 0;
    demand(
      whole,
      'recur',
      { p, U, h0, mask },
      `takes a truncation of 0 or a whole number of steps, not ${truncation}`,
    );
    const h = { rows: p.rows, columns: p.columns };
    const tape: TapeOfH = { h };
    return { h, hLast: { rows: h0.rows, columns: h0.columns }, tape };
  },
  recurBackward(dh, tape) {
    const { h } = tape as TapeOfH;
    demand(same(dh, h), 'recurBackward', { dh, h }, 'takes dh of the shape of h');
    return { rows: h.rows, columns: h.columns };
  },
  previous(tape) {
    const { h } = tape as TapeOfH;
    return { rows: h.rows, columns: h.columns };
  },
  outerSum(a, b) {
    demand(a.rows === b.rows, 'outerSum', { a, b }, 'aᵀ·b takes a R×M and b R×N');
    return { rows: a.columns, columns: b.columns };
  },
  columnSums(a) {
    return { rows: 1, columns: a.columns };
  },
  rowNorms(a) {
    return { rows: a.rows, columns: 1 };
  },
  softmaxCrossEntropy(z, y, mask) {
    const column = { rows: z.rows, columns: 1 };
    demand(
      same(y, column) && same(mask, column),
      'softmaxCrossEntropy',
      { z, y, mask },
      'takes z R×L, y R×1 and mask R×1',
    );
    const yHat = { rows: z.rows, columns: z.columns };
    return { yHat, dz: { ...yHat }, loss: column };
  },
  crf(z, y, mask, A, B) {
    const column = { rows: z.rows, columns: 1 };
    const fits =
      same(y, column) && same(mask, column) && same(A, { rows: z.columns + 2, columns: z.columns });
    const whole = Number.isInteger(B) && B >= 1 && z.rows % B === 0;
    demand(
      fits && whole,
      'crf',
      { z, y, mask, A },
      `takes z R×L, y R×1, mask R×1 and A (L+2)×L, with R a multiple of B = ${B}`,
    );
    return {
      dz: { rows: z.rows, columns: z.columns },
      dA: { rows: A.rows, columns: A.columns },
      loss: column,
    };
  },
  softmax(z) {
    return { rows: z.rows, columns: z.columns };
  },
};

/**
 * The shapes of a program's outputs for given inputs. @throws {ShapeError} when an operation's operands do
 * not fit.
 */
export function outputShapes<In, Out>(program: Program<In, Out>, inputs: In): Out {
  const matrices = mapLeaves(inputs, (shape: Shape, index): Matrix => {
    if (isMatrixShape(shape)) return shape;
    const rule = 'a matrix has at least one row and one column';
    throw new ShapeError(`input ${leafPath(inputs, index)}: ${rule}, but got ${text(shape)}`);
  });
  return program(shapeKernels, matrices);
}

/**
 * The contents of a program's inputs in the order of their shapes, each converted. @throws {ShapeError} where
 * a length does not fit.
 */
export function inputsInOrder<In, T>(
  shapes: In,
  inputs: Leaves<In, MatrixData>,
  convert: (data: MatrixData, shape: Shape) => T,
): T[] {
  const contents = leavesAlong<MatrixData>(shapes, inputs);
  return leavesOf<Shape>(shapes).map((shape, index) => {
    const { length } = contents[index];
    const expected = shape.rows * shape.columns;
    if (length === expected) return convert(contents[index], shape);
    const rule = `${text(shape)} takes ${expected} numbers`;
    throw new ShapeError(`input ${leafPath(shapes, index)}: ${rule}, but got ${length}`);
  });
}
