/** The devices of Node: opened in a worker thread or on the command line. A page's are in `gpuDevices.ts`. */
import { InputError, messageOf } from '../common/errors';
import type { Device } from '../kernels/device';
import { createGpuJsDevice } from '../kernels/gpujs/device';
import type { DeviceName } from '../kernels/kernels';
import { createReferenceDevice } from '../kernels/reference/device';
import { createSimdDevice } from '../kernels/simd/device';
import { startSimdThread } from './node/simdThreads';

/** What `auto` tries where nothing is measured (for tagging), in this order. */
const automatic: readonly DeviceName[] = ['simd', 'webasm', 'cpu'];

/** The names that a person may give, in Node. */
export const nodeDevices: readonly (DeviceName | 'auto')[] = ['auto', 'simd', 'webasm', 'cpu', 'reference'];

/**
 * Opens a device by name, `simd` on so many threads.
 * @throws {InputError} where this place has no such device, with those it has.
 */
export async function openDevice(name: DeviceName | 'auto', threads: number): Promise<Device> {
  if (name === 'auto') {
    const failures: string[] = [];
    for (const candidate of automatic) {
      try {
        return await openDevice(candidate, threads);
      } catch (error) {
        failures.push(`${candidate}: ${messageOf(error)}`);
      }
    }
    throw new InputError(`No device to compute on. ${failures.join('; ')}`);
  }
  if (name === 'reference') return createReferenceDevice();
  try {
    if (name === 'simd') return createSimdDevice({ threads, startThread: startSimdThread });
    // Threads of webasm meet after every kernel call: on these networks they cost more than they bring.
    return await createGpuJsDevice(name);
  } catch (error) {
    throw unavailable(name, messageOf(error));
  }
}

function unavailable(name: DeviceName, why: string): InputError {
  return new InputError(`The device ${name} is not available here: ${why}`, {
    hint: `Available: ${nodeDevices.join(', ')}.`,
  });
}
