import type { IKernelRunShortcut } from 'gpu.js';
import type { Shape } from '../kernels';
import { transpose } from './operations/linear';
import { GpuMatrix } from './recorder';
import type { Handle, Recorder } from './recorder';
import { withCounter } from './source';
import type { Reading, Traits } from './traits';

/**
 * Rows are padded to a multiple of so many columns: SIMD and GPUs work on four entries at a time. One column
 * stays one.
 */
export function paddedColumns(columns: number, multiple: number): number {
  return columns === 1 ? 1 : Math.ceil(columns / multiple) * multiple;
}

/** A recorder that hands each call to a function: the trace of a pipeline, or the kernel itself. */
export class Recording implements Recorder {
  private readonly transposes = new Map<GpuMatrix, GpuMatrix>();
  /** Kernel calls so far. */
  calls = 0;

  constructor(
    private readonly traits: Traits,
    private readonly kernelOf: (
      source: string,
      output: readonly [number, number],
      argumentTypes?: readonly string[],
    ) => IKernelRunShortcut,
    private readonly made: (handle: Handle) => void = () => undefined,
    /** What a kernel gets as its counter, where it has one. */
    private readonly counter?: Handle,
  ) {}

  get reading(): Reading {
    return this.traits.reading;
  }

  stride(columns: number): number {
    return paddedColumns(columns, this.traits.multiple);
  }

  call(source: string, shape: Shape, ...operands: GpuMatrix[]): GpuMatrix {
    return new GpuMatrix(shape.rows, shape.columns, () => {
      const handles = operands.map((operand) => operand.handle);
      const output = [this.stride(shape.columns), shape.rows] as const;
      const handle: Handle =
        this.counter === undefined
          ? this.kernelOf(source, output)(...handles)
          : this.kernelOf(withCounter(source), output, [...handles.map(() => 'Input'), 'Integer'])(
              ...handles,
              this.counter,
            );
      this.calls++;
      this.made(handle);
      return handle;
    });
  }

  transposed(A: GpuMatrix): GpuMatrix {
    let result = this.transposes.get(A);
    if (result === undefined) {
      result = transpose(this, A);
      this.transposes.set(A, result);
    }
    return result;
  }
}
