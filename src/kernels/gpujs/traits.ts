/**
 * How a mode best reads the right-hand side of a sum of products.
 * - sideBySide: neighbouring threads read neighbouring entries (GPUs).
 * - counted: so too, by one index that is counted up: webasm computes the address of a nested read anew in
 *   each lane.
 * - inTurn: a thread reads neighbouring entries one after the other; JavaScript is twice as fast then.
 */
export type Reading = 'sideBySide' | 'counted' | 'inTurn';

/** gpu.js's modes that the project uses. */
export type GpuJsMode = 'webgpu' | 'webgl2' | 'webasm' | 'cpu';

/** How the modes differ. What they compute is the same. */
export interface Traits {
  readonly title: string;
  /** A chain of kernel calls instead of a pipeline. */
  readonly chained: boolean;
  /** Rows are padded to a multiple of so many columns: a SIMD register and a GPU's vector hold four. */
  readonly multiple: number;
  readonly reading: Reading;
}

/** The modes, fastest first on a machine with a GPU. */
export const traitsOf: Readonly<Record<GpuJsMode, Traits>> = {
  webgpu: { title: 'WebGPU', chained: false, multiple: 4, reading: 'sideBySide' },
  webgl2: { title: 'WebGL 2', chained: true, multiple: 1, reading: 'sideBySide' },
  webasm: { title: 'WebAssembly', chained: false, multiple: 4, reading: 'counted' },
  cpu: { title: 'JavaScript', chained: true, multiple: 1, reading: 'inTurn' },
};
