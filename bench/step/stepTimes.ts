/** Steps of a contender that is prepared, in whatever it runs in. */
import { median } from '../statistics';
import type { PreparedStep } from './contender';

/**
 * Like PyTorch's script: each step is timed by itself, the first ones are not (the other processes have had
 * the caches).
 */
const untimedSteps = 3;
/** Of a device that takes longer for one than a round is. */
const leastSteps = 2;

/** The losses of the next steps. */
export async function nextLosses(prepared: PreparedStep, steps: number): Promise<number[]> {
  const losses: number[] = [];
  for (let n = 0; n < steps; n++) losses.push(await prepared.step());
  return losses;
}

/** Steps for so long, but at least a few. @returns the median, and of how many steps. */
export async function timeSteps(
  prepared: PreparedStep,
  roundMs: number,
): Promise<{ ms: number; steps: number }> {
  const times: number[] = [];
  const endMs = performance.now() + roundMs;
  let beganMs = performance.now();
  for (let n = 0; times.length < leastSteps || beganMs < endMs; n++) {
    const loss = prepared.step();
    const value = loss instanceof Promise ? await loss : loss;
    const endedMs = performance.now();
    if (n >= untimedSteps || (n > 0 && beganMs >= endMs)) times.push(endedMs - beganMs);
    beganMs = endedMs;
    if (!Number.isFinite(value)) throw new Error(`The loss became ${value}.`);
  }
  return { ms: median(times), steps: times.length };
}
