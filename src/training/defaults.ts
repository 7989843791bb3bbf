/** What a setting is that nobody set. */
import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import { settingNames, settingOf } from '../model/settings/schema';
import { settingsProblem } from '../model/settings/settings';
import type { TrainingSettings } from '../model/settings/settings';

/**
 * Settings in full: what is not given has its default, which for some follows from what is.
 * @throws {InputError} naming the setting that cannot be used.
 */
export function completeSettings(given: Partial<TrainingSettings> = {}): TrainingSettings {
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const stated = { ...statedDefaults(defined.input === 'one-hot'), ...defined };
  const settings = { ...followingDefaults(stated as RateFacts), ...stated };
  const problem = settingsProblem(settings);
  if (problem !== undefined) throw new InputError(l10n.t('A setting cannot be used: {0}.', problem));
  return settings as TrainingSettings;
}

/** The defaults that the schema states. */
function statedDefaults(oneHot: boolean): Record<string, unknown> {
  return Object.fromEntries(
    settingNames.flatMap((name) => {
      const setting = settingOf(name);
      if (setting.follows) return [];
      return [[name, oneHot && setting.oneHot !== undefined ? setting.oneHot : setting.default]];
    }),
  );
}

type RateFacts = Pick<TrainingSettings, 'optimizer' | 'batch' | 'activation'>;

const adam = { learningRate: 0.002, tableRate: 4, clip: 5 };
/** The gradient of one sentence is a sum over its tokens, taken without clipping as the derivation has it. */
const sentenceDescent = { learningRate: 0.01, tableRate: 1, clip: 0 };
const minibatchDescent = { learningRate: 0.15, tableRate: 1, clip: 5 };
const wholeSetDescent = { learningRate: 0.3, tableRate: 1, clip: 5 };

/**
 * The defaults that follow from other settings. The sigmoid needs four times the learning rate of tanh:
 * tanh(s) = 2σ(2s) − 1, so that for the same h its weights are larger and its gradients smaller, each by a
 * factor of two. Momentum takes a tenth, since it adds up the gradients of about ten steps.
 */
export function followingDefaults({
  optimizer,
  batch,
  activation,
}: RateFacts): Pick<TrainingSettings, 'learningRate' | 'tableRate' | 'clip'> {
  if (optimizer === 'adam') return adam;
  const descent = batch === 0 ? wholeSetDescent : batch === 1 ? sentenceDescent : minibatchDescent;
  const ofMomentum = optimizer === 'momentum' ? 1 / 10 : 1;
  const ofSigmoid = activation === 'sigmoid' ? 4 : 1;
  return { ...descent, learningRate: descent.learningRate * ofMomentum * ofSigmoid };
}

/** With input of features. */
export const defaultSettings: TrainingSettings = completeSettings();
