import type { KernelOutput } from 'gpu.js';
import type { Matrix, MatrixData, Plan, Program, Shape } from '../kernels';
import { checkLength, outputShapes } from '../shapes';
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
export interface GpuJsPlan<In extends string, Out extends string> extends Plan<In, Out> {
  readonly facts: PlanFacts;
}

/** A program with its shapes, in the fixed order in which gpu.js takes the inputs and gives the outputs. */
export class Recipe<In extends string, Out extends string> {
  readonly outputShapes: Readonly<Record<Out, Shape>>;
  readonly inputNames: readonly In[];
  readonly outputNames: readonly Out[];

  constructor(
    private readonly program: Program<In, Out>,
    readonly inputShapes: Readonly<Record<In, Shape>>,
  ) {
    this.outputShapes = outputShapes(program, inputShapes);
    this.inputNames = Object.keys(inputShapes) as In[];
    this.outputNames = Object.keys(this.outputShapes) as Out[];
  }

  /** Records the program's kernel calls. */
  record(recorder: Recorder, handles: readonly Handle[]): Handle[] {
    const inputs = {} as Record<In, Matrix>;
    this.inputNames.forEach((name, i) => {
      const { rows, columns } = this.inputShapes[name];
      inputs[name] = new GpuMatrix(rows, columns, () => handles[i]);
    });
    const outputs = this.program(gpuKernels(recorder), inputs);
    return this.outputNames.map((name) => onGpu(outputs[name]).handle);
  }

  /** The inputs' contents in order, each converted. @throws {ShapeError} where a length does not fit. */
  uploads<T>(inputs: Readonly<Record<In, MatrixData>>, convert: (data: MatrixData, shape: Shape) => T): T[] {
    return this.inputNames.map((name) => {
      checkLength(`input ${name}`, this.inputShapes[name], inputs[name].length);
      return convert(inputs[name], this.inputShapes[name]);
    });
  }

  outputs(results: readonly KernelOutput[]): Record<Out, MatrixData> {
    const outputs = {} as Record<Out, MatrixData>;
    this.outputNames.forEach((name, i) => (outputs[name] = fromRows(results[i], this.outputShapes[name])));
    return outputs;
  }

  /** Inputs of zeros: a first run compiles what gpu.js compiles lazily. */
  zeros(): Record<In, MatrixData> {
    const inputs = {} as Record<In, MatrixData>;
    for (const name of this.inputNames)
      inputs[name] = new Float32Array(this.inputShapes[name].rows * this.inputShapes[name].columns);
    return inputs;
  }
}
