/** The measured step on the devices of Node. */
import { openDevice } from '../../src/engine/devices';
import type { DeviceName } from '../../src/kernels/registry';
import type { Contender } from './contender';
import { prepareTableStep } from './tableSession';

export function tableStep(name: DeviceName, threads: number, largestHidden?: number): Contender {
  return {
    name,
    threads,
    input: 'table',
    largestHidden,
    prepare: async (shape, data) => prepareTableStep(await openDevice(name, threads), shape, data),
  };
}
