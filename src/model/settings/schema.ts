/**
 * The schema of the training settings: each setting once, in the order in which people read them. From it and
 * from `presentation.ts` come the types and checks, the command line's options, and what `npm run generate`
 * writes into the manifest and the README.
 */
import { activationNames } from '../../kernels/activation';
import { deviceNames, devices } from '../../kernels/registry';
import type { DeviceName } from '../../kernels/registry';
import type { UpdateMethod } from '../../kernels/update';

/** What a setting can be. */
export type Setting =
  | (Rule<number> & { readonly kind: 'whole'; readonly from: number; readonly to: number })
  | (Rule<number> & { readonly kind: 'number'; readonly to: number } & (
        { readonly from: 0 } | { readonly above: 0 }
      ))
  /** From 0 to below 1. */
  | (Rule<number> & { readonly kind: 'share' })
  | (Rule<boolean> & { readonly kind: 'switch' })
  /** One of several words; those that are `unlisted` are taken, but not offered. */
  | (Rule<string> & {
      readonly kind: 'choice';
      readonly choices: readonly string[];
      readonly unlisted?: readonly string[];
    })
  /** So many different names at most, each of so many UTF-16 units at most. */
  | (Rule<readonly string[]> & { readonly kind: 'names'; readonly most: number; readonly longest: number });

type Rule<Value> = DefaultRule<Value> & {
  /** A run cannot go on from a checkpoint with another value. */
  readonly fixed?: true;
  /** What it means where a file does not name the setting: files of earlier versions name fewer. */
  readonly absent?: Value;
};

/**
 * `oneHot`: with one-hot input. `follows`: the default follows from other settings, in
 * `training/defaults.ts`.
 */
type DefaultRule<Value> =
  | { readonly default: Value; readonly oneHot?: Value; readonly follows?: undefined }
  | { readonly follows: true };

const optimizers = ['sgd', 'momentum', 'adam'] as const satisfies readonly UpdateMethod[];

/** Devices that `auto` may not take are for tests. */
type Unlisted = {
  [Name in DeviceName]: (typeof devices)[Name]['automatic'] extends true ? never : Name;
}[DeviceName];
const unlisted = deviceNames.filter((name): name is Unlisted => !devices[name].automatic);

/** The defaults were chosen by measuring on the development data of the corpora named in CONTRIBUTING.md. */
export const schema = {
  /** Where to train; `auto` takes the fastest device that is there. */
  device: { kind: 'choice', choices: ['auto', ...deviceNames], unlisted, default: 'auto' },
  /** 0: as many as the corpus's size asks for; see `training/resolveSettings.ts`. */
  epochs: { kind: 'whole', from: 0, to: 1_000_000, default: 0, oneHot: 20 },
  /** H: hidden units, of each layer and direction. */
  hidden: { kind: 'whole', from: 1, to: 4096, default: 128, oneHot: 64, fixed: true },
  /** Hidden layers. */
  layers: { kind: 'whole', from: 1, to: 16, default: 1, fixed: true, absent: 1 },
  /** Whether each layer also goes through sentences from right to left. */
  bidirectional: { kind: 'switch', default: true, oneHot: false, fixed: true, absent: false },
  /**
   * `one-hot`: x_t is the word alone, exactly the derivation. `features`: multi-hot, of word, affixes, shape
   * and so on.
   */
  input: {
    kind: 'choice',
    choices: ['features', 'one-hot'],
    default: 'features',
    fixed: true,
    absent: 'one-hot',
  },
  /** Further columns of the corpus that features are made of, by name or number. One-hot input has none. */
  columns: { kind: 'names', most: 64, longest: 200, default: [], fixed: true, absent: [] },
  /** Sentences to a minibatch; 1 is the derivation's SGD by sentence, 0 the whole training set. */
  batch: { kind: 'whole', from: 0, to: 4096, default: 16, oneHot: 4, fixed: true },
  optimizer: { kind: 'choice', choices: optimizers, default: 'adam', oneHot: 'sgd', fixed: true },
  /** λ. */
  learningRate: { kind: 'number', above: 0, to: 1_000_000, follows: true },
  /** Epochs without a better development score after which a run ends; 0: never. */
  patience: { kind: 'whole', from: 0, to: 1_000_000, default: 0, absent: 0 },
  activation: { kind: 'choice', choices: activationNames, default: 'relu', oneHot: 'tanh', fixed: true },
  /**
   * What training minimises: the cross-entropy of each token's softmax, or of the whole sentence's labels (a
   * linear-chain CRF). `auto`: a CRF where labels make spans, and are not too many; see `training/resolveSettings.ts`.
   */
  loss: {
    kind: 'choice',
    choices: ['auto', 'softmax', 'crf'],
    default: 'auto',
    oneHot: 'softmax',
    fixed: true,
    absent: 'softmax',
  },
  /** Share of the entries of h_t that are dropped in training. */
  dropout: { kind: 'share', default: 0, fixed: true, absent: 0 },
  /** Share of the entries of e_t that are dropped in training. */
  inputDropout: { kind: 'share', default: 0, fixed: true, absent: 0 },
  /**
   * How often a token's word is withheld, so that unknown words are learned. One-hot input has a rule of its
   * own: see `training/epochData.ts`.
   */
  wordDropout: { kind: 'share', default: 0.1, oneHot: 0, fixed: true, absent: 0 },
  /** Largest global gradient norm; 0 does not clip. */
  clip: { kind: 'number', from: 0, to: 1_000_000, follows: true },
  /** How λ goes on: the same all the time, or falling in a line towards 0 at the end. */
  schedule: {
    kind: 'choice',
    choices: ['constant', 'linear'],
    default: 'linear',
    oneHot: 'constant',
    absent: 'constant',
  },
  /** Whether weights are averaged over the last steps, for evaluation and for the model. */
  averaging: { kind: 'switch', default: true, oneHot: false, fixed: true, absent: false },
  /** The tables' λ, as a multiple of it: their rows are met more rarely than the other parameters. */
  tableRate: { kind: 'number', above: 0, to: 1_000_000, follows: true, absent: 1 },
  /** E: numbers to a feature. One-hot input has none. */
  embedding: { kind: 'whole', from: 1, to: 4096, default: 64, fixed: true, absent: 1 },
  /** τ: the backward sweep stops at every τ-th step (truncated BPTT); 0: nowhere. */
  truncation: { kind: 'whole', from: 0, to: 1_000_000, default: 0, fixed: true, absent: 0 },
  seed: { kind: 'whole', from: 0, to: 2 ** 32 - 1, default: 1, fixed: true },
  /** Threads that a device may use; 0 lets it choose. The result is the same for any number. */
  threads: { kind: 'whole', from: 0, to: 1024, default: 0 },
} as const satisfies Readonly<Record<string, Setting>>;

export type Schema = typeof schema;
export type SettingName = keyof Schema;

/** In the order of the schema. */
export const settingNames = Object.keys(schema) as readonly SettingName[];

/** The setting's rule, whichever it is. */
export function settingOf(name: SettingName): Setting {
  return schema[name];
}
