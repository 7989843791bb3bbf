import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spansOf } from '../../../../src/corpus/labels/spans';
import { SpanProbability } from '../../../../src/model/decoding/spanProbability';
import { Decoder } from '../../../../src/model/decoding/viterbi';
import { everySequence, isValid, schemes, scoreOf, tasks } from './sequences';

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-10, `${actual}, not ${expected}`);
}

describe('span probabilities', () => {
  it('are the share of the valid sequences with the span and its labels', () => {
    fc.assert(
      fc.property(tasks, fc.boolean(), ({ labels, scheme, T, scores, A }, withA) => {
        const L = labels.length;
        const named = (sequence: readonly number[]): string[] => sequence.map((label) => labels[label]);
        const valid = everySequence(T, L).filter((sequence) => isValid(named(sequence), scheme));
        fc.pre(valid.length > 0);
        const transitions = withA ? Float64Array.from(A) : undefined;
        const weight = (sequence: readonly number[]): number =>
          Math.exp(scoreOf(sequence, scores, L, withA ? A : undefined));
        const all = valid.reduce((sum, sequence) => sum + weight(sequence), 0);
        const decoded = new Uint16Array(T + 1);
        new Decoder(labels, scheme, transitions).decode(Float64Array.from(scores), 0, T, decoded, 1);
        const probability = new SpanProbability(labels, scheme, transitions);
        probability.take(Float64Array.of(9, ...scores), 1, T);
        for (const span of spansOf(named([...decoded.subarray(1)]), scheme)) {
          const has = (sequence: readonly number[]): boolean =>
            sequence.slice(span.start, span.end).every((label, n) => label === decoded[1 + span.start + n]) &&
            spansOf(named(sequence), scheme).some(
              ({ start, end, type }) => start === span.start && end === span.end && type === span.type,
            );
          near(
            probability.of(span, decoded, 1),
            valid.filter(has).reduce((sum, sequence) => sum + weight(sequence), 0) / all,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of 30,000 labels come from rules, where a matrix would take 7 GB, and agree with those of few labels', () => {
    for (const scheme of schemes.filter((one) => one !== 'none')) {
      const few = ['O', 'B-0', 'I-0', 'E-0', 'S-0', 'B-1', 'I-1', 'E-1', 'S-1'];
      const more = Array.from({ length: 30_000 - few.length }, (_, n) => `${'BIES'[n % 4]}-${2 + (n >> 2)}`);
      const T = 3;
      const of = (labels: readonly string[]): number[] => {
        const L = labels.length;
        // Labels that are not among the few are as good as impossible.
        const scores = Float64Array.from({ length: T * L }, (_, n) =>
          n % L < few.length ? -1 - ((7 * (n % L) + 3 * Math.floor(n / L)) % 5) : -1e6,
        );
        const chosen = new Uint16Array(T);
        new Decoder(labels, scheme).decode(scores, 0, T, chosen, 0);
        const probability = new SpanProbability(labels, scheme);
        probability.take(scores, 0, T);
        const found = spansOf(
          Array.from(chosen, (label) => labels[label]),
          scheme,
        ).map((span) => probability.of(span, chosen, 0));
        return [...chosen, ...found];
      };
      const [all, expected] = [of([...few, ...more]), of(few)];
      assert.equal(all.length, expected.length);
      assert.ok(expected.length > T, scheme);
      all.forEach((value, n) => near(value, expected[n]));
    }
  });

  it('count only what is allowed, and a neighbour that would join', () => {
    const probability = new SpanProbability(['O', 'B-a', 'I-a'], 'IOB2');
    const of = (yHat: number[], span: [number, number], labels: number[]): number => {
      probability.takeProbabilities(Float64Array.of(9, ...yHat), 1, labels.length);
      return probability.of({ start: span[0], end: span[1], type: 'a' }, Uint16Array.from(labels), 0);
    };
    // I-a cannot be first.
    near(of([0.2, 0.3, 0.5], [0, 1], [1]), 0.3 / 0.5);
    // O O, O B, B O, B B, B I.
    near(of([0.4, 0.6, 0, 0.2, 0.3, 0.5], [0, 1], [1, 1]), 0.3 / (0.4 * 0.5 + 0.6));
    near(of([0.4, 0.6, 0, 0.2, 0.3, 0.5], [0, 2], [1, 2]), 0.3 / (0.4 * 0.5 + 0.6));
  });

  it('are numbers from 0 to 1 where probabilities are 0 or labels are not allowed', () => {
    const probability = new SpanProbability(['O', 'B-a', 'I-a'], 'IOB2');
    probability.takeProbabilities(Float32Array.of(0, 0, 1, 0, 0, 1), 0, 2);
    const found = probability.of({ start: 0, end: 2, type: 'a' }, Uint16Array.of(1, 2), 0);
    assert.ok(found > 0.3 && found <= 1, String(found));
    assert.equal(probability.of({ start: 0, end: 2, type: 'a' }, Uint16Array.of(2, 2), 0), 0);
    const impossible = new SpanProbability(['I-a'], 'IOBES');
    impossible.takeProbabilities(Float32Array.of(1), 0, 1);
    assert.equal(impossible.of({ start: 0, end: 1, type: 'a' }, Uint16Array.of(0), 0), 0);
  });
});
