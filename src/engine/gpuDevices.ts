/** How the devices of a page are found and opened: gpu.js's GPU modes. Node's are in `devices.ts`. */
import { InputError, messageOf } from '../common/errors';
import * as l10n from '../common/l10n';
import type { Device } from '../kernels/device';
import { createGpuJsDevice, absence, identify } from '../kernels/gpujs/device';
import { devices, devicesIn } from '../kernels/registry';
import type { DeviceIn, DeviceName } from '../kernels/registry';

/** A page's device before it is opened. */
export interface FoundDevice {
  /** What a person reads: "WebGPU on SwiftShader (software)". */
  readonly description: string;
  /** It computes on the processor: `auto` does not measure it. */
  readonly software: boolean;
}

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
 * Looks at a page's device without opening it.
 * @throws {InputError} where the page has no such device, with the reason.
 */
export async function findGpuDevice(name: DeviceName): Promise<FoundDevice> {
  const known = pageDevice(name);
  const reason = await pageDevices[known].absence();
  if (reason !== undefined) throw notAvailable(name, reason);
  const { name: gpu, software = false } = (await identify(known)) ?? {};
  return {
    description: gpu === undefined ? devices[known].title : l10n.t('{0} on {1}', devices[known].title, gpu),
    software,
  };
}

/**
 * Opens a page's device.
 * @throws {InputError} where the page has no such device, with the reason.
 */
export async function openGpuDevice(name: DeviceName): Promise<Device> {
  const known = pageDevice(name);
  try {
    return await pageDevices[known].open();
  } catch (error) {
    throw notAvailable(name, messageOf(error));
  }
}

function pageDevice(name: DeviceName): DeviceIn<'page'> {
  const known = devicesIn('page').find((device) => device === name);
  if (known === undefined)
    throw new InputError(l10n.t("The device {0} is not one of a page's.", name), {
      hint: l10n.t('A page has {0}.', devicesIn('page').join(' and ')),
    });
  return known;
}

function notAvailable(name: DeviceName, why: string): InputError {
  return new InputError(l10n.t('The device {0} is not available here: {1}', name, why));
}
