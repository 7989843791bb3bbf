/** Where the command line can train and tag here. */
import { availableParallelism } from 'node:os';
import { devices, devicesIn } from '../src/kernels/registry';
import type { Place } from './commandLine';

const cores = availableParallelism();

/**
 * Each device on one thread, and those that use threads on all cores.
 * @param slow with float64, too.
 */
export function places(slow: boolean): Place[] {
  return devicesIn('node')
    .filter((device) => slow || devices[device].automatic)
    .flatMap((device) =>
      (devices[device].threaded && cores > 1 ? [1, cores] : [1]).map((threads) => ({ device, threads })),
    );
}
