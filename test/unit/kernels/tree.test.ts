import assert from 'node:assert/strict';
import type { MatrixData, Shape } from '../../../src/kernels/kernels';
import { leafPath, leavesAlong, leavesOf, mapLeaves } from '../../../src/kernels/tree';

const shape = (rows: number, columns: number): Shape => ({ rows, columns });
const shapes = {
  weights: { U: shape(2, 2), layers: [{ b: shape(1, 2) }, { b: shape(1, 3) }] },
  sums: [shape(4, 2)],
  absent: undefined,
};

describe('trees of matrices', () => {
  it('are mapped leaf by leaf, in the order of keys and items, with the place of each', () => {
    const seen: string[] = [];
    const lengths = mapLeaves(shapes, ({ rows, columns }: Shape, index) => {
      seen.push(`${index} ${leafPath(shapes, index)}`);
      return rows * columns;
    });
    assert.deepEqual(lengths, {
      weights: { U: 4, layers: [{ b: 2 }, { b: 3 }] },
      sums: [8],
      absent: undefined,
    });
    assert.deepEqual(seen, ['0 weights.U', '1 weights.layers[0].b', '2 weights.layers[1].b', '3 sums[0]']);
  });

  it('have matrices, shapes and typed arrays for leaves', () => {
    const data = mapLeaves(
      shapes,
      ({ rows, columns }: Shape): MatrixData => new Float32Array(rows * columns),
    );
    assert.deepEqual(
      leavesOf<MatrixData>(data).map(({ length }) => length),
      [4, 2, 3, 8],
    );
    assert.deepEqual(leavesOf(shape(1, 1)), [shape(1, 1)], 'a tree may be a leaf alone');
    assert.deepEqual(leavesOf({}), []);
  });

  it('give the leaves of another tree by their places, whatever the order of its keys', () => {
    const [U, first, second, sum] = [1, 2, 3, 4].map((n) => Float64Array.of(n));
    const data = { sums: [sum], weights: { layers: [{ b: first }, { b: second }], U } };
    assert.deepEqual(leavesAlong(shapes, data), [U, first, second, sum]);
  });

  it('say which leaf another tree lacks', () => {
    const data = { weights: { U: new Float64Array(4), layers: [{ b: new Float64Array(2) }] }, sums: [] };
    assert.throws(() => leavesAlong(shapes, data), /^TypeError: weights\.layers\[1\]\.b is missing$/);
  });
});
