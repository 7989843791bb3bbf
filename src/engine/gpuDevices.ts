/** The devices of a page: gpu.js's GPU modes. What Node alone can open stays out of a page's bundle. */
import { InputError, messageOf } from '../common/errors';
import type { Device } from '../kernels/device';
import { createGpuJsDevice } from '../kernels/gpujs/device';
import type { DeviceName } from '../kernels/kernels';

export const gpuDevices = ['webgpu', 'webgl2'] as const satisfies readonly DeviceName[];

/**
 * Opens a GPU.
 * @throws {InputError} where the page has no such device, with the reason.
 */
export async function openGpuDevice(name: DeviceName): Promise<Device> {
  const mode = gpuDevices.find((known) => known === name);
  if (mode === undefined)
    throw new InputError(`The device ${name} is not one of a page's.`, {
      hint: `A page has ${gpuDevices.join(' and ')}.`,
    });
  try {
    return await createGpuJsDevice(mode);
  } catch (error) {
    throw new InputError(`The device ${name} is not available here: ${messageOf(error)}`);
  }
}
