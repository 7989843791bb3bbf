import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme } from '../../../../src/corpus/corpus';
import { Decoder } from '../../../../src/model/decoding/viterbi';
import { everySequence, isValid, scoreOf, tasks } from './sequences';

function decode(decoder: Decoder, scores: readonly number[], T: number): number[] {
  const out = new Uint16Array(T + 2).fill(999);
  decoder.decode(Float64Array.of(NaN, ...scores), 1, T, out, 1);
  assert.deepEqual([out[0], out[T + 1]], [999, 999]);
  return Array.from(out.subarray(1, T + 1));
}

function largestOf(scores: readonly number[], T: number, L: number): number[] {
  return Array.from({ length: T }, (_, t) => {
    const row = scores.slice(t * L, (t + 1) * L);
    return row.indexOf(Math.max(...row));
  });
}

/** The best score of all valid sequences; −∞ where there is none. */
function bestScore(
  labels: readonly string[],
  scheme: LabelScheme,
  T: number,
  scores: readonly number[],
  A?: readonly number[],
): number {
  const valid = everySequence(T, labels.length).filter((sequence) =>
    isValid(
      sequence.map((label) => labels[label]),
      scheme,
    ),
  );
  return valid.reduce(
    (best, sequence) => Math.max(best, scoreOf(sequence, scores, labels.length, A)),
    -Infinity,
  );
}

describe('decoding', () => {
  it('finds the best of all valid sequences', () => {
    fc.assert(
      fc.property(tasks, fc.boolean(), ({ labels, scheme, T, scores, A }, withA) => {
        const L = labels.length;
        const found = decode(
          new Decoder(labels, scheme, withA ? Float32Array.from(A) : undefined),
          scores,
          T,
        );
        const best = bestScore(labels, scheme, T, scores, withA ? A : undefined);
        if (best === -Infinity) {
          assert.deepEqual(found, largestOf(scores, T, L));
        } else {
          assert.ok(
            isValid(
              found.map((label) => labels[label]),
              scheme,
            ),
          );
          assert.equal(scoreOf(found, scores, L, withA ? A : undefined), best);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes each token’s largest score where they make a valid sequence, of equal ones the lowest', () => {
    fc.assert(
      fc.property(tasks, ({ labels, scheme, T, scores }) => {
        const largest = largestOf(scores, T, labels.length);
        fc.pre(
          isValid(
            largest.map((label) => labels[label]),
            scheme,
          ),
        );
        assert.deepEqual(decode(new Decoder(labels, scheme), scores, T), largest);
      }),
    );
  });

  it('goes from ŷ to the labels of its logarithms', () => {
    fc.assert(
      fc.property(tasks, ({ labels, scheme, T, scores }) => {
        const decoder = new Decoder(labels, scheme);
        const out = new Uint16Array(T);
        decoder.decodeProbabilities(Float64Array.of(0, ...scores.map(Math.exp)), 1, T, out, 0);
        const best = bestScore(labels, scheme, T, scores);
        if (best > -Infinity) assert.ok(Math.abs(scoreOf([...out], scores, labels.length) - best) < 1e-9);
        else assert.deepEqual([...out], largestOf(scores, T, labels.length));
      }),
    );
  });

  it('never gives an invalid sequence, whatever the numbers', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(-Infinity, NaN, 0, -1e30));
    const labels = ['O', 'B-a', 'I-a', 'E-a', 'S-a', 'B-b', 'I-b', 'E-b', 'S-b', 'odd'];
    const sentences = fc
      .integer({ min: 0, max: 30 })
      .chain((T) => fc.array(number, { minLength: T * labels.length, maxLength: T * labels.length }));
    for (const scheme of ['IOB1', 'IOB2', 'IOE1', 'IOE2', 'IOBES'] as const) {
      const decoder = new Decoder(labels, scheme);
      fc.assert(
        fc.property(sentences, (scores) => {
          const found = decode(decoder, scores, scores.length / labels.length).map((label) => labels[label]);
          assert.ok(isValid(found, scheme), found.join(' '));
        }),
        { numRuns: 50 },
      );
    }
  });

  it('gives the same labels when its buffers are used again for longer and shorter sentences', () => {
    const labels = ['O', 'B-a', 'I-a', 'B-b', 'I-b'];
    const L = labels.length;
    const sentence = (T: number): number[] => Array.from({ length: T * L }, (_, n) => Math.sin(n * n + T));
    const A = Float64Array.from(sentence(L + 2));
    for (const transitions of [undefined, A]) {
      const used = new Decoder(labels, 'IOB2', transitions);
      for (const T of [1, 40, 3, 600, 2, 0, 1300, 5])
        assert.deepEqual(
          decode(used, sentence(T), T),
          decode(new Decoder(labels, 'IOB2', transitions), sentence(T), T),
        );
    }
  });

  it('repairs a span that begins with I at the least cost', () => {
    const labels = ['O', 'B-a', 'I-a'];
    const out = new Uint16Array(3);
    const decoder = new Decoder(labels, 'IOB2');
    decoder.decodeProbabilities(Float32Array.of(0.9, 0.05, 0.05, 0.1, 0.3, 0.6, 0.1, 0.1, 0.8), 0, 3, out, 0);
    assert.deepEqual([...out], [0, 1, 2]);
    decoder.decodeProbabilities(Float32Array.of(0.9, 0.1, 0, 0.48, 0, 0.52, 0.9, 0.1, 0), 0, 3, out, 0);
    assert.deepEqual([...out], [0, 0, 0]);
  });

  it('takes labels of probability 0 where the scheme allows no others', () => {
    const never = -Infinity;
    const scores = [never, never, 0, never, never, 0];
    assert.deepEqual(decode(new Decoder(['O', 'B-a', 'I-a'], 'IOB2'), scores, 2), [1, 2]);
    assert.deepEqual(
      decode(new Decoder(['O', 'B-a', 'I-a'], 'IOB2', new Float32Array(15)), scores, 2),
      [1, 2],
    );
  });

  it('gives each token its best label where the label set leaves no valid sequence', () => {
    const scores = [0, 1, 1, 0];
    assert.deepEqual(decode(new Decoder(['B-a', 'I-a'], 'IOBES'), scores, 2), [1, 0]);
    assert.deepEqual(decode(new Decoder(['I-a', 'I-b'], 'IOB2', new Float64Array(8)), scores, 2), [1, 0]);
  });
});
