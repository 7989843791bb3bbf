import { registerLoop, registerLoopModule } from './registerLoop';
import type { RegisterLoop } from './registerLoop';

/**
 * Additions take three or four cycles and cores do two to four a cycle: one of these fills them without
 * running out of registers.
 */
const chainCounts = [8, 11, 12, 13, 14];
/** x and y, such that a tends to 1: no zeros, no denormal numbers. */
const [x, y] = [0.75, 0.25];

/** Where there is a fused multiply-add, kernels use it, and it sets the limit. */
export const fused = WebAssembly.validate(registerLoopModule(1, true));
const loops = chainCounts.map((chains) => registerLoop(chains, fused));
/** Turns of each loop that take a slice, once that is known. */
const turns = new Map<RegisterLoop, number>();

/**
 * A round is so many slices of so long, of which the fastest counts: what takes the core away for a moment,
 * on a machine that others use too, is neither the kernel's speed nor the limit's. Kernels are measured in
 * the same way.
 */
export const sliceMs = 2;

/** Turns of a loop that take a slice. By the time they are known, it has been compiled for good. */
function turnsOf(loop: RegisterLoop): number {
  const known = turns.get(loop);
  if (known !== undefined) return known;
  let count = 1000;
  for (let tookMs = 0; tookMs < 10 * sliceMs; count *= 2) {
    const beganMs = performance.now();
    loop.run(count, x, y);
    tookMs = performance.now() - beganMs;
  }
  const found = Math.ceil(count / 20);
  turns.set(loop, found);
  return found;
}

/** The limit of one core now, in GFLOP/s: the fastest of several numbers of chains. */
export function multiplyAddLimit(slices = 8): number {
  let best = 0;
  for (let slice = 0; slice < slices; slice++) {
    for (const loop of loops) {
      const count = turnsOf(loop);
      const beganMs = performance.now();
      loop.run(count, x, y);
      best = Math.max(best, (count * loop.operations) / (performance.now() - beganMs) / 1e6);
    }
  }
  return best;
}
