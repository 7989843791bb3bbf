import type { KernelOutput } from 'gpu.js';
import type { Matrix, MatrixData, Shape } from '../kernels';
import type { Plan, Program } from '../program';
import { inputsInOrder, outputShapes } from '../shapes';
import { leavesOf, mapLeaves } from '../tree';
import type { Leaves } from '../tree';
import { gpuKernels } from './kernels';
import { fromRows } from './layout';
import { GpuMatrix, onGpu } from './recorder';
import type { Handle, Recorder } from './recorder';

/** How gpu.js runs a plan, for logs and tests. */
export interface PlanFacts {
  /** Kernel calls in a run. */
  readonly calls: number;
  /** gpu.js's executor of a pipeline (fused-sync, fused-threaded, fused-encoder, generic), or chain. */
  readonly executor: string;
  /** Why gpu.js did not fuse a pipeline. */
  readonly fallbackReason: string | undefined;
}

/** A plan of a gpu.js device. */
export interface GpuJsPlan<In, Out> extends Plan<In, Out> {
  readonly facts: PlanFacts;
}

/** A program with its shapes. gpu.js takes the inputs and gives the outputs in the order of their trees. */
export class Recipe<In, Out> {
  readonly outputShapes: Out;
  /** How many inputs there are. */
  readonly inputs: number;

  constructor(
    private readonly program: Program<In, Out>,
    readonly inputShapes: In,
  ) {
    this.outputShapes = outputShapes(program, inputShapes);
    this.inputs = leavesOf(inputShapes).length;
  }

  /** Records the program's kernel calls. */
  record(recorder: Recorder, handles: readonly Handle[]): Handle[] {
    const inputs = mapLeaves(
      this.inputShapes,
      ({ rows, columns }: Shape, index): Matrix => new GpuMatrix(rows, columns, () => handles[index]),
    );
    return leavesOf<Matrix>(this.program(gpuKernels(recorder), inputs)).map((output) => onGpu(output).handle);
  }

  /** The inputs' contents in order, each converted. @throws {ShapeError} where a length does not fit. */
  uploads<T>(inputs: Leaves<In, MatrixData>, convert: (data: MatrixData, shape: Shape) => T): T[] {
    return inputsInOrder(this.inputShapes, inputs, convert);
  }

  outputs(results: readonly KernelOutput[]): Leaves<Out, MatrixData> {
    return mapLeaves(this.outputShapes, (shape: Shape, index) => fromRows(results[index], shape));
  }

  /** Inputs of zeros: a first run compiles what gpu.js compiles lazily. */
  zeros(): Leaves<In, MatrixData> {
    return mapLeaves(
      this.inputShapes,
      ({ rows, columns }: Shape): MatrixData => new Float32Array(rows * columns),
    );
  }
}
