import type { MatrixData } from './kernels';
import type { Plan, Program } from './program';
import type { DeviceName } from './registry';
import type { Session, SessionRecipe } from './session';

/** Where programs run. */
export interface Device {
  readonly name: DeviceName;
  /** What a person reads: "WebAssembly (gpu.js 2.24.1, 2 threads)". */
  readonly description: string;
  readonly precision: 'float32' | 'float64';
  /** A host array in this device's precision and, where it matters, in its memory. Zeros. */
  allocate(length: number): MatrixData;
  /**
   * Gives back an array that {@link allocate} gave: where it lay in the device's memory, something else may
   * lie now.
   */
  release(data: MatrixData): void;
  /** @throws {ShapeError} when the program's shapes do not fit. */
  compile<In, Out>(program: Program<In, Out>, shapes: In): Promise<Plan<In, Out>>;
  /** A device's own way to run minibatches, where it has one: see `openSession`. */
  createSession?<P, I, O>(recipe: SessionRecipe<P, I, O>): Session<P, I, O>;
  dispose(): void;
}
