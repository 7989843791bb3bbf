import { availableParallelism } from 'node:os';
import { formatCount } from '../../common/figures';
import * as l10n from '../../common/l10n';

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
    const count = formatCount(asked);
    tell(
      cores === 1
        ? l10n.t('1 thread is used and not {0}: as many as this machine has cores.', count)
        : l10n.t('{0} threads are used and not {1}: as many as this machine has cores.', cores, count),
    );
  }
  return Math.min(asked, cores);
}
