import type { Dataset } from '../corpus/dataset';
import type { Device } from '../kernels/kernels';
import type { Parameters } from '../model/parameters';
import { trainingRecipe } from '../model/shard';
import type { TrainingSettings } from '../model/settings';
import type { EpochData } from './epochData';
import { HostStep } from './hostStep';
import { ShardedStep } from './shardedStep';

export interface StepResult {
  /** E, summed over the step's tokens. */
  readonly loss: number;
  readonly tokens: number;
  /** Norm of the gradient before clipping. Where it is not finite, the parameters were left alone. */
  readonly gradientNorm: number;
}

/** Steps of gradient descent on a device: gather the inputs, run the training program, update the parameters. */
export interface GradientStep {
  /**
   * One step of an epoch: a sweep over one minibatch, or over the whole training set in chunks, whose gradients are summed
   * in their order. `between` is asked between chunks whether to go on; undefined, and nothing updated, where it said no.
   */
  run(epoch: EpochData, index: number, data: Dataset, between: () => boolean | Promise<boolean>): Promise<StepResult | undefined>;
  /** B×H: the hidden states in which the last step ended, for a window that goes on from it. */
  state: Float64Array;
  dispose(): void;
}

/** The device's own way to do steps, where it has one. */
export function createGradientStep(device: Device, parameters: Parameters, settings: TrainingSettings): GradientStep {
  if (device.shard) return new ShardedStep(device.shard(trainingRecipe(parameters, settings.activation)), parameters, settings);
  return new HostStep(device, parameters, settings);
}
