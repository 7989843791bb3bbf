/** Hand-written WebAssembly SIMD as a device: plans run on the calling thread, at once, on memory shared with the host. */
import type { Device, MatrixData, Plan, Program, Shape } from '../kernels';
import { DeviceLostError } from '../kernels';
import { SimdMemory } from './memory';
import type { SimdBuild, SimdExports } from './module';
import { instantiate, moduleOf, runsHere } from './module';
import { Scratch, SimdPlan } from './plan';

export interface SimdOptions {
  /** The build; without, the fastest that runs here. */
  readonly build?: SimdBuild;
}

class SimdDevice implements Device {
  readonly name = 'simd';
  readonly description: string;
  readonly precision = 'float32';
  private readonly memory: SimdMemory;
  private readonly exports: SimdExports;
  private readonly scratch: Scratch;
  private readonly plans = new Set<{ dispose(): void }>();
  private disposed = false;

  constructor(build: SimdBuild) {
    this.memory = new SimdMemory(build !== 'plain');
    this.exports = instantiate(moduleOf(build), this.memory);
    this.scratch = new Scratch(this.memory);
    this.description = `WebAssembly SIMD${build === 'relaxed' ? ' (fused multiply-add)' : ''}`;
  }

  allocate(length: number): MatrixData {
    const data = this.memory.floats(this.memory.allocate(length * 4), length);
    return data.fill(0);
  }

  async compile<In extends string, Out extends string>(program: Program<In, Out>, shapes: Readonly<Record<In, Shape>>): Promise<Plan<In, Out>> {
    this.check();
    const plan = new SimdPlan(this.memory, this.exports, this.scratch, program, shapes, (ended) => this.plans.delete(ended), () => this.check());
    this.plans.add(plan);
    return plan;
  }

  dispose(): void {
    this.disposed = true;
    for (const plan of [...this.plans]) plan.dispose();
  }

  private check(): void {
    if (this.disposed) throw new DeviceLostError('WebAssembly SIMD is gone: it was disposed of');
  }
}

const builds: readonly SimdBuild[] = ['relaxed', 'shared', 'plain'];

/** @throws {Error} where WebAssembly here has no SIMD. */
export function createSimdDevice(options: SimdOptions = {}): Device {
  const build = options.build ?? builds.find((candidate) => runsHere(candidate));
  if (build === undefined || !runsHere(build)) throw new Error('WebAssembly has no SIMD here.');
  return new SimdDevice(build);
}
