import type { GPU } from 'gpu.js';
import { DeviceLostError } from '../../common/errors';
import { devices } from '../registry';
import type { KernelCache } from './kernelCache';
import type { GpuJsMode, Traits } from './traits';

/** What a device and its plans share. */
export class Engine {
  /** Plans not disposed of yet. */
  readonly plans = new Set<{ dispose(): void }>();
  private gone: DeviceLostError | undefined;

  constructor(
    readonly mode: GpuJsMode,
    readonly traits: Traits,
    readonly gpu: GPU,
    readonly kernels: KernelCache,
    /** Whether a plan may spread its work over gpu.js's worker threads (webasm). */
    readonly threaded: boolean,
    private readonly contextLost: () => boolean,
  ) {}

  /**
   * @throws {DeviceLostError} once the device is gone. A lost WebGL context says nothing by itself: it reads
   * as zeros.
   */
  check(): void {
    if (this.gone === undefined && this.contextLost()) this.lose('its context was lost');
    if (this.gone !== undefined) throw this.gone;
  }

  /** From now on every run fails, with this reason. */
  lose(reason: string, cause?: unknown): DeviceLostError {
    this.gone ??= new DeviceLostError(
      `${devices[this.mode].title} (gpu.js ${this.mode}) is gone: ${reason}`,
      {
        cause,
      },
    );
    return this.gone;
  }
}
