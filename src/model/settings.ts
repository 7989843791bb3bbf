import type { Activation, DeviceName } from '../kernels/kernels';

/** What fixes the network's form, besides its vocabularies. */
export interface ModelSettings {
  /** H: hidden units. */
  readonly hidden: number;
  readonly activation: Activation;
}

/** Everything that fixes a training run, besides its data. Recorded with the run and in the model file. */
export interface TrainingSettings extends ModelSettings {
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

export const activations: readonly Activation[] = ['tanh', 'sigmoid', 'relu'];
export const optimizers: readonly OptimizerName[] = ['sgd'];
export const devices: readonly TrainingSettings['device'][] = ['auto', 'webgpu', 'webgl2', 'simd', 'webasm', 'cpu', 'reference'];

/** The whole numbers that a setting may be, from and to. */
const ranges = {
  hidden: [1, 4096],
  batch: [0, 4096],
  epochs: [1, 1_000_000],
  seed: [0, 2 ** 32 - 1],
  threads: [0, 1024],
} as const;

/**
 * What is wrong with settings that came from outside (a command line, a settings file, a model file), with the setting's
 * name; undefined where they can be used.
 */
export function settingsProblem(settings: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = settings[name];
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) return `${name} must be a whole number from ${least} to ${most}`;
  }
  for (const name of ['learningRate', 'clip']) {
    const value = settings[name];
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || (value === 0 && name === 'learningRate')) {
      return `${name} must be a number ${name === 'clip' ? 'from 0 (no clipping)' : 'over 0'}`;
    }
  }
  const choices: readonly [string, readonly string[]][] = [
    ['activation', activations],
    ['optimizer', optimizers],
    ['device', devices],
  ];
  for (const [name, names] of choices) {
    if (!names.includes(settings[name] as string)) return `${name} must be one of ${names.join(', ')}`;
  }
  return undefined;
}
