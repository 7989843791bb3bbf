/**
 * A {@link Program} is a pure, synchronous function over the operations that never looks inside a matrix. A
 * device compiles it for given shapes into a {@link Plan} and then runs that, with one upload and one
 * readback.
 */
import type { Kernels, Matrix, MatrixData } from './kernels';
import type { Leaves } from './tree';

/**
 * A tree of matrices in, a tree of matrices out. `In` and `Out` are these trees, or the same of shapes.
 * Deterministic, with no side effects: it is recorded once for each shape.
 */
export type Program<In, Out> = (kernels: Kernels, inputs: Leaves<In, Matrix>) => Out;

/** A program compiled for given shapes. */
export interface Plan<In, Out> {
  readonly inputShapes: In;
  readonly outputShapes: Out;
  /**
   * Uploads the inputs, runs the program, reads the outputs back. A result that is no promise is there at
   * once (a step on the CPU needs no await). The arrays returned are the plan's own: they hold until its next
   * run.
   * @throws {DeviceLostError} when the device is gone: the caller goes on elsewhere from its last checkpoint.
   */
  run(inputs: Leaves<In, MatrixData>): Leaves<Out, MatrixData> | Promise<Leaves<Out, MatrixData>>;
  dispose(): void;
}
