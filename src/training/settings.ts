import type { Activation, DeviceName } from '../kernels/kernels';

/** Everything that fixes a training run, besides its data. Recorded with the run and in the model file. */
export interface TrainingSettings {
  /** H: hidden units. */
  readonly hidden: number;
  readonly activation: Activation;
  /** Sentences to a minibatch; 1 is the derivation's SGD by sentence, 0 the whole training set. */
  readonly batch: number;
  readonly epochs: number;
  readonly optimizer: OptimizerName;
  /** λ. */
  readonly learningRate: number;
  /** Largest global gradient norm; 0 does not clip. */
  readonly clip: number;
  readonly seed: number;
  /** Where to train; `auto` takes the fastest that is there. */
  readonly device: DeviceName | 'auto';
  /** Threads that a device may use; 0 lets it choose. */
  readonly threads: number;
}

export type OptimizerName = 'sgd';

/** Chosen by measuring on the development data of the corpora named in CONTRIBUTING.md. */
export const defaultSettings: TrainingSettings = {
  hidden: 64,
  activation: 'tanh',
  batch: 8,
  epochs: 20,
  optimizer: 'sgd',
  learningRate: 0.5,
  clip: 5,
  seed: 1,
  device: 'auto',
  threads: 0,
};
