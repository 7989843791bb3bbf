/** Those that take turns, each in a process or a Chromium of its own. */
import { contenderId } from '../step/contender';
import { ContenderPort } from '../step/contenderPort';
import { besideGpus, judges } from '../step/contenders';
import type { StepShape } from '../step/stepData';
import type { GpuDeviceName } from './gpuAnswers';
import { GpuPort } from './gpuPort';
import { gpuDevices } from './gpuReport';
import type { Gpus } from './gpuReport';
import type { FoundGpu } from './launches';
import type { GpuContender } from './readyContender';

/** Kernels for large networks take a driver its time to compile; software is not worth it. */
const secondsOf = (software: boolean): number => (software ? 15 : 60);

/** Those whose device is here. */
export function gpuContenders(gpus: Gpus): GpuContender[] {
  return gpuDevices.flatMap((device) => {
    const gpu = gpus[device];
    return 'missing' in gpu ? [] : [onGpu(device, gpu)];
  });
}

export const simdContender: GpuContender = {
  name: 'simd',
  seconds: secondsOf(false),
  open: async () => {
    const port = new ContenderPort();
    return {
      async prepare(shape, expected) {
        await port.ask({ type: 'prepare', id: contenderId(besideGpus), shape, expected });
      },
      steps: async (count) => (await port.ask({ type: 'steps', count })).losses,
      round: async (ms) => (await port.ask({ type: 'round', ms })).ms,
      close: async () => port.close(),
    };
  },
};

function onGpu(device: GpuDeviceName, { launch, software }: FoundGpu): GpuContender {
  return {
    name: device,
    seconds: secondsOf(software),
    open: async () => {
      const port = await GpuPort.open(launch);
      return {
        async prepare(shape, expected) {
          await port.ask({ type: 'prepare', device, shape, expected });
        },
        steps: async (count) => (await port.ask({ type: 'steps', count })).losses,
        round: async (ms) => (await port.ask({ type: 'round', ms })).ms,
        close: () => port.close(),
      };
    },
  };
}

/** What all of them must compute. */
export async function referenceLosses(shape: StepShape): Promise<readonly number[]> {
  const port = new ContenderPort();
  try {
    return (await port.ask({ type: 'losses', id: contenderId(judges.table), shape })).losses;
  } finally {
    port.close();
  }
}
