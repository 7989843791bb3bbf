import assert from 'node:assert/strict';
import type { Matrix, Shape } from '../../../src/kernels/kernels';
import { outputShapes, shapeKernels } from '../../../src/kernels/shapes';

const of = (rows: number, columns: number): Shape => ({ rows, columns });
const options = { activation: 'tanh', direction: 'leftToRight' } as const;

describe('shapes', () => {
  it('gives the shape of each output', () => {
    const shapes = outputShapes(
      (k, i) => {
        const { h, hLast, tape } = k.recur(i.p, i.U, i.h0, i.m, options);
        return {
          h,
          hLast,
          delta: k.recurBackward(h, tape),
          dU: k.outerSum(h, k.previous(tape)),
          norms: k.rowNorms(h),
          sums: k.columnSums(h),
          ...k.softmaxCrossEntropy(h, i.m, i.m),
        };
      },
      { p: of(6, 4), U: of(4, 4), h0: of(2, 4), m: of(6, 1) },
    );
    assert.deepEqual(shapes, {
      h: of(6, 4),
      hLast: of(2, 4),
      delta: of(6, 4),
      dU: of(4, 4),
      norms: of(6, 1),
      sums: of(1, 4),
      yHat: of(6, 4),
      dz: of(6, 4),
      loss: of(6, 1),
    });
  });

  const wrong: Record<string, () => unknown> = {
    affine: () => shapeKernels.affine(of(2, 3), of(4, 2), of(1, 4)),
    'affine: b': () => shapeKernels.affine(of(2, 3), of(4, 3), of(2, 5)),
    'affine: rows of b': () => shapeKernels.affine(of(1, 3), of(4, 3), of(2, 4)),
    product: () => shapeKernels.product(of(2, 3), of(2, 3)),
    add: () => shapeKernels.add(of(2, 3), of(2, 1)),
    multiply: () => shapeKernels.multiply(of(2, 3), of(1, 3)),
    recur: () => shapeKernels.recur(of(5, 3), of(3, 3), of(2, 3), of(5, 1), options),
    'recur: U': () => shapeKernels.recur(of(4, 3), of(3, 2), of(2, 3), of(4, 1), options),
    'recur: mask': () => shapeKernels.recur(of(4, 3), of(3, 3), of(2, 3), of(3, 1), options),
    'recur: truncation': () =>
      shapeKernels.recur(of(4, 3), of(3, 3), of(2, 3), of(4, 1), { ...options, truncation: 1.5 }),
    'recur: below 0': () =>
      shapeKernels.recur(of(4, 3), of(3, 3), of(2, 3), of(4, 1), { ...options, truncation: -1 }),
    recurBackward: () =>
      shapeKernels.recurBackward(
        of(3, 3),
        shapeKernels.recur(of(4, 3), of(3, 3), of(2, 3), of(4, 1), options).tape,
      ),
    outerSum: () => shapeKernels.outerSum(of(2, 3), of(3, 3)),
    crf: () => shapeKernels.crf(of(4, 3), of(4, 1), of(4, 1), of(3, 3), 2),
    'crf: B': () => shapeKernels.crf(of(4, 3), of(4, 1), of(4, 1), of(5, 3), 3),
    'crf: y': () => shapeKernels.crf(of(4, 3), of(4, 3), of(4, 1), of(5, 3), 2),
    softmaxCrossEntropy: () => shapeKernels.softmaxCrossEntropy(of(2, 3), of(2, 3), of(2, 1)),
  };
  for (const [name, operation] of Object.entries(wrong)) {
    it(`refuses what does not fit ${name}, with its name and the shapes`, () => {
      assert.throws(operation, {
        name: 'ShapeError',
        message: new RegExp(`^${name.split(':')[0]}: .*\\d×\\d`),
      });
    });
  }

  it('refuses empty and fractional inputs', () => {
    const program = (_: unknown, { x }: { readonly x: Matrix }): { x: Matrix } => ({ x });
    for (const shape of [of(0, 1), of(1, 0), of(1.5, 1), of(NaN, 1)])
      assert.throws(() => outputShapes(program, { x: shape }), { name: 'ShapeError', message: /^input x/ });
  });
});
