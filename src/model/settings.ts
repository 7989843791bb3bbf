import { activationNames } from '../kernels/activation';
import type { Activation } from '../kernels/activation';
import type { Direction } from '../kernels/kernels';
import { deviceNames } from '../kernels/registry';
import type { DeviceName } from '../kernels/registry';
import type { UpdateMethod } from '../kernels/update';
import type { Network, Sizes } from './sizes';

/** What fixes the network's form, besides its features and labels. */
export interface ModelSettings {
  /**
   * `one-hot`: x_t is the word alone, exactly the derivation. `features`: multi-hot, of word, affixes, shape
   * and so on.
   */
  readonly input: 'features' | 'one-hot';
  /** Further columns of the corpus that features are made of, by name or number. One-hot input has none. */
  readonly columns: readonly string[];
  /** E: numbers to a feature. One-hot input has none. */
  readonly embedding: number;
  /** Hidden layers. */
  readonly layers: number;
  /** Whether each layer also goes through sentences from right to left. */
  readonly bidirectional: boolean;
  /** H: hidden units, of each layer and direction. */
  readonly hidden: number;
  readonly activation: Activation;
  /**
   * What training minimises: the cross-entropy of each token's softmax, or of the whole sentence's labels (a
   * linear-chain CRF).
   * `auto`: a CRF where labels make spans; see `training/settle.ts`.
   */
  readonly loss: 'auto' | 'softmax' | 'crf';
}

/** Everything that fixes a training run, besides its data. Recorded with the run and in the model file. */
export interface TrainingSettings extends ModelSettings {
  /** Sentences to a minibatch; 1 is the derivation's SGD by sentence, 0 the whole training set. */
  readonly batch: number;
  /** 0: as many as the corpus's size asks for; see `training/settle.ts`. */
  readonly epochs: number;
  readonly optimizer: OptimizerName;
  /** λ. */
  readonly learningRate: number;
  /** The tables' λ, as a multiple of it: their rows are met more rarely than the other parameters. */
  readonly tableRate: number;
  /** How λ goes on: the same all the time, or falling in a line towards 0 at the end. */
  readonly schedule: 'constant' | 'linear';
  /** Largest global gradient norm; 0 does not clip. */
  readonly clip: number;
  /** Shares of the entries of e_t, and of h_t, that are dropped in training. */
  readonly inputDropout: number;
  readonly dropout: number;
  /**
   * How often a token's word is withheld, so that unknown words are learned. One-hot input has a rule of its
   * own: see `training/epochData.ts`.
   */
  readonly wordDropout: number;
  /** τ: the backward sweep stops at every τ-th step (truncated BPTT); 0: nowhere. */
  readonly truncation: number;
  /** Whether weights are averaged over the last steps, for evaluation and for the model. */
  readonly averaging: boolean;
  /** Epochs without a better development score after which a run ends; 0: never. */
  readonly patience: number;
  readonly seed: number;
  /** Where to train; `auto` takes the fastest that is there. */
  readonly device: DeviceName | 'auto';
  /** Threads that a device may use; 0 lets it choose. */
  readonly threads: number;
}

export type OptimizerName = UpdateMethod;

/** What each setting may be that is one of several words. */
export const choices = {
  input: ['features', 'one-hot'],
  activation: activationNames,
  loss: ['auto', 'softmax', 'crf'],
  optimizer: ['sgd', 'momentum', 'adam'],
  schedule: ['constant', 'linear'],
  device: ['auto', ...deviceNames],
} as const satisfies { readonly [Name in keyof TrainingSettings]?: readonly TrainingSettings[Name][] };

/** The whole numbers that a setting may be, from and to. */
const ranges = {
  embedding: [1, 4096],
  layers: [1, 16],
  hidden: [1, 4096],
  batch: [0, 4096],
  epochs: [0, 1_000_000],
  truncation: [0, 1_000_000],
  patience: [0, 1_000_000],
  seed: [0, 2 ** 32 - 1],
  threads: [0, 1024],
} as const satisfies { readonly [Name in keyof TrainingSettings]?: readonly [number, number] };

const shares = [
  'inputDropout',
  'dropout',
  'wordDropout',
] as const satisfies readonly (keyof TrainingSettings)[];
const switches = ['bidirectional', 'averaging'] as const satisfies readonly (keyof TrainingSettings)[];

/**
 * What is wrong with settings that came from outside (a command line, a settings file, a model file), with
 * the setting's name; undefined where they can be used.
 */
export function settingsProblem(settings: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = settings[name];
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
      return `${name} must be a whole number from ${least} to ${most}`;
  }
  for (const name of ['learningRate', 'tableRate', 'clip']) {
    const value = settings[name];
    if (
      typeof value !== 'number' ||
      !Number.isFinite(value) ||
      value < 0 ||
      (value === 0 && name !== 'clip')
    ) {
      return `${name} must be a number ${name === 'clip' ? 'from 0 (no clipping)' : 'over 0'}`;
    }
  }
  for (const name of shares) {
    const value = settings[name];
    if (typeof value !== 'number' || !(value >= 0 && value < 1))
      return `${name} must be a number from 0 to below 1`;
  }
  for (const name of switches)
    if (typeof settings[name] !== 'boolean') return `${name} must be true or false`;
  for (const [name, names] of Object.entries<readonly string[]>(choices)) {
    if (!names.includes(settings[name] as string)) return `${name} must be one of ${names.join(', ')}`;
  }
  const { columns, input } = settings;
  if (!isNames(columns)) return 'columns must be a list of different names';
  if (columns.length > 0 && input === 'one-hot')
    return 'columns must be empty with one-hot input, which is the word alone';
  return undefined;
}

function isNames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.every((name) => typeof name === 'string' && name.trim() !== '') &&
    new Set(value).size === value.length
  );
}

/** The network that settings describe, for L labels. */
export function networkOf(settings: TrainingSettings, L: number): Network {
  const {
    input,
    embedding,
    hidden,
    layers,
    bidirectional,
    activation,
    loss,
    truncation,
    inputDropout,
    dropout,
  } = settings;
  const directions: readonly Direction[] = bidirectional ? ['leftToRight', 'rightToLeft'] : ['leftToRight'];
  const E = input === 'one-hot' ? 0 : embedding;
  return {
    E,
    H: hidden,
    L,
    layers,
    directions,
    transitions: loss === 'crf',
    activation,
    truncation,
    dropsInput: inputDropout > 0 && E > 0,
    dropsStates: dropout > 0,
  };
}

/** The sizes of its parameters over K features. */
export function sizesOf({ E, H, L, layers, directions, transitions }: Network, K: number): Sizes {
  return { K, E, H, L, layers, directions, transitions };
}
