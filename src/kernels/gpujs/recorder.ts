import type { KernelVariable } from 'gpu.js';
import type { Matrix, Shape } from '../kernels';
import type { Reading } from './traits';

/**
 * What gpu.js knows a matrix by: a pipeline's handle, a texture, or rows on the host. Never looked into here.
 */
export type Handle = KernelVariable;

/**
 * A matrix on a gpu.js device. Its kernel call is recorded when something first reads it, so what a program
 * does not use costs nothing.
 */
export class GpuMatrix implements Matrix {
  private recorded: Handle | undefined;

  constructor(
    readonly rows: number,
    readonly columns: number,
    private readonly record: () => Handle,
  ) {}

  get handle(): Handle {
    this.recorded ??= this.record();
    return this.recorded;
  }
}

/** The gpu.js matrix behind an opaque one. */
export function onGpu(matrix: Matrix): GpuMatrix {
  if (!(matrix instanceof GpuMatrix)) throw new TypeError('this matrix belongs to another device');
  return matrix;
}

/** Where operations record their kernel calls. One recorder serves one recording (or one run, in a chain). */
export interface Recorder {
  readonly reading: Reading;
  /**
   * The columns that a row takes in memory. Kernels run over the padding too, and may leave anything finite
   * or not in it; no kernel reads it into an entry, and the host never sees it.
   */
  stride(columns: number): number;
  /**
   * One kernel call, an entry of the result for each thread. At most seven operands: WebGPU binds eight
   * buffers.
   */
  call(source: string, shape: Shape, ...operands: GpuMatrix[]): GpuMatrix;
  /** Aᵀ, recorded once for each A. */
  transposed(A: GpuMatrix): GpuMatrix;
}
