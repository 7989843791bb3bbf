/**
 * Runs in a worker of a page in Chromium, as training on GPUs does: finds a device, holds its losses against
 * those of `reference`, and times rounds of steps.
 */
import { messageOf } from '../../src/common/errors';
import { findGpuDevice, openGpuDevice } from '../../src/engine/gpuDevices';
import { checkAgreement, lossesOf } from '../step/agreement';
import type { Contender, PreparedStep } from '../step/contender';
import { StepData } from '../step/stepData';
import { nextLosses, timeSteps } from '../step/stepTimes';
import { prepareTableStep } from '../step/tableSession';
import type { GpuAnswer, GpuDeviceName, GpuRequest } from './gpuAnswers';

let prepared: PreparedStep | undefined;

async function answer(request: GpuRequest): Promise<GpuAnswer> {
  switch (request.type) {
    case 'find':
      return {
        type: 'found',
        ...(await findGpuDevice(request.device)),
        told: await told(request.device),
      };
    case 'prepare':
      return prepare(request);
    case 'steps':
      return { type: 'losses', losses: await nextLosses(ready(), request.count) };
    case 'round':
      return { type: 'round', ...(await timeSteps(ready(), request.ms)) };
  }
}

async function prepare({ device, shape, expected }: GpuRequest & { type: 'prepare' }): Promise<GpuAnswer> {
  const contender: Contender = {
    name: device,
    threads: 1,
    input: 'table',
    prepare: async (sizes, data) => prepareTableStep(await openGpuDevice(device), sizes, data),
  };
  checkAgreement(device, await lossesOf(contender, shape), expected);
  prepared = await contender.prepare(shape, new StepData(shape));
  return { type: 'prepared' };
}

function ready(): PreparedStep {
  if (!prepared) throw new Error('Nothing was prepared.');
  return prepared;
}

interface Adapter {
  readonly info?: Readonly<Record<string, unknown>>;
}

/** What the browser tells of the GPU, word for word. */
async function told(device: GpuDeviceName): Promise<Record<string, string>> {
  if (device === 'webgpu') {
    const { gpu } = navigator as { readonly gpu?: { requestAdapter(): Promise<Adapter | null> } };
    const info = (await gpu?.requestAdapter())?.info ?? {};
    const fields = ['vendor', 'architecture', 'device', 'description', 'driver', 'backend', 'type'];
    // Those of a platform object are not its own: they are asked for by name.
    return Object.fromEntries(
      fields.flatMap((field) => (info[field] === undefined ? [] : [[field, String(info[field])]])),
    );
  }
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  const unmasked = context?.getExtension('WEBGL_debug_renderer_info');
  if (!context || !unmasked) return {};
  const renderer = String(context.getParameter(unmasked.UNMASKED_RENDERER_WEBGL));
  const vendor = String(context.getParameter(unmasked.UNMASKED_VENDOR_WEBGL));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return { renderer, vendor };
}

/** Called from outside, by name. */
Object.assign(self, {
  answer: (request: GpuRequest): Promise<GpuAnswer> =>
    answer(request).catch((error: unknown): GpuAnswer => ({ type: 'failed', message: messageOf(error) })),
});
