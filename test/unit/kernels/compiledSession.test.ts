import assert from 'node:assert/strict';
import { CompiledSession } from '../../../src/kernels/compiledSession';
import type { Matrix } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import type { SessionRecipe } from '../../../src/kernels/session';
import type { UpdateOptions } from '../../../src/kernels/update';

type Recipe = SessionRecipe<{ w: Matrix }, { mask: Matrix }, { y: Matrix }>;

/** y = mask ∘ (x + w), with x for the gradient of the sums, and Σ_r x_r for that of w. */
function recipeOf(w: Float64Array<ArrayBuffer>, values: Float64Array<ArrayBuffer>): Recipe {
  return {
    program: (k, { weights, sums: [x], batch: { mask } }) => ({
      gradients: { weights: { w: k.columnSums(x) }, sums: [x] },
      results: { y: k.multiply(k.add(x, weights.w), mask) },
    }),
    weightShapes: { w: { rows: 1, columns: 2 } },
    batchShapes: (T, B) => ({ mask: { rows: T * B, columns: 1 } }),
    learned: { weights: { w }, tables: [{ width: 2, values }] },
    moments: [],
    plans: 2,
  };
}

const descent: UpdateOptions = {
  method: 'sgd',
  learningRate: 1,
  tableRate: 0.5,
  clip: 0,
  sentences: 1,
  beta1: 0,
  beta2: 0,
  epsilon: 0,
  step: 1,
};

describe('a session over plans', () => {
  const table = (): Float64Array<ArrayBuffer> => Float64Array.of(1, 2, 10, 20, 100, 200, 0, 0);

  it('sums the rows that are looked up, runs the program, and updates the weights and those rows', async () => {
    const [w, values] = [Float64Array.of(5, 7), table()];
    const session = new CompiledSession(createReferenceDevice(), recipeOf(w, values));
    const [shard] = session.prepare(3, 1, 1, 3);
    // Row 0 looks up rows 0 and 1 of the table, row 1 none, row 2 row 1.
    shard.starts.set([0, 2, 2, 3]);
    shard.ids.set([0, 1, 1]);
    shard.batch.mask.set([1, 1, 0]);
    await session.run();
    assert.deepEqual([...shard.outputs.results.y], [16, 29, 5, 7, 0, 0]);
    assert.deepEqual([...values], [...table()], 'a run learns nothing');
    // Of w 11 + 10 and 22 + 20; of row 0 11 and 22, of row 1 11 + 10 and 22 + 20.
    assert.equal(await session.update(descent), Math.hypot(21, 42, 11, 22, 21, 42));
    assert.deepEqual([...w], [5 - 21, 7 - 42]);
    assert.deepEqual([...values], [1 - 5.5, 2 - 11, 10 - 10.5, 20 - 21, 100, 200, 0, 0]);
    session.dispose();
  });

  it('takes a minibatch of another shape after one', async () => {
    const session = new CompiledSession(createReferenceDevice(), recipeOf(Float64Array.of(0, 0), table()));
    for (const [T, B] of [
      [2, 2],
      [1, 1],
      [3, 1],
    ]) {
      const [shard] = session.prepare(T, B, 1, T * B);
      shard.starts.forEach((_, r) => (shard.starts[r] = r));
      shard.ids.fill(2, 0, T * B);
      shard.batch.mask.fill(1);
      await session.run();
      const rows = Array.from({ length: T * B }, () => [100, 200]);
      assert.deepEqual([...shard.outputs.results.y], rows.flat());
    }
    session.dispose();
  });

  it('takes a minibatch whole, and not before it is prepared', () => {
    const session = new CompiledSession(createReferenceDevice(), recipeOf(Float64Array.of(0, 0), table()));
    assert.throws(() => session.run(), /No shards were prepared/);
    assert.throws(() => session.prepare(1, 1, 2, 1), /whole, not in 2 shards/);
    const { moments: _, ...recipe } = recipeOf(Float64Array.of(0, 0), table());
    const forward = new CompiledSession(createReferenceDevice(), recipe);
    forward.prepare(1, 1, 1, 1);
    assert.throws(() => forward.update(descent), /learns nothing/);
  });
});
