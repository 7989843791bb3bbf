/** Where the command line can train and tag here. */
import { availableParallelism } from 'node:os';
import type { DeviceName } from '../src/kernels/kernels';
import type { Place } from './commandLine';

const cores = availableParallelism();
const devices: readonly DeviceName[] = ['simd', 'webasm', 'cpu', 'reference'];

/**
 * Each device on one thread, and `simd` on all cores; gpu.js's threads do not pay for these sizes.
 * @param slow with float64, too.
 */
export function places(slow: boolean): Place[] {
  return devices
    .filter((device) => slow || device !== 'reference')
    .flatMap((device) =>
      (device === 'simd' && cores > 1 ? [1, cores] : [1]).map((threads) => ({ device, threads })),
    );
}
