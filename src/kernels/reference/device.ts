/** The float64 device: plain, slow and obvious. Tests hold the other devices against it. */
import * as l10n from '../../common/l10n';
import type { Device } from '../device';
import type { Kernels, Matrix, MatrixData, Shape } from '../kernels';
import type { Plan, Program } from '../program';
import { devices } from '../registry';
import { inputsInOrder, outputShapes } from '../shapes';
import { mapLeaves } from '../tree';
import type { Leaves } from '../tree';
import { crf } from './crf';
import { linear } from './linear';
import { HostMatrix, host } from './matrix';
import { recurrence } from './recurrence';
import { softmax } from './softmax';

const kernels: Kernels = { ...linear, ...recurrence, ...softmax, ...crf };

class ReferencePlan<In, Out> implements Plan<In, Out> {
  readonly outputShapes: Out;

  constructor(
    private readonly program: Program<In, Out>,
    readonly inputShapes: In,
  ) {
    this.outputShapes = outputShapes(program, inputShapes);
  }

  run(inputs: Leaves<In, MatrixData>): Leaves<Out, MatrixData> {
    const contents = inputsInOrder(this.inputShapes, inputs, (data) => Float64Array.from(data));
    const matrices = mapLeaves(
      this.inputShapes,
      ({ rows, columns }: Shape, index): Matrix => new HostMatrix(rows, columns, contents[index]),
    );
    return mapLeaves(this.program(kernels, matrices), (result: Matrix): MatrixData =>
      host(result).values.slice(),
    );
  }

  dispose(): void {
    // A plan holds nothing but its program.
  }
}

/** A device that computes in float64 on the calling thread; its plans' runs return at once. */
export function createReferenceDevice(): Device {
  return {
    name: 'reference',
    description: l10n.t('{0} (float64, plain JavaScript)', devices.reference.title),
    precision: 'float64',
    allocate: (length) => new Float64Array(length),
    release: () => undefined,
    compile: async (program, shapes) => new ReferencePlan(program, shapes),
    dispose: () => undefined,
  };
}
