import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ChainMarginals } from '../../../../src/model/decoding/marginals';
import { MatrixScores } from '../../../../src/model/decoding/transitionScores';
import { everySequence, scoreOf } from './sequences';

/** A sentence of T tokens with L labels, z and A; some scores far apart or −∞. */
const sentences = fc
  .record({
    T: fc.integer({ min: 1, max: 4 }),
    L: fc.integer({ min: 1, max: 4 }),
    spread: fc.constantFrom(1, 1000),
  })
  .chain(({ T, L, spread }) => {
    const score = fc.double({ min: -3 * spread, max: 3 * spread, noNaN: true });
    const orNever = fc.oneof(
      { weight: 9, arbitrary: score },
      { weight: 1, arbitrary: fc.constant(-Infinity) },
    );
    const numbers = (length: number) => fc.array(orNever, { minLength: length, maxLength: length });
    return fc.record({ T: fc.constant(T), L: fc.constant(L), z: numbers(T * L), A: numbers((L + 2) * L) });
  });

/** log Z, and the probability of those sequences that `counts` takes, by enumeration. */
function enumerate(T: number, L: number, z: readonly number[], A: readonly number[]) {
  const scored = everySequence(T, L).map((sequence) => ({ sequence, score: scoreOf(sequence, z, L, A) }));
  const most = Math.max(...scored.map(({ score }) => score));
  const sum = scored.reduce((total, { score }) => total + Math.exp(score - most), 0);
  const probability = (counts: (sequence: readonly number[]) => boolean): number =>
    scored.reduce(
      (total, { sequence, score }) => total + (counts(sequence) ? Math.exp(score - most) / sum : 0),
      0,
    );
  return { possible: most > -Infinity, logZ: most + Math.log(sum), probability };
}

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, not ${expected}`);
}

/** The labels that are marked with 1. */
function marked(marks: readonly number[], L: number): number[] {
  return Array.from({ length: L }, (_, label) => label).filter((label) => marks[label] === 1);
}

describe('marginals of a chain', () => {
  it('are what enumeration of all sequences gives, log Z too', () => {
    fc.assert(
      fc.property(sentences, ({ T, L, z, A }) => {
        const { possible, logZ, probability } = enumerate(T, L, z, A);
        const chain = new ChainMarginals(new MatrixScores(L, Float64Array.from(A)));
        const total = chain.take(Float64Array.of(9, ...z), 1, T);
        if (!possible) {
          assert.equal(total, -Infinity);
          return;
        }
        near(total, logZ, 1e-12 * (1 + Math.abs(logZ)));
        const out = new Float64Array(T * L + 2).fill(7);
        chain.marginals(out, 1);
        assert.deepEqual([out[0], out[T * L + 1]], [7, 7]);
        for (let t = 0; t < T; t++)
          for (let l = 0; l < L; l++)
            near(
              out[1 + t * L + l],
              probability((sequence) => sequence[t] === l),
              1e-10,
            );
      }),
      { numRuns: 500 },
    );
  });

  it('are softmax where there are no transitions', () => {
    const L = 3;
    const chain = new ChainMarginals(new MatrixScores(L, new Float32Array((L + 2) * L)));
    const z = Float32Array.of(0, 1, 2, -5, 0, 5);
    chain.take(z, 0, 2);
    const out = new Float64Array(6);
    chain.marginals(out, 0);
    for (let t = 0; t < 2; t++) {
      const row = Array.from(z.subarray(t * L, (t + 1) * L), Math.exp);
      row.forEach((value, l) => near(out[t * L + l], value / row.reduce((a, b) => a + b), 1e-12));
    }
  });

  it('hold over long sentences, where sums of exponentials leave float64', () => {
    const L = 2;
    const T = 5000;
    const z = Float64Array.from({ length: T * L }, (_, n) => 10 + Math.sin(n));
    const chain = new ChainMarginals(new MatrixScores(L, Float64Array.of(1, -1, -1, 1, 0, 0, 0, 0)));
    assert.ok(chain.take(z, 0, T) > 10 * T);
    const out = new Float64Array(T * L);
    chain.marginals(out, 0);
    for (let t = 0; t < T; t++) near(out[t * L] + out[t * L + 1], 1, 1e-9);
  });

  it('lose nothing where exponentials get near the least that float64 holds', () => {
    const chain = new ChainMarginals(new MatrixScores(2, Float64Array.of(-800, 0, 0, 0, 0, 0, 0, 0)));
    near(chain.take(Float64Array.of(0, -740, 0, -5000), 0, 2), -740, 1e-12);
  });

  it('do not depend on the sentences before', () => {
    const L = 3;
    const numbers = (length: number): Float64Array<ArrayBuffer> =>
      Float64Array.from({ length }, (_, n) => Math.sin(n * n + length));
    const A = numbers((L + 2) * L);
    const used = new ChainMarginals(new MatrixScores(L, A));
    for (const T of [4, 100, 1, 0, 300, 7]) {
      const fresh = new ChainMarginals(new MatrixScores(L, A));
      assert.equal(used.take(numbers(T * L), 0, T), fresh.take(numbers(T * L), 0, T));
      const [first, second] = [used, fresh].map((chain) => {
        const out = new Float64Array(T * L);
        chain.marginals(out, 0);
        return out;
      });
      assert.deepEqual(first, second);
    }
  });

  it('give the probability of a run of labels and of what is not beside it', () => {
    const marks = fc.array(fc.constantFrom(0, 1), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        sentences,
        fc.nat(),
        fc.nat(),
        fc.nat(),
        marks,
        marks,
        ({ T, L, z, A }, a, b, c, before, behind) => {
          const { possible, probability } = enumerate(T, L, z, A);
          fc.pre(possible);
          const start = a % T;
          const end = start + 1 + (b % (T - start));
          const labels = Array.from({ length: T }, (_, t) => (c + t * t) % L);
          const chain = new ChainMarginals(new MatrixScores(L, Float64Array.from(A)));
          chain.take(Float64Array.from(z), 0, T);
          const expected = probability(
            (sequence) =>
              labels.slice(start, end).every((label, n) => sequence[start + n] === label) &&
              (start === 0 || before[sequence[start - 1]] === 0) &&
              (end === T || behind[sequence[end]] === 0),
          );
          near(
            chain.runProbability(
              start,
              end,
              Uint16Array.of(99, ...labels),
              1,
              marked(before, L),
              marked(behind, L),
            ),
            expected,
            1e-10,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
