import { Texture } from 'gpu.js';
import type { KernelOutput } from 'gpu.js';
import type { MatrixData } from '../kernels';
import type { Leaves } from '../tree';
import type { Engine } from './engine';
import { toInput, toRows } from './layout';
import type { GpuJsPlan, PlanFacts, Recipe } from './plan';
import type { Handle } from './recorder';
import { Recording, paddedColumns } from './recording';
import { column, kernel, row } from './source';

/**
 * A kernel built for input from the host cannot take a texture afterwards, so uploads have kernels of their
 * own.
 */
const upload = kernel(['host'], `return host[${row}][${column}];`);

/**
 * A program as a chain of kernel calls, made anew in each run. On webgl2 a pipeline would compile a program
 * for each step, and on cpu it gains nothing; a chain shares its kernels between all plans. Its runs are
 * synchronous.
 */
export class ChainPlan<In, Out> implements GpuJsPlan<In, Out> {
  readonly inputShapes: In;
  readonly outputShapes: Out;
  private readonly uses = new Set<string>();
  private calls = 0;
  private disposed = false;

  constructor(
    private readonly engine: Engine,
    private readonly recipe: Recipe<In, Out>,
  ) {
    this.inputShapes = recipe.inputShapes;
    this.outputShapes = recipe.outputShapes;
    engine.plans.add(this);
  }

  get facts(): PlanFacts {
    return { calls: this.calls, executor: 'chain', fallbackReason: undefined };
  }

  run(inputs: Leaves<In, MatrixData>): Leaves<Out, MatrixData> {
    this.engine.check();
    if (this.disposed) throw new Error('This plan was disposed of.');
    try {
      return this.execute(inputs);
    } catch (thrown) {
      this.engine.check();
      throw thrown;
    }
  }

  /** The first run: compiles the kernels. */
  warmUp(): void {
    this.execute(this.recipe.zeros());
    const fallbacks = this.engine.kernels.fallbacks(this.uses);
    if (fallbacks.length > 0)
      throw new Error(`gpu.js moved a kernel from ${this.engine.mode} to the CPU: ${fallbacks[0]}`);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.engine.plans.delete(this);
    this.engine.kernels.release(this.uses);
  }

  private execute(inputs: Leaves<In, MatrixData>): Leaves<Out, MatrixData> {
    const { kernels, traits } = this.engine;
    const made: Handle[] = [];
    const recording = new Recording(
      traits,
      (source, output) => kernels.take(source, output, this.uses),
      (handle) => made.push(handle),
    );
    try {
      const handles = this.recipe.uploads(inputs, (data, shape): Handle => {
        if (this.engine.mode === 'cpu') return toRows(data, shape);
        const stride = paddedColumns(shape.columns, traits.multiple);
        const handle = kernels.take(upload, [stride, shape.rows], this.uses)(toInput(data, shape, stride));
        made.push(handle);
        return handle;
      });
      const results = this.recipe
        .record(recording, handles)
        .map((handle): KernelOutput =>
          handle instanceof Texture ? handle.toArray() : (handle as KernelOutput),
        );
      this.calls = recording.calls;
      this.engine.check();
      return this.recipe.outputs(results);
    } finally {
      for (const handle of made) if (handle instanceof Texture) handle.delete();
    }
  }
}
