import type { DeviceName } from '../registry';

/**
 * How a mode best reads the right-hand side of a sum of products.
 * - sideBySide: neighbouring threads read neighbouring entries (GPUs).
 * - counted: so too, by one index that is counted up: webasm computes the address of a nested read anew in
 *   each lane.
 * - inTurn: a thread reads neighbouring entries one after the other; JavaScript is twice as fast then.
 */
export type Reading = 'sideBySide' | 'counted' | 'inTurn';

/** How the modes differ. What they compute is the same. */
export interface Traits {
  /** A chain of kernel calls instead of a pipeline. */
  readonly chained: boolean;
  /** Rows are padded to a multiple of so many columns: a SIMD register and a GPU's vector hold four. */
  readonly multiple: number;
  readonly reading: Reading;
}

/** The modes, fastest first on a machine with a GPU. */
export const traitsOf = {
  webgpu: { chained: false, multiple: 4, reading: 'sideBySide' },
  webgl2: { chained: true, multiple: 1, reading: 'sideBySide' },
  webasm: { chained: false, multiple: 4, reading: 'counted' },
  cpu: { chained: true, multiple: 1, reading: 'inTurn' },
} as const satisfies Readonly<Partial<Record<DeviceName, Traits>>>;

/** A mode of gpu.js, which is a device's name. */
export type GpuJsMode = keyof typeof traitsOf;

export const gpuJsModes = Object.keys(traitsOf) as GpuJsMode[];
