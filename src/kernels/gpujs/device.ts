/** gpu.js as a device: its modes webgpu, webgl2, webasm and cpu run the same kernels. */
import { GPU } from 'gpu.js';
import { version } from 'gpu.js/package.json';
import type { Device, MatrixData, Program, Shape } from '../kernels';
import { ChainPlan } from './chainPlan';
import { Engine, messageOf } from './engine';
import { KernelCache } from './kernelCache';
import { PipelinePlan } from './pipelinePlan';
import type { GpuJsPlan } from './plan';
import { Recipe } from './plan';
import { column, kernel, row } from './source';
import type { GpuJsMode } from './traits';
import { traitsOf } from './traits';

export type { GpuJsMode } from './traits';
export type { GpuJsPlan, PlanFacts } from './plan';

export interface GpuJsOptions {
  /** Threads of the webasm mode: 1 (the default) runs on the calling thread, more on as many workers as gpu.js sees fit. */
  readonly threads?: number;
}

/** A gpu.js device, whose plans tell how they are run. */
export interface GpuJsDevice extends Device {
  readonly name: GpuJsMode;
  compile<In extends string, Out extends string>(program: Program<In, Out>, shapes: Readonly<Record<In, Shape>>): Promise<GpuJsPlan<In, Out>>;
}


async function supported(mode: GpuJsMode): Promise<boolean> {
  switch (mode) {
    case 'webgpu':
      return GPU.isWebGPUAvailable();
    case 'webgl2':
      return GPU.isWebGL2Supported && GPU.isSinglePrecisionSupported;
    case 'webasm':
      return GPU.isWebAssemblySupported;
    case 'cpu':
      return true;
  }
}

function isLost(context: unknown): boolean {
  if (typeof WebGL2RenderingContext === 'function' && context instanceof WebGL2RenderingContext) return context.isContextLost();
  // gpu.js marks its WebGPU context when the device is lost.
  return typeof context === 'object' && context !== null && 'isLost' in context && context.isLost === true;
}

/** Runs one small kernel: finds out whether the mode works at all (the page's policy may forbid it). Gives its context. */
async function probe(gpu: GPU, mode: GpuJsMode): Promise<unknown> {
  const copy = gpu.createKernel(kernel(['probe'], `return probe[${row}][${column}];`), { output: [4, 1], precision: 'single' });
  const result: unknown = await copy([[1, 2, 3, 4]]);
  const values = Array.isArray(result) && result[0] instanceof Float32Array ? Array.from(result[0]) : [];
  const reason = copy.kernel.fallbackReason;
  if (reason !== null) throw new Error(reason);
  if (values.join() !== '1,2,3,4') throw new Error(`a probe of ${mode} gave ${values.length === 0 ? 'nothing' : values.join(', ')}`);
  const context: unknown = copy.kernel.context;
  return context;
}

class Gpu implements GpuJsDevice {
  readonly precision = 'float32';
  readonly description: string;
  private readonly plans = new Set<GpuJsPlan<string, string>>();

  constructor(private readonly engine: Engine) {
    const threads = engine.threaded ? ', threads' : '';
    this.description = `${traitsOf[engine.mode].title} (gpu.js ${version}${threads})`;
  }

  get name(): GpuJsMode {
    return this.engine.mode;
  }

  allocate(length: number): MatrixData {
    return new Float32Array(length);
  }

  async compile<In extends string, Out extends string>(program: Program<In, Out>, shapes: Readonly<Record<In, Shape>>): Promise<GpuJsPlan<In, Out>> {
    const recipe = new Recipe(program, shapes);
    this.engine.check();
    const plan = this.engine.traits.chained ? new ChainPlan(this.engine, recipe) : new PipelinePlan(this.engine, recipe);
    try {
      await plan.warmUp();
    } catch (thrown) {
      plan.dispose();
      this.engine.check();
      throw thrown;
    }
    this.plans.add(plan);
    return plan;
  }

  dispose(): void {
    this.engine.lose('the device was disposed');
    for (const plan of this.plans) plan.dispose();
    this.plans.clear();
    void this.engine.gpu.destroy();
  }
}

/** A device of the given mode. @throws {Error} where the mode is not available, with the reason. */
export async function createGpuJsDevice(mode: GpuJsMode, options: GpuJsOptions = {}): Promise<GpuJsDevice> {
  if (!(await supported(mode))) throw new Error(`${traitsOf[mode].title} (gpu.js ${mode}) is not available here.`);
  const gpu = new GPU({ mode });
  try {
    const context = await probe(gpu, mode);
    const settings = { precision: 'single', loopMaxIterations: 1 << 20, ...(mode === 'webgl2' ? { pipeline: true, immutable: true } : {}) } as const;
    return new Gpu(new Engine(mode, gpu, new KernelCache(gpu, settings), traitsOf[mode], (options.threads ?? 1) > 1, () => isLost(context)));
  } catch (thrown) {
    void gpu.destroy();
    throw new Error(`${traitsOf[mode].title} (gpu.js ${mode}) is not available here: ${messageOf(thrown)}`, { cause: thrown });
  }
}

/** The modes that work here, fastest first on a machine with a GPU. */
export async function availableGpuJsModes(): Promise<GpuJsMode[]> {
  const available: GpuJsMode[] = [];
  for (const mode of Object.keys(traitsOf) as GpuJsMode[]) if (await supported(mode)) available.push(mode);
  return available;
}
