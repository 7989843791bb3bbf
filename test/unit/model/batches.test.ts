import assert from 'node:assert/strict';
import fc from 'fast-check';
import { windowLength } from '../../../src/corpus/windowLength';
import { lengthGrid, longestSentence, paddedLength, planBatches } from '../../../src/model/batches';
import type { Batches } from '../../../src/model/batches';

function startOf(lengths: readonly number[]): Uint32Array {
  const start = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, s) => (start[s + 1] = start[s] + length));
  return start;
}

const steps = (batches: Batches) => Array.from({ length: batches.sweeps }, (_, i) => batches.sweep(i));
const lengths = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.nat(60) },
    { weight: 1, arbitrary: fc.integer({ min: 500, max: 1700 }) },
  ),
  { maxLength: 200 },
);

describe('the length grid', () => {
  it('rises from 4 to the longest sentence in at most 24 geometric steps', () => {
    for (let longest = 1; longest <= 600; longest++) {
      const grid = lengthGrid(longest);
      assert.ok(grid.length <= 24);
      assert.equal(grid.at(-1), Math.min(longest, windowLength));
      assert.ok(grid.every((length, i) => i === 0 || length > grid[i - 1]));
    }
    assert.deepEqual(
      lengthGrid(512),
      [4, 5, 7, 8, 10, 12, 15, 18, 22, 27, 33, 41, 51, 63, 77, 95, 117, 145, 179, 221, 272, 336, 415, 512],
    );
  });

  it('pads up to the next length', () => {
    const grid = [4, 6, 9];
    assert.deepEqual(
      [1, 4, 5, 6, 7, 9, 10].map((length) => paddedLength(length, grid)),
      [4, 4, 6, 6, 9, 9, 9],
    );
  });
});

describe('minibatches', () => {
  it('hold each token exactly once an epoch, in order within its sentence', () => {
    fc.assert(
      fc.property(
        lengths,
        fc.integer({ min: 1, max: 9 }),
        fc.option(fc.nat(1000), { nil: undefined }),
        (drawn, batch, seed) => {
          const start = startOf(drawn);
          const grid = lengthGrid(longestSentence(start));
          const next = start.slice(0, -1);
          let tokens = 0;
          for (const step of steps(
            planBatches(start, batch, grid, seed === undefined ? undefined : { seed, epoch: 1 }),
          )) {
            assert.equal(step.sentences.length, batch);
            assert.ok(grid.includes(step.length));
            assert.equal(step.count, step.sentences.filter((s) => s >= 0).length);
            assert.ok(step.count > 0 && step.tokens > 0);
            let inStep = 0;
            for (const s of step.sentences) {
              if (s < 0) continue;
              const from = Math.min(start[s] + step.offset, start[s + 1]);
              const to = Math.min(start[s] + step.offset + step.length, start[s + 1]);
              if (from < to) assert.equal(next[s], from);
              next[s] = Math.max(next[s], to);
              inStep += to - from;
            }
            assert.equal(step.tokens, inStep);
            tokens += inStep;
          }
          assert.equal(tokens, start[drawn.length]);
          assert.deepEqual(next, start.slice(1));
        },
      ),
    );
  });

  it('have as many steps in every epoch, and windows of a sentence follow one another', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 9 }), fc.nat(1000), (drawn, batch, seed) => {
        const start = startOf(drawn);
        const grid = lengthGrid(longestSentence(start));
        const number = planBatches(start, batch, grid).sweeps;
        for (const epoch of [1, 2, 3]) {
          const all = steps(planBatches(start, batch, grid, { seed, epoch }));
          assert.equal(all.length, number);
          all.forEach((step, i) => {
            if (step.offset === 0) return;
            assert.equal(all[i - 1].offset, step.offset - windowLength);
            assert.deepEqual(all[i - 1].sentences, step.sentences);
          });
        }
      }),
    );
  });

  it('come in an order that seed and epoch fix', () => {
    const start = startOf(Array.from({ length: 300 }, (_, s) => 1 + (s % 40)));
    const order = (seed: number, epoch: number) =>
      steps(planBatches(start, 4, lengthGrid(40), { seed, epoch })).flatMap((step) => [...step.sentences]);
    assert.deepEqual(order(1, 1), order(1, 1));
    assert.notDeepEqual(order(1, 1), order(1, 2));
    assert.notDeepEqual(order(1, 1), order(2, 1));
  });

  it('put sentences of like lengths together: less than a tenth of the rows is padding', () => {
    // Lengths as in running text: most from 5 to 40 tokens, a few up to 150.
    const start = startOf(
      Array.from(
        { length: 3000 },
        (_, s) => 1 + Math.floor(150 * (((s * 2654435761) >>> 0) / 2 ** 32) ** 3.5),
      ),
    );
    const batches = steps(planBatches(start, 8, lengthGrid(longestSentence(start)), { seed: 1, epoch: 1 }));
    const rows = batches.reduce((sum, step) => sum + step.length * step.sentences.length, 0);
    assert.ok(1 - start[3000] / rows < 0.1, String(1 - start[3000] / rows));
  });
});
