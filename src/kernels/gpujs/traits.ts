import type { Reading } from './operations/contraction';

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
