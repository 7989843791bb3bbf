/**
 * The conditional random field of the reference, against all label sequences one by one, and against finite
 * differences.
 */
import assert from 'node:assert/strict';
import { hash32 } from '../../../src/common/random';
import type { ConditionalRandomField, Shape } from '../../../src/kernels/kernels';
import type { Plan } from '../../../src/kernels/program';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { compare, noise, runNow, total } from './differences';

type Inputs = Record<'z' | 'y' | 'mask' | 'A', Float64Array<ArrayBuffer>>;

interface Sizes {
  readonly T: number;
  readonly B: number;
  readonly L: number;
}

function planOf({ T, B, L }: Sizes): Promise<Plan<Record<keyof Inputs, Shape>, ConditionalRandomField>> {
  const column = { rows: T * B, columns: 1 };
  return createReferenceDevice().compile((k, i) => ({ ...k.crf(i.z, i.y, i.mask, i.A, B) }), {
    z: { rows: T * B, columns: L },
    y: column,
    mask: column,
    A: { rows: L + 2, columns: L },
  });
}

/** Sentences of T tokens, of fewer, and of none: sentence β has T − β. */
function inputsOf({ T, B, L }: Sizes, scale: number): Inputs {
  const rows = Array.from({ length: T * B }, (_, r) => ({ t: Math.floor(r / B), beta: r % B }));
  return {
    z: noise(T * B * L, scale, T + L),
    y: Float64Array.from(rows, (_, r) => hash32(T, r) % L),
    mask: Float64Array.from(rows, ({ t, beta }) => (t < T - beta ? 1 : 0)),
    A: noise((L + 2) * L, scale, B + L),
  };
}

/** All sequences of n labels. */
function sequences(n: number, L: number): number[][] {
  if (n === 0) return [[]];
  return sequences(n - 1, L).flatMap((start) => Array.from({ length: L }, (_, l) => [...start, l]));
}

/**
 * What each label pair and each label of a sequence counts: the score's gradient, entry by entry of A and z.
 */
function usesOf(
  labels: readonly number[],
  L: number,
): { readonly A: readonly number[]; readonly z: readonly number[] } {
  const pairs = labels.slice(1).map((label, t) => labels[t] * L + label);
  return {
    A: [L * L + labels[0], ...pairs, (L + 1) * L + labels[labels.length - 1]],
    z: labels.map((label, t) => t * L + label),
  };
}

/** −log p(y | z) of a sentence and its gradients, by enumeration. z: the sentence's rows. */
function enumerated(
  z: readonly number[],
  y: readonly number[],
  A: Float64Array,
  L: number,
): { readonly loss: number; readonly dz: number[]; readonly dA: number[] } {
  const score = (labels: readonly number[]): number => {
    const uses = usesOf(labels, L);
    return uses.A.reduce((sum, at) => sum + A[at], 0) + uses.z.reduce((sum, at) => sum + z[at], 0);
  };
  const all = sequences(y.length, L);
  const scores = all.map(score);
  const largest = Math.max(...scores);
  const partition = scores.reduce((sum, value) => sum + Math.exp(value - largest), 0);
  const dz = z.map(() => 0);
  const dA = Array.from(A, () => 0);
  const count = (labels: readonly number[], p: number): void => {
    const uses = usesOf(labels, L);
    for (const at of uses.A) dA[at] += p;
    for (const at of uses.z) dz[at] += p;
  };
  for (const [k, labels] of all.entries()) count(labels, Math.exp(scores[k] - largest) / partition);
  count(y, -1);
  return { loss: largest + Math.log(partition) - score(y), dz, dA };
}

function near(actual: number, expected: number, what: string): void {
  assert.ok(
    Math.abs(actual - expected) <= 1e-10 * Math.max(1, Math.abs(expected)),
    `${what} is ${actual} instead of ${expected}`,
  );
}

describe('reference: conditional random field', () => {
  for (const sizes of [
    { T: 1, B: 1, L: 1 },
    { T: 1, B: 2, L: 3 },
    { T: 3, B: 4, L: 2 },
    { T: 4, B: 3, L: 3 },
    { T: 5, B: 2, L: 4 },
  ]) {
    for (const scale of [2, 50]) {
      it(`agrees with the sum over all label sequences, T=${sizes.T} B=${sizes.B} L=${sizes.L}, scores to ±${scale}`, async () => {
        const { T, B, L } = sizes;
        const inputs = inputsOf(sizes, scale);
        const { dz, dA, loss } = runNow(await planOf(sizes), inputs);
        const expectedA = Array.from(dA, () => 0);
        for (let beta = 0; beta < B; beta++) {
          const rows = Array.from({ length: T }, (_, t) => t * B + beta);
          const own = rows.filter((r) => inputs.mask[r] === 1);
          for (const r of rows.slice(own.length))
            assert.deepEqual([loss[r], ...dz.slice(r * L, (r + 1) * L)], Array(L + 1).fill(0));
          if (own.length === 0) continue;
          const expected = enumerated(
            own.flatMap((r) => [...inputs.z.slice(r * L, (r + 1) * L)]),
            own.map((r) => inputs.y[r]),
            inputs.A,
            L,
          );
          near(
            own.reduce((sum, r) => sum + loss[r], 0),
            expected.loss,
            'loss',
          );
          for (const [t, r] of own.entries())
            for (let l = 0; l < L; l++) near(dz[r * L + l], expected.dz[t * L + l], `dz[${r}][${l}]`);
          for (const [at, value] of expected.dA.entries()) expectedA[at] += value;
          for (const r of own) assert.ok(loss[r] >= -1e-10);
        }
        for (const [at, value] of expectedA.entries()) near(dA[at], value, `dA[${at}]`);
      });
    }
  }

  it('has the gradients that finite differences give', async () => {
    for (const sizes of [
      { T: 1, B: 1, L: 3 },
      { T: 6, B: 3, L: 4 },
      { T: 20, B: 2, L: 7 },
    ]) {
      const plan = await planOf(sizes);
      const inputs = inputsOf(sizes, 2);
      const gradients = runNow(plan, inputs);
      const value = (): number => total(runNow(plan, inputs).loss);
      compare('dz', inputs.z, gradients.dz.slice(), value);
      compare('dA', inputs.A, gradients.dA.slice(), value);
    }
  });
});
