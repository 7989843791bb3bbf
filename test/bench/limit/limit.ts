import { registerLoop } from './registerLoop';

/** Additions take three or four cycles and cores do two to four a cycle: one of these fills them without running out of registers. */
const chainCounts = [8, 11, 12, 13, 14];
/** x and y, such that a tends to 1: no zeros, no denormal numbers. */
const [x, y] = [0.75, 0.25];

const loops = chainCounts.map(registerLoop);
const turns = new Map<number, number>();

/** Turns of a loop that take about so long, compiled for good by the time they are known. */
function turnsFor(loop: (typeof loops)[number], ms: number): number {
  const known = turns.get(loop.chains);
  if (known !== undefined) return known;
  let count = 1000;
  for (let took = 0; took < ms; count *= 2) {
    const beganMs = performance.now();
    loop.run(count, x, y);
    took = performance.now() - beganMs;
  }
  turns.set(loop.chains, count / 2);
  return count / 2;
}

/** The limit of one core now, in GFLOP/s: the fastest of several numbers of chains. */
export function multiplyAddLimit(msForEach = 20): number {
  let best = 0;
  for (const loop of loops) {
    const count = turnsFor(loop, msForEach);
    const beganMs = performance.now();
    loop.run(count, x, y);
    best = Math.max(best, (count * loop.operations) / (performance.now() - beganMs) / 1e6);
  }
  return best;
}
