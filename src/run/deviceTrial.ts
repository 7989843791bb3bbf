import type { DeviceName } from '../kernels/registry';

/** A device that was tried for a run: how fast it trains, or why it cannot. */
export interface DeviceTrial {
  readonly device: DeviceName;
  /** What a person reads, with the GPU's name where it is known. */
  readonly description?: string;
  readonly tokensPerSecond?: number;
  /** It was so much slower than the best that it was given up after its first step: the figure is rough. */
  readonly givenUp?: boolean;
  /** Seconds that it took to send the training data there; once in a run. */
  readonly sendingSeconds?: number;
  /** Why it is not available. */
  readonly why?: string;
}

/** What was measured for a run on `auto`, and the device that was taken. */
export interface DeviceChoice {
  readonly device: DeviceName;
  readonly trials: readonly DeviceTrial[];
}
