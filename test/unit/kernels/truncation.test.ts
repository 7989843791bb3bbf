/**
 * Truncated BPTT against finite differences, in float64, of a network whose states between blocks are held
 * constant.
 */
import assert from 'node:assert/strict';
import { hash32 } from '../../../src/common/random';
import type { Direction, Matrix, RecurrenceOptions, Shape } from '../../../src/kernels/kernels';
import type { Plan } from '../../../src/kernels/program';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { compare, noise, runNow, total } from './differences';

type Inputs = Record<'p' | 'U' | 'h0' | 'mask' | 'e', Float64Array<ArrayBuffer>>;
type Outputs = Record<'h' | 'hLast' | 'error' | 'delta' | 'dU', Matrix>;

/** E = Σ_r e_r · h_r of one sweep, and its gradients. */
function sweep(
  T: number,
  B: number,
  H: number,
  options: RecurrenceOptions,
): Promise<Plan<Record<keyof Inputs, Shape>, Outputs>> {
  const wide = { rows: T * B, columns: H };
  return createReferenceDevice().compile(
    (k, i) => {
      const { h, hLast, tape } = k.recur(i.p, i.U, i.h0, i.mask, options);
      const delta = k.recurBackward(i.e, tape);
      return {
        h,
        hLast,
        error: k.columnSums(k.multiply(h, i.e)),
        delta,
        dU: k.outerSum(delta, k.previous(tape)),
      };
    },
    {
      p: wide,
      U: { rows: H, columns: H },
      h0: { rows: B, columns: H },
      mask: { rows: T * B, columns: 1 },
      e: wide,
    },
  );
}

function inputsFor(T: number, B: number, H: number): Inputs {
  const R = T * B;
  const lengths = Array.from({ length: B }, (_, beta) => (beta === 0 ? T : 1 + (hash32(T, beta) % T)));
  const mask = Float64Array.from({ length: R }, (_, r) => (Math.floor(r / B) < lengths[r % B] ? 1 : 0));
  return {
    p: noise(R * H, 1, 1),
    U: noise(H * H, 1.5 / Math.sqrt(H), 2),
    h0: noise(B * H, 0.5, 3),
    mask,
    e: noise(R * H, 1, 4),
  };
}

/** The error of all blocks, each a sweep of its own that starts from a state that is given. */
class Blocks {
  private readonly borders: Float64Array<ArrayBuffer>[] = [];

  private constructor(
    private readonly plans: readonly Plan<Record<keyof Inputs, Shape>, Outputs>[],
    /** First token of each block, and the one after its last. */
    private readonly spans: readonly (readonly [number, number])[],
    private readonly B: number,
    private readonly H: number,
  ) {}

  static async of(T: number, B: number, H: number, tau: number, direction: Direction): Promise<Blocks> {
    const spans = Array.from({ length: Math.ceil(T / tau) }, (_, block): readonly [number, number] => {
      return [block * tau, Math.min(T, (block + 1) * tau)];
    });
    if (direction === 'rightToLeft') spans.reverse();
    const plans = await Promise.all(
      spans.map(([first, end]) => sweep(end - first, B, H, { activation: 'tanh', direction })),
    );
    return new Blocks(plans, spans, B, H);
  }

  /** Keeps the states that the blocks start from. */
  hold(inputs: Inputs): void {
    let state = inputs.h0;
    for (const block of this.plans.keys()) {
      this.borders[block] = state;
      state = Float64Array.from(this.run(block, inputs).hLast);
    }
  }

  error(inputs: Inputs): number {
    let sum = 0;
    for (const block of this.plans.keys()) sum += total(this.run(block, inputs).error);
    return sum;
  }

  private run(block: number, { p, U, mask, e }: Inputs): ReturnType<typeof runNow<keyof Inputs, Outputs>> {
    const [first, end] = this.spans[block].map((token) => token * this.B);
    const rows = (data: Float64Array<ArrayBuffer>, width: number): Float64Array<ArrayBuffer> =>
      data.slice(first * width, end * width);
    return runNow(this.plans[block], {
      p: rows(p, this.H),
      U,
      h0: this.borders[block],
      mask: rows(mask, 1),
      e: rows(e, this.H),
    });
  }
}

describe('reference: truncated BPTT', () => {
  for (const direction of ['leftToRight', 'rightToLeft'] as const) {
    it(`is the gradient of blocks that start from constant states, ${direction}`, async () => {
      for (const [T, B, H, truncation] of [
        [7, 2, 3, 3],
        [8, 1, 4, 4],
        [5, 3, 2, 1],
        [6, 2, 3, 5],
      ]) {
        const inputs = inputsFor(T, B, H);
        const { delta, dU } = runNow(
          await sweep(T, B, H, { activation: 'tanh', direction, truncation }),
          inputs,
        );
        const blocks = await Blocks.of(T, B, H, truncation, direction);
        blocks.hold(inputs);
        compare(`δ, τ=${truncation}`, inputs.p, delta.slice(), () => blocks.error(inputs));
        compare(`dU, τ=${truncation}`, inputs.U, dU.slice(), () => blocks.error(inputs));
      }
    });

    it(`is full BPTT where one block holds all steps, ${direction}`, async () => {
      const inputs = inputsFor(6, 2, 3);
      const whole = runNow(await sweep(6, 2, 3, { activation: 'tanh', direction }), inputs);
      for (const truncation of [0, 6, 7]) {
        const { h, delta } = runNow(
          await sweep(6, 2, 3, { activation: 'tanh', direction, truncation }),
          inputs,
        );
        assert.deepEqual(delta, whole.delta);
        assert.deepEqual(h, whole.h);
      }
      const { h, delta } = runNow(
        await sweep(6, 2, 3, { activation: 'tanh', direction, truncation: 2 }),
        inputs,
      );
      assert.deepEqual(h, whole.h);
      assert.notDeepEqual(delta, whole.delta);
    });
  }
});
