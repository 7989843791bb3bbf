/**
 * How the devices of Node are opened, in a worker thread or on the command line. A page's are in
 * `gpuDevices.ts`.
 */
import { InputError, messageOf } from '../common/errors';
import * as l10n from '../common/l10n';
import type { Device } from '../kernels/device';
import type { GpuJsMode } from '../kernels/gpujs/device';
import { createReferenceDevice } from '../kernels/reference/device';
import { devices, devicesIn } from '../kernels/registry';
import type { DeviceIn, DeviceName } from '../kernels/registry';
import { createSimdDevice } from '../kernels/simd/device';
import { startSimdThread } from './node/simdThreads';

type Open = (threads: number) => Device | Promise<Device>;

const open: Readonly<Record<DeviceIn<'node'>, Open>> = {
  simd: (threads) => createSimdDevice({ threads, startThread: startSimdThread }),
  webasm: () => openGpuJs('webasm'),
  cpu: () => openGpuJs('cpu'),
  reference: createReferenceDevice,
};

/** gpu.js is loaded only where one of its devices is opened: that takes time at each start. */
async function openGpuJs(mode: GpuJsMode): Promise<Device> {
  const { createGpuJsDevice } = await import('../kernels/gpujs/device');
  return createGpuJsDevice(mode);
}

/** The names that a person may give, in Node. */
export const nodeDevices = ['auto', ...devicesIn('node')] as const;

/**
 * Opens a device by name, one that makes use of threads on so many. `auto` takes the first that opens:
 * nothing is measured for tagging.
 * @throws {InputError} where Node has no such device, with those it has.
 */
export async function openDevice(name: DeviceName | 'auto', threads: number): Promise<Device> {
  if (name === 'auto') return openFirst(threads);
  const known = devicesIn('node').find((device) => device === name);
  if (known === undefined) throw unavailable(name, l10n.t('it runs in a page, not in Node.'));
  try {
    return await open[known](threads);
  } catch (error) {
    throw unavailable(name, messageOf(error));
  }
}

async function openFirst(threads: number): Promise<Device> {
  const failures: string[] = [];
  for (const candidate of devicesIn('node').filter((name) => devices[name].automatic)) {
    try {
      return await openDevice(candidate, threads);
    } catch (error) {
      failures.push(`${candidate}: ${messageOf(error)}`);
    }
  }
  throw new InputError(l10n.t('No device to compute on. {0}', failures.join('; ')));
}

function unavailable(name: DeviceName, why: string): InputError {
  return new InputError(l10n.t('The device {0} is not available here: {1}', name, why), {
    hint: l10n.t('Available: {0}.', nodeDevices.join(', ')),
  });
}
