import { availableParallelism } from 'node:os';
import { formatCount } from '../../common/figures';

/**
 * How many threads to take where so many are asked for (0: `otherwise`): at most as many as the machine has
 * cores, since more are no faster and each takes memory. `tell` hears where it is fewer than were asked for.
 */
export function threadsFor(
  asked: number,
  otherwise: number,
  tell: (message: string) => void,
  cores = availableParallelism(),
): number {
  if (asked === 0) return otherwise;
  if (asked > cores) {
    const taken = cores === 1 ? '1 thread is' : `${cores} threads are`;
    const count = formatCount(asked);
    tell(`${taken} used and not ${count}: as many as this machine has cores.`);
  }
  return Math.min(asked, cores);
}
