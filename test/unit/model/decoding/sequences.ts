import fc from 'fast-check';
import type { LabelScheme } from '../../../../src/corpus/corpus';
import { parseLabel } from '../../../../src/corpus/labels/notation';
import { mayFollow } from '../../../../src/corpus/labels/validity';

export const schemes: readonly LabelScheme[] = ['none', 'IOB1', 'IOB2', 'IOE1', 'IOE2', 'IOBES'];

/** Every sequence of T labels out of L, by number. */
export function everySequence(T: number, L: number): number[][] {
  let all: number[][] = [[]];
  for (let t = 0; t < T; t++)
    all = all.flatMap((sequence) => Array.from({ length: L }, (_, label) => [...sequence, label]));
  return all;
}

/** Σ_t s[t][y_t], plus the transitions of A, (L+2)×L, if there is one. */
export function scoreOf(
  sequence: readonly number[],
  scores: readonly number[],
  L: number,
  A?: readonly number[],
): number {
  let sum = 0;
  sequence.forEach((label, t) => {
    sum += scores[t * L + label];
    if (A) sum += A[(t === 0 ? L : sequence[t - 1]) * L + label];
  });
  return A ? sum + A[(L + 1) * L + sequence[sequence.length - 1]] : sum;
}

/** Whether labels may be those of a sentence, by the scheme's definition. */
export function isValid(labels: readonly string[], scheme: LabelScheme): boolean {
  const parts = labels.map((label) => parseLabel(label));
  return [...parts, undefined].every((part, t) => mayFollow(parts[t - 1], part, scheme));
}

const names = ['O', 'B', 'I', 'E', 'S', 'B-a', 'I-a', 'M-a', 'E-a', 'S-a', 'B-b', 'I-b', 'L-b', 'odd'];

/** A label set of up to six, its scheme, and a sentence's scores with transitions, some of them equal. */
export const tasks = fc
  .record({
    labels: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 6 }),
    scheme: fc.constantFrom(...schemes),
    T: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ labels, scheme, T }) => {
    const L = labels.length;
    const score = fc.integer({ min: -12, max: 12 }).map((n) => n / 4);
    const numbers = (length: number) => fc.array(score, { minLength: length, maxLength: length });
    return fc.record({
      labels: fc.constant(labels),
      scheme: fc.constant(scheme),
      T: fc.constant(T),
      scores: numbers(T * L),
      A: numbers((L + 2) * L),
    });
  });
