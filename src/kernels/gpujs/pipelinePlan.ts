import type { Input, IPipelineRunShortcut, KernelOutput, PipelineResult } from 'gpu.js';
import { messageOf } from '../../common/errors';
import type { MatrixData } from '../kernels';
import type { Leaves } from '../tree';
import type { Engine } from './engine';
import { toInput } from './layout';
import type { GpuJsPlan, PlanFacts, Recipe } from './plan';
import type { Handle } from './recorder';
import { Recording, paddedColumns } from './recording';

/**
 * A program as one pipeline of gpu.js: recorded once, then run with one upload and one readback (webgpu: one
 * command buffer; webasm: one memory). Its runs are asynchronous.
 */
export class PipelinePlan<In, Out> implements GpuJsPlan<In, Out> {
  readonly inputShapes: In;
  readonly outputShapes: Out;
  private readonly uses = new Set<string>();
  private readonly pipeline: IPipelineRunShortcut;
  private calls = 0;
  private disposed = false;

  constructor(
    private readonly engine: Engine,
    private readonly recipe: Recipe<In, Out>,
  ) {
    this.inputShapes = recipe.inputShapes;
    this.outputShapes = recipe.outputShapes;
    const orchestration = (...handles: Handle[]): Handle[] => {
      const recording = new Recording(
        engine.traits,
        (source, output, types) => engine.kernels.take(source, output, this.uses, types),
        undefined,
        this.counted ? handles[recipe.inputs] : undefined,
      );
      const outputs = recipe.record(recording, handles);
      this.calls = recording.calls;
      return outputs;
    };
    // gpu.js makes as many handles as the function declares parameters.
    Object.defineProperty(orchestration, 'length', { value: recipe.inputs + (this.counted ? 1 : 0) });
    this.pipeline = engine.gpu.createPipeline(orchestration, { threads: engine.threaded });
    engine.plans.add(this);
  }

  get facts(): PlanFacts {
    return {
      calls: this.calls,
      executor: this.pipeline.executorKind,
      fallbackReason: this.pipeline.fallbackReason ?? undefined,
    };
  }

  async run(inputs: Leaves<In, MatrixData>): Promise<Leaves<Out, MatrixData>> {
    this.engine.check();
    if (this.disposed) throw new Error('This plan was disposed of.');
    const uploads = this.uploads(inputs);
    let results: PipelineResult;
    try {
      results = await this.pipeline(...uploads);
    } catch (thrown) {
      throw this.engine.lose(messageOf(thrown), thrown);
    }
    this.engine.check();
    // An orchestration that returns a list gives a list: one result for each output.
    return this.recipe.outputs(results as KernelOutput[]);
  }

  /** The first run: records the program and compiles its kernels. */
  async warmUp(): Promise<void> {
    await this.pipeline(...this.uploads(this.recipe.zeros()));
    this.engine.check();
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.engine.plans.delete(this);
    void this.pipeline.destroy();
    this.engine.kernels.release(this.uses);
  }

  /** Whether kernels have a counter: an argument of the pipeline, one place in memory for all of them. */
  private get counted(): boolean {
    return this.engine.traits.reading === 'counted';
  }

  private uploads(inputs: Leaves<In, MatrixData>): (Input | number)[] {
    const matrices = this.recipe.uploads(inputs, (data, shape) =>
      toInput(data, shape, paddedColumns(shape.columns, this.engine.traits.multiple)),
    );
    return this.counted ? [...matrices, 0] : matrices;
  }
}
