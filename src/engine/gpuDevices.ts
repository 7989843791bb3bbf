/** How the devices of a page are found and opened: gpu.js's GPU modes. Node's are in `devices.ts`. */
import { InputError, messageOf } from '../common/errors';
import type { Device } from '../kernels/device';
import { createGpuJsDevice, absence } from '../kernels/gpujs/device';
import { devices, devicesIn } from '../kernels/registry';
import type { DeviceIn, DeviceName } from '../kernels/registry';

interface PageDevice {
  /** Why it cannot be had here; undefined where it is worth opening. */
  absence(): Promise<string | undefined>;
  open(): Promise<Device>;
}

const pageDevices: Readonly<Record<DeviceIn<'page'>, PageDevice>> = {
  webgpu: { absence: () => absence('webgpu'), open: () => createGpuJsDevice('webgpu') },
  webgl2: { absence: () => absence('webgl2'), open: () => createGpuJsDevice('webgl2') },
};

/** Why this page has no device at all; undefined where it has one. */
export async function absenceOfAll(): Promise<string | undefined> {
  const reasons: string[] = [];
  for (const name of devicesIn('page')) {
    const reason = await pageDevices[name].absence();
    if (reason === undefined) return undefined;
    reasons.push(`${devices[name].title}: ${reason}`);
  }
  return reasons.join(' ');
}

/**
 * Opens a page's device.
 * @throws {InputError} where the page has no such device, with the reason.
 */
export async function openGpuDevice(name: DeviceName): Promise<Device> {
  const known = devicesIn('page').find((device) => device === name);
  if (known === undefined)
    throw new InputError(`The device ${name} is not one of a page's.`, {
      hint: `A page has ${devicesIn('page').join(' and ')}.`,
    });
  try {
    return await pageDevices[known].open();
  } catch (error) {
    throw new InputError(`The device ${name} is not available here: ${messageOf(error)}`);
  }
}
