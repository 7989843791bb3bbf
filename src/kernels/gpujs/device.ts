/** gpu.js as a device: its modes webgpu, webgl2, webasm and cpu run the same kernels. */
import { GPU } from 'gpu.js';
import { version } from 'gpu.js/package.json';
import { messageOf } from '../../common/errors';
import * as l10n from '../../common/l10n';
import type { Device } from '../device';
import type { MatrixData } from '../kernels';
import type { Program } from '../program';
import { devices } from '../registry';
import { absence, isLost, probe, watch } from './availability';
import { ChainPlan } from './chainPlan';
import { Engine } from './engine';
import { gpuName } from './gpuName';
import { KernelCache } from './kernelCache';
import { PipelinePlan } from './pipelinePlan';
import { Recipe } from './plan';
import type { GpuJsPlan } from './plan';
import { traitsOf } from './traits';
import type { GpuJsMode } from './traits';

export { absence, availableGpuJsModes, identify } from './availability';
export type { GpuJsPlan } from './plan';
export type { GpuJsMode } from './traits';

export interface GpuJsOptions {
  /**
   * Threads of the webasm mode: 1 (the default) runs on the calling thread, more on as many workers as gpu.js
   * sees fit. They meet after every kernel call, so they pay only where a step has thousands of entries
   * (B·H), on idle cores.
   */
  readonly threads?: number;
}

/** A gpu.js device, whose plans tell how they are run. */
export interface GpuJsDevice extends Device {
  readonly name: GpuJsMode;
  compile<In, Out>(program: Program<In, Out>, shapes: In): Promise<GpuJsPlan<In, Out>>;
}

class EngineDevice implements GpuJsDevice {
  readonly name: GpuJsMode;
  readonly description: string;
  readonly precision = 'float32';

  constructor(
    private readonly engine: Engine,
    gpu: string | undefined,
  ) {
    this.name = engine.mode;
    const { title } = devices[engine.mode];
    const where = gpu === undefined ? title : l10n.t('{0} on {1}', title, gpu);
    this.description = engine.threaded
      ? l10n.t('{0} (gpu.js {1}, threads)', where, version)
      : l10n.t('{0} (gpu.js {1})', where, version);
  }

  allocate(length: number): MatrixData {
    return new Float32Array(length);
  }

  release(): void {
    // The garbage collector's.
  }

  async compile<In, Out>(program: Program<In, Out>, shapes: In): Promise<GpuJsPlan<In, Out>> {
    const recipe = new Recipe(program, shapes);
    this.engine.check();
    const plan = this.engine.traits.chained
      ? new ChainPlan(this.engine, recipe)
      : new PipelinePlan(this.engine, recipe);
    try {
      await plan.warmUp();
    } catch (thrown) {
      plan.dispose();
      this.engine.check();
      throw thrown;
    }
    return plan;
  }

  dispose(): void {
    this.engine.lose('it was disposed of');
    for (const plan of [...this.engine.plans]) plan.dispose();
    void this.engine.gpu.destroy();
  }
}

/** A device of the given mode. @throws {Error} where the mode is not available, with the reason. */
export async function createGpuJsDevice(mode: GpuJsMode, options: GpuJsOptions = {}): Promise<GpuJsDevice> {
  const { title } = devices[mode];
  const missing = await absence(mode);
  if (missing !== undefined) throw new Error(missing);
  const gpu = new GPU({ mode });
  try {
    const context = await probe(gpu, mode);
    // On webgl2 a kernel takes its operands' sizes for fixed unless told otherwise, and plans of other
    // lengths share it.
    const kernels = new KernelCache(gpu, {
      precision: 'single',
      ...(mode === 'webgl2' ? { pipeline: true, immutable: true, dynamicArguments: true } : {}),
    });
    const engine = new Engine(mode, traitsOf[mode], gpu, kernels, (options.threads ?? 1) > 1, () =>
      isLost(context),
    );
    watch(context, (reason) => engine.lose(reason));
    return new EngineDevice(engine, gpuName(context));
  } catch (thrown) {
    void gpu.destroy();
    throw new Error(`${title}: ${messageOf(thrown)}`, { cause: thrown });
  }
}
