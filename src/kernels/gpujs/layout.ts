import { Input } from 'gpu.js';
import type { KernelOutput } from 'gpu.js';
import type { MatrixData, Shape } from '../kernels';

function float32(data: MatrixData): Float32Array<ArrayBuffer> {
  return data instanceof Float32Array ? data : new Float32Array(data);
}

/**
 * A host matrix for upload, with its rows padded by zeros. Only read while gpu.js takes it in, so not copied
 * here.
 */
export function toInput(data: MatrixData, { rows, columns }: Shape, stride: number): Input {
  const padded = stride === columns ? float32(data) : new Float32Array(rows * stride);
  if (stride !== columns)
    for (let r = 0; r < rows; r++) padded.set(data.subarray(r * columns, (r + 1) * columns), r * stride);
  // Typed as number[] by gpu.js, whose code and documentation take typed arrays.
  return new Input(padded as unknown as number[], [stride, rows]);
}

/** The rows of a host matrix, as views. */
export function toRows(data: MatrixData, { rows, columns }: Shape): Float32Array[] {
  const flat = float32(data);
  return Array.from({ length: rows }, (_, r) => flat.subarray(r * columns, (r + 1) * columns));
}

function isRow(value: unknown): value is Float32Array {
  return value instanceof Float32Array;
}

/** What gpu.js read back (rows with their padding), as one array without it. */
export function fromRows(output: KernelOutput, { rows, columns }: Shape): Float32Array<ArrayBuffer> {
  if (!Array.isArray(output) || output.length !== rows || !output.every(isRow))
    throw new TypeError(`gpu.js gave no ${rows} rows of numbers`);
  const [first] = output;
  if (
    first.length === columns &&
    first.byteOffset === 0 &&
    first.buffer.byteLength === rows * columns * 4 &&
    first.buffer instanceof ArrayBuffer
  ) {
    return new Float32Array(first.buffer);
  }
  const flat = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) flat.set(output[r].subarray(0, columns), r * columns);
  return flat;
}
