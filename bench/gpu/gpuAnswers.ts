/** What the benchmark asks of the worker in Chromium, and what it answers. */
import type { DeviceIn } from '../../src/kernels/registry';
import type { StepShape } from '../step/stepData';

export type GpuDeviceName = DeviceIn<'page'>;

/** A GPU as its device tells of it. */
export interface GpuIdentity {
  /** What a person reads: "WebGPU on SwiftShader (software)". */
  readonly description: string;
  /** It computes on the processor. */
  readonly software: boolean;
  /** Word for word: WebGPU's adapter.info, WebGL's unmasked renderer and vendor. */
  readonly told: Readonly<Record<string, string>>;
}

export type GpuRequest =
  | { readonly type: 'find'; readonly device: GpuDeviceName }
  | {
      readonly type: 'prepare';
      readonly device: GpuDeviceName;
      readonly shape: StepShape;
      /** The losses of `reference`. */
      readonly expected: readonly number[];
    }
  | { readonly type: 'steps'; readonly count: number }
  | { readonly type: 'round'; readonly ms: number };

export type GpuAnswer =
  | ({ readonly type: 'found' } & GpuIdentity)
  | { readonly type: 'prepared' }
  | { readonly type: 'losses'; readonly losses: readonly number[] }
  | { readonly type: 'round'; readonly ms: number; readonly steps: number }
  | { readonly type: 'failed'; readonly message: string };

interface AnswerTypes {
  readonly find: 'found';
  readonly prepare: 'prepared';
  readonly steps: 'losses';
  readonly round: 'round';
}
export type GpuAnswerTo<Type extends GpuRequest['type']> = GpuAnswer & { type: AnswerTypes[Type] };
