import type { Device } from './device';
import type { Plan, Program } from './program';

/**
 * The plans of one program by T and B. Where there are too many, the one that was not used for longest goes.
 */
export class PlanCache<In, Out> {
  private readonly plans = new Map<string, Plan<In, Out>>();
  private readonly compiling = new Map<string, Promise<Plan<In, Out>>>();
  private disposed = false;

  constructor(
    private readonly device: Device,
    private readonly program: Program<In, Out>,
    private readonly shapes: (T: number, B: number) => In,
    private readonly limit: number,
  ) {}

  /**
   * At once where the plan is there, so that a step on the CPU need not wait. Rejects where the cache is
   * disposed of meanwhile.
   */
  get(T: number, B: number): Plan<In, Out> | Promise<Plan<In, Out>> {
    const key = `${T}×${B}`;
    const plan = this.plans.get(key);
    if (!plan) return this.compiled(key, T, B);
    this.plans.delete(key);
    this.plans.set(key, plan);
    return plan;
  }

  /** Of a plan that is asked for again while it is compiled there is only one. */
  private compiled(key: string, T: number, B: number): Promise<Plan<In, Out>> {
    let plan = this.compiling.get(key);
    if (!plan) {
      plan = this.compile(key, T, B).finally(() => this.compiling.delete(key));
      this.compiling.set(key, plan);
    }
    return plan;
  }

  private async compile(key: string, T: number, B: number): Promise<Plan<In, Out>> {
    if (this.plans.size >= this.limit) {
      const [oldest, plan] = this.plans.entries().next().value!;
      plan.dispose();
      this.plans.delete(oldest);
    }
    const plan = await this.device.compile(this.program, this.shapes(T, B));
    if (this.disposed) {
      plan.dispose();
      throw new Error('The plans were disposed of while one was being compiled.');
    }
    this.plans.set(key, plan);
    return plan;
  }

  dispose(): void {
    this.disposed = true;
    for (const plan of this.plans.values()) plan.dispose();
    this.plans.clear();
  }
}
