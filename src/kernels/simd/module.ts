/** The compiled kernels: which build runs here, and instances of it. */
import plain from 'wasm:simd';
import relaxed from 'wasm:simd-relaxed';
import shared from 'wasm:simd-shared';
import type { SimdMemory } from './memory';

/** What a build exports (`assembly/index.ts`). Addresses are bytes from the memory's start. */
export interface SimdExports {
  run(program: number, scratch: number, inputTable: number, outputTable: number): void;
  step(control: number): number;
  serve(control: number, thread: number): void;
  end(control: number): void;
}

/**
 * `relaxed` multiplies and adds in one instruction, rounded once, where the machine can; its memory is
 * shared.
 */
export type SimdBuild = 'plain' | 'shared' | 'relaxed';

const bytesOf: Readonly<Record<SimdBuild, Uint8Array<ArrayBuffer>>> = { plain, shared, relaxed };

/** Whether WebAssembly here has all that a build needs. */
export function runsHere(build: SimdBuild): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytesOf[build]);
}

const modules = new Map<SimdBuild, WebAssembly.Module>();

/** Compiled once; it can be sent to other threads. */
export function moduleOf(build: SimdBuild): WebAssembly.Module {
  const module = modules.get(build) ?? new WebAssembly.Module(bytesOf[build]);
  modules.set(build, module);
  return module;
}

export function instantiate(module: WebAssembly.Module, { memory }: Pick<SimdMemory, 'memory'>): SimdExports {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as unknown as SimdExports;
}
