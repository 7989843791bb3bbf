import { InputError } from '../common/problem';
import { settingsProblem } from '../model/settings';
import type { TrainingSettings } from '../model/settings';

export type { OptimizerName, TrainingSettings } from '../model/settings';

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

/**
 * Settings in full. What is not given is {@link defaultSettings}, except that learning rate and clipping follow from the
 * form of gradient descent: a single sentence's gradient is a sum over its tokens, taken without clipping as the
 * derivation has it, and needs a smaller λ; the whole set's is a mean over many sentences, seldom updated, and bears a
 * larger one.
 * @throws {InputError} naming the setting that cannot be used.
 */
export function resolveSettings(given: Partial<TrainingSettings> = {}): TrainingSettings {
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<TrainingSettings>;
  const batch = defined.batch ?? defaultSettings.batch;
  const settings = { ...defaultSettings, ...(batch <= 1 && byForm[batch === 1 ? 'sentence' : 'wholeSet']), ...defined };
  const problem = settingsProblem({ ...settings });
  if (problem !== undefined) throw new InputError(`A setting cannot be used: ${problem}.`);
  return settings;
}

const byForm = {
  sentence: { learningRate: 0.05, clip: 0 },
  wholeSet: { learningRate: 1, clip: 5 },
};
