import { openDevice } from '../../src/engine/devices';
import type { Device, DeviceName } from '../../src/kernels/kernels';
import { createSimdDevice } from '../../src/kernels/simd/device';

/** A device as the engine opens it; `simd` on one thread directly, so that nothing but its kernels is measured. */
export async function open(name: DeviceName | 'auto', threads: number): Promise<Device> {
  return name === 'simd' && threads === 1 ? createSimdDevice() : openDevice(name, threads);
}
