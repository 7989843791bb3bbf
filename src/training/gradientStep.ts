import type { Dataset } from '../corpus/dataset';
import type { Device } from '../kernels/kernels';
import { trainingRecipe } from '../model/shard';
import type { EpochData } from './epochData';
import { HostStep } from './hostStep';
import type { Learner } from './learner';
import { ShardedStep } from './shardedStep';

export type { Learner } from './learner';

export interface StepResult {
  /** E, summed over the step's tokens. */
  readonly loss: number;
  readonly tokens: number;
  /** Norm of the gradient before clipping. Where it is not finite, the parameters were left alone. */
  readonly gradientNorm: number;
}

/**
 * Steps of gradient descent on a device: gather the inputs, run the training program, update the parameters.
 */
export interface GradientStep {
  /**
   * One step of an epoch: a sweep over one minibatch, or over the whole training set in chunks, whose
   * gradients are summed in their order. `between` is asked between chunks whether to go on; undefined, and
   * nothing updated, where it said no.
   */
  run(
    epoch: EpochData,
    index: number,
    data: Dataset,
    between: () => boolean | Promise<boolean>,
  ): Promise<StepResult | undefined>;
  /** The hidden states in which the last step ended, for a window that goes on from it. */
  state: Float64Array<ArrayBuffer>;
  dispose(): void;
}

/** The device's own way to do steps, where it has one. */
export function createGradientStep(device: Device, learner: Learner): GradientStep {
  const { parameters, network, optimiser } = learner;
  if (device.shard)
    return new ShardedStep(device.shard(trainingRecipe(parameters, network, optimiser.moments)), learner);
  return new HostStep(device, learner);
}
