/** The backward operations against finite differences of the forward ones, in float64. */
import { hash32 } from '../../../src/common/random';
import { activationNames, activations } from '../../../src/kernels/activation';
import type { Activation } from '../../../src/kernels/activation';
import type { Direction, Shape } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { compare, jumpsAtZero, noise, runNow, total } from './differences';

/** E = Σ_r e_r · h_r of one sweep; δ = ∂E/∂p, and ∂E/∂U = δᵀ·h_{t−1}. */
async function checkSweep(
  activation: Activation,
  direction: Direction,
  T: number,
  B: number,
  H: number,
  seed: number,
): Promise<void> {
  const R = T * B;
  const column: Shape = { rows: R, columns: 1 };
  const wide: Shape = { rows: R, columns: H };
  const plan = await createReferenceDevice().compile(
    (k, i) => {
      const { h, tape } = k.recur(i.p, i.U, i.h0, i.mask, { activation, direction });
      const delta = k.recurBackward(i.e, tape);
      return { h, error: k.columnSums(k.multiply(h, i.e)), delta, dU: k.outerSum(delta, k.previous(tape)) };
    },
    { p: wide, U: { rows: H, columns: H }, h0: { rows: B, columns: H }, mask: column, e: wide },
  );
  const lengths = Array.from({ length: B }, (_, beta) => (beta === 0 ? T : 1 + (hash32(seed, beta) % T)));
  const inputs = {
    p: noise(R * H, 1, seed),
    U: noise(H * H, 1 / Math.sqrt(H), seed + 1),
    h0: noise(B * H, 0.5, seed + 2),
    mask: Float64Array.from({ length: R }, (_, r) => (Math.floor(r / B) < lengths[r % B] ? 1 : 0)),
    e: noise(R * H, 1, seed + 3),
  };
  if (jumpsAtZero(activation)) keepOffZero(inputs, B, H, activation, direction);
  const { delta, dU } = runNow(plan, inputs);
  const value = (): number => total(runNow(plan, inputs).error);
  compare('δ', inputs.p, delta.slice(), value);
  compare('dU', inputs.U, dU.slice(), value);
}

/** Moves p where s comes near 0, where f has no derivative, step by step in the order of the sweep. */
function keepOffZero(
  { p, U, h0, mask }: Record<'p' | 'U' | 'h0' | 'mask', Float64Array>,
  B: number,
  H: number,
  activation: Activation,
  direction: Direction,
): void {
  const { f } = activations[activation];
  const T = mask.length / B;
  let last: Float64Array = Float64Array.from(h0);
  for (let step = 0; step < T; step++) {
    const t = direction === 'leftToRight' ? step : T - 1 - step;
    const next = new Float64Array(B * H);
    for (let beta = 0; beta < B; beta++) {
      for (let i = 0; i < H; i++) {
        const at = (t * B + beta) * H + i;
        let s = p[at];
        for (let j = 0; j < H; j++) s += U[i * H + j] * last[beta * H + j];
        if (Math.abs(s) < 0.02) {
          p[at] += 0.05;
          s += 0.05;
        }
        next[beta * H + i] = mask[t * B + beta] * f(s);
      }
    }
    last = next;
  }
}

describe('reference: gradients by finite differences', function () {
  this.timeout(600_000);
  for (const activation of activationNames) {
    for (const direction of ['leftToRight', 'rightToLeft'] as const) {
      it(`${activation}, ${direction}, T from 1 to 40, masked`, async () => {
        for (const [T, B, H] of [
          [1, 1, 3],
          [2, 3, 2],
          [3, 1, 5],
          [7, 2, 4],
          [16, 3, 3],
          [40, 2, 4],
        ])
          await checkSweep(activation, direction, T, B, H, T);
      });
    }
  }

  it('an affine of an affine', async () => {
    const [R, N, M, L] = [5, 3, 4, 2];
    const shapes = {
      x: { rows: R, columns: N },
      W: { rows: M, columns: N },
      v: { rows: R, columns: L },
      D: { rows: M, columns: L },
      b: { rows: 1, columns: M },
      e: { rows: R, columns: M },
    };
    const plan = await createReferenceDevice().compile((k, i) => {
      const s = k.affine(i.x, i.W, k.affine(i.v, i.D, i.b));
      const r = k.multiply(i.e, s);
      // E = ½ Σ e ∘ s ∘ s.
      return {
        error: k.columnSums(k.multiply(r, s)),
        x: k.product(r, i.W),
        W: k.outerSum(r, i.x),
        v: k.product(r, i.D),
        D: k.outerSum(r, i.v),
        b: k.columnSums(r),
      };
    }, shapes);
    const inputs = {
      x: noise(R * N, 1, 1),
      W: noise(M * N, 1, 2),
      v: noise(R * L, 1, 3),
      D: noise(M * L, 1, 4),
      b: noise(M, 1, 5),
      e: noise(R * M, 1, 6),
    };
    const gradients = runNow(plan, inputs);
    for (const name of ['x', 'W', 'v', 'D', 'b'] as const)
      compare(`d${name}`, inputs[name], gradients[name].slice(), () => total(runNow(plan, inputs).error) / 2);
  });

  it('softmax with cross-entropy', async () => {
    for (const [R, L] of [
      [1, 2],
      [5, 7],
      [9, 3],
    ]) {
      const column: Shape = { rows: R, columns: 1 };
      const plan = await createReferenceDevice().compile((k, i) => k.softmaxCrossEntropy(i.z, i.y, i.mask), {
        z: { rows: R, columns: L },
        y: column,
        mask: column,
      });
      const inputs = {
        z: noise(R * L, 3, R),
        y: Float64Array.from({ length: R }, (_, r) => hash32(R, r) % L),
        mask: Float64Array.from({ length: R }, (_, r) => (r % 4 === 3 ? 0 : 1)),
      };
      const { dz } = runNow(plan, inputs);
      compare('dz', inputs.z, dz.slice(), () => total(runNow(plan, inputs).loss));
    }
  });
});
