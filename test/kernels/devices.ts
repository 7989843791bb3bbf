/**
 * The devices that all suites run on, in Node and in a page. A new device is one line here: the conformance
 * of its operations, of whole training runs, of the gradient's flow and of the network follow.
 */
import type { Device } from '../../src/kernels/device';
import { createGpuJsDevice } from '../../src/kernels/gpujs/device';
import { createSimdDevice } from '../../src/kernels/simd/device';
import { runsHere } from '../../src/kernels/simd/module';

export interface DeviceUnderTest {
  /** In titles. */
  readonly title: string;
  readonly open: () => Promise<Device>;
  /** Whether this place has it. What is there must work. */
  readonly isHere: boolean;
  /** Its programs are compiled in no time, so that it is tried with more sizes. */
  readonly manySizes?: boolean;
}

const inPage = typeof document === 'object';

const all: readonly DeviceUnderTest[] = [
  { title: 'gpu.js webgpu', open: () => createGpuJsDevice('webgpu'), isHere: inPage },
  { title: 'gpu.js webgl2', open: () => createGpuJsDevice('webgl2'), isHere: inPage },
  { title: 'gpu.js webasm', open: () => createGpuJsDevice('webasm'), isHere: true },
  { title: 'gpu.js cpu', open: () => createGpuJsDevice('cpu'), isHere: true },
  // A page that is not isolated shares no memory; relaxed SIMD is not everywhere yet.
  ...(['plain', 'shared', 'relaxed'] as const).map((build) => ({
    title: `WebAssembly SIMD, ${build}`,
    open: async () => createSimdDevice({ build }),
    isHere: runsHere(build),
    manySizes: true,
  })),
];

/** Every device of this place. */
export const devices = all.filter(({ isHere }) => isHere);
