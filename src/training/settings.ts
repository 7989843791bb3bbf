import { InputError } from '../common/problem';
import { settingsProblem } from '../model/settings';
import type { TrainingSettings } from '../model/settings';

export type { OptimizerName, TrainingSettings } from '../model/settings';

/** Chosen by measuring on the development data of the corpora named in CONTRIBUTING.md. */
export const defaultSettings: TrainingSettings = {
  hidden: 64,
  activation: 'tanh',
  batch: 4,
  epochs: 20,
  optimizer: 'sgd',
  learningRate: 0.15,
  clip: 5,
  seed: 1,
  device: 'auto',
  threads: 0,
};

/**
 * Settings in full. What is not given is {@link defaultSettings}, except that learning rate and clipping follow from what
 * is: the gradient of a single sentence is a sum over its tokens, taken without clipping as the derivation has it, and
 * needs a small λ. The sigmoid needs four times that of tanh: tanh(s) = 2σ(2s) − 1, so that for the same h its weights are
 * larger and its gradients smaller, each by a factor of two.
 * @throws {InputError} naming the setting that cannot be used.
 */
export function resolveSettings(given: Partial<TrainingSettings> = {}): TrainingSettings {
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<TrainingSettings>;
  const { batch, activation } = { ...defaultSettings, ...defined };
  const descent = batch === 1 ? sentenceDescent : batch === 0 ? wholeSetDescent : defaultSettings;
  const learningRate = descent.learningRate * (activation === 'sigmoid' ? 4 : 1);
  const settings = { ...defaultSettings, learningRate, clip: descent.clip, ...defined };
  const problem = settingsProblem({ ...settings });
  if (problem !== undefined) throw new InputError(`A setting cannot be used: ${problem}.`);
  return settings;
}

const sentenceDescent = { learningRate: 0.01, clip: 0 };
const wholeSetDescent = { learningRate: 0.3, clip: 5 };
