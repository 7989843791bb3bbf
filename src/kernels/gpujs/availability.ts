import { GPU } from 'gpu.js';
import { messageOf } from '../../common/errors';
import * as l10n from '../../common/l10n';
import { devices } from '../registry';
import { gpuIdentity } from './gpuName';
import type { GpuIdentity } from './gpuName';
import { column, kernel, row } from './source';
import { gpuJsModes } from './traits';
import type { GpuJsMode } from './traits';

/**
 * Why the mode cannot be had here, for people; undefined where its interface is there. An adapter is asked
 * for, not assumed.
 */
export async function absence(mode: GpuJsMode): Promise<string | undefined> {
  switch (mode) {
    case 'webgpu':
      if (typeof navigator === 'undefined' || !('gpu' in navigator))
        return l10n.t('WebGPU does not exist here.');
      return (await GPU.isWebGPUAvailable())
        ? undefined
        : l10n.t('There is no adapter: no GPU, no driver for it, or one that is blocked.');
    case 'webgl2':
      if (!GPU.isWebGL2Supported)
        return l10n.t('There is no WebGL 2 context: no GPU, no driver for it, or one that is blocked.');
      return GPU.isSinglePrecisionSupported
        ? undefined
        : l10n.t('The GPU cannot render to textures of float32.');
    case 'webasm':
      return GPU.isWebAssemblySupported
        ? undefined
        : l10n.t('WebAssembly does not exist here, or a policy forbids it.');
    case 'cpu':
      return undefined;
  }
}

/**
 * Which GPU a mode would run on, found out in a moment: the adapter or context is asked for and let go, and
 * nothing is compiled. Undefined where there is none.
 */
export async function identify(mode: 'webgpu' | 'webgl2'): Promise<GpuIdentity | undefined> {
  if (mode === 'webgpu') {
    const { gpu } = navigator as { readonly gpu?: { requestAdapter(): Promise<unknown> } };
    const adapter = await gpu?.requestAdapter();
    return adapter ? gpuIdentity({ adapter }) : undefined;
  }
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  const found = gpuIdentity(context);
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return found;
}

/**
 * Runs one small kernel, which finds out whether the mode works (a page's policy may forbid webasm, and often
 * forbids cpu). Gives gpu.js's context: WebGL's own, an object with WebGPU's device, or none.
 */
export async function probe(gpu: GPU, mode: GpuJsMode): Promise<unknown> {
  const copy = gpu.createKernel(kernel(['probe'], `return probe[${row}][${column}];`), {
    output: [4, 1],
    precision: 'single',
  });
  // A promise on webgpu, which gpu.js does not declare.
  const returned: unknown = copy([[1, 2, 3, 4]]);
  const result: unknown = await returned;
  const reason = copy.kernel.fallbackReason;
  if (reason !== null) throw new Error(reason);
  const values = Array.isArray(result) && result[0] instanceof Float32Array ? result[0].join() : '';
  if (values !== '1,2,3,4')
    throw new Error(`${mode} copied 1,2,3,4 to ${values === '' ? 'nothing' : values}`);
  const context: unknown = copy.kernel.context;
  return context;
}

/** Whether the context of a probe is lost. */
export function isLost(context: unknown): boolean {
  if (typeof WebGL2RenderingContext === 'function' && context instanceof WebGL2RenderingContext)
    return context.isContextLost();
  // gpu.js marks its WebGPU context when the device is lost.
  return typeof context === 'object' && context !== null && 'isLost' in context && context.isLost === true;
}

/**
 * Tells of errors that WebGPU reports to nobody's call (out of memory, say): the results would just be zeros.
 */
export function watch(context: unknown, fail: (reason: string) => void): void {
  if (typeof context !== 'object' || context === null || !('device' in context)) return;
  const { device } = context;
  if (!(device instanceof EventTarget)) return;
  device.addEventListener('uncapturederror', (event) => {
    fail('error' in event ? messageOf(event.error) : 'its device failed');
  });
}

/** Whether a kernel runs. Only for the modes that a page's policy can forbid: a context is costly. */
async function works(mode: GpuJsMode): Promise<boolean> {
  if ((await absence(mode)) !== undefined) return false;
  if (devices[mode].isGpu) return true;
  const gpu = new GPU({ mode });
  try {
    await probe(gpu, mode);
    return true;
  } catch {
    return false;
  } finally {
    void gpu.destroy();
  }
}

/** The modes that work here, fastest first on a machine with a GPU. */
export async function availableGpuJsModes(): Promise<GpuJsMode[]> {
  const available: GpuJsMode[] = [];
  for (const mode of gpuJsModes) if (await works(mode)) available.push(mode);
  return available;
}
