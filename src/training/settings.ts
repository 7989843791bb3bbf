import { InputError } from '../common/errors';
import { settingsProblem } from '../model/settings';
import type { TrainingSettings } from '../model/settings';

export type { TrainingSettings } from '../model/settings';

/** Chosen by measuring on the development data of the corpora named in CONTRIBUTING.md. */
export const defaultSettings: TrainingSettings = {
  input: 'features',
  columns: [],
  embedding: 64,
  layers: 1,
  bidirectional: true,
  hidden: 128,
  activation: 'relu',
  loss: 'auto',
  batch: 16,
  epochs: 0,
  optimizer: 'adam',
  learningRate: 0.002,
  tableRate: 4,
  schedule: 'linear',
  clip: 5,
  inputDropout: 0,
  dropout: 0,
  wordDropout: 0.1,
  truncation: 0,
  averaging: true,
  patience: 0,
  seed: 1,
  device: 'auto',
  threads: 0,
};

/**
 * The derivation's network, trained by its SGD in small minibatches: what one-hot input has where nothing
 * else is said.
 */
const derivation: TrainingSettings = {
  ...defaultSettings,
  input: 'one-hot',
  activation: 'tanh',
  loss: 'softmax',
  bidirectional: false,
  hidden: 64,
  batch: 4,
  epochs: 20,
  optimizer: 'sgd',
  learningRate: 0.15,
  tableRate: 1,
  schedule: 'constant',
  clip: 5,
  inputDropout: 0,
  dropout: 0,
  wordDropout: 0,
  averaging: false,
};

/**
 * Settings in full. What is not given is {@link defaultSettings}, or with one-hot input {@link derivation},
 * except that with SGD learning rate and clipping follow from what is: the gradient of a single sentence is a
 * sum over its tokens, taken without clipping as the derivation has it, and needs a small λ. The sigmoid
 * needs four times that of tanh: tanh(s) = 2σ(2s) − 1, so that for the same h its weights are larger and its
 * gradients smaller, each by a factor of two.
 * @throws {InputError} naming the setting that cannot be used.
 */
export function resolveSettings(given: Partial<TrainingSettings> = {}): TrainingSettings {
  const defined = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<TrainingSettings>;
  const defaults = defined.input === 'one-hot' ? derivation : defaultSettings;
  const { optimizer, batch, activation } = { ...defaults, ...defined };
  const descent =
    optimizer === 'adam'
      ? defaultSettings
      : batch === 1
        ? sentenceDescent
        : batch === 0
          ? wholeSetDescent
          : derivation;
  const share = optimizer === 'momentum' ? 1 / 10 : 1;
  const learningRate =
    descent.learningRate * share * (optimizer !== 'adam' && activation === 'sigmoid' ? 4 : 1);
  const tableRate = optimizer === 'adam' ? defaultSettings.tableRate : 1;
  const settings = { ...defaults, learningRate, tableRate, clip: descent.clip, ...defined };
  const problem = settingsProblem({ ...settings });
  if (problem !== undefined) throw new InputError(`A setting cannot be used: ${problem}.`);
  return settings;
}

const sentenceDescent = { learningRate: 0.01, clip: 0 };
const wholeSetDescent = { learningRate: 0.3, clip: 5 };
