/** The float64 device: plain, slow and obvious. Tests hold the other devices against it. */
import type { Device, Kernels, Matrix, MatrixData, Plan, Program, Shape } from '../kernels';
import { devices } from '../registry';
import { checkLength, outputShapes } from '../shapes';
import { crf } from './crf';
import { linear } from './linear';
import { HostMatrix, host } from './matrix';
import { recurrence } from './recurrence';
import { softmax } from './softmax';

const kernels: Kernels = { ...linear, ...recurrence, ...softmax, ...crf };

class ReferencePlan<In extends string, Out extends string> implements Plan<In, Out> {
  readonly outputShapes: Readonly<Record<Out, Shape>>;

  constructor(
    private readonly program: Program<In, Out>,
    readonly inputShapes: Readonly<Record<In, Shape>>,
  ) {
    this.outputShapes = outputShapes(program, inputShapes);
  }

  run(inputs: Readonly<Record<In, MatrixData>>): Record<Out, MatrixData> {
    const matrices = {} as Record<In, Matrix>;
    for (const name of Object.keys(this.inputShapes) as In[]) {
      const { rows, columns } = this.inputShapes[name];
      checkLength(`input ${name}`, this.inputShapes[name], inputs[name].length);
      matrices[name] = new HostMatrix(rows, columns, Float64Array.from(inputs[name]));
    }
    const results = this.program(kernels, matrices);
    const outputs = {} as Record<Out, MatrixData>;
    for (const name of Object.keys(results) as Out[]) outputs[name] = host(results[name]).values.slice();
    return outputs;
  }

  dispose(): void {
    // A plan holds nothing but its program.
  }
}

/** A device that computes in float64 on the calling thread; its plans' runs return at once. */
export function createReferenceDevice(): Device {
  return {
    name: 'reference',
    description: `${devices.reference.title} (float64, plain JavaScript)`,
    precision: 'float64',
    allocate: (length) => new Float64Array(length),
    release: () => undefined,
    compile: async (program, shapes) => new ReferencePlan(program, shapes),
    dispose: () => undefined,
  };
}
