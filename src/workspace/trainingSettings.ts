import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import { shownName } from '../common/shownText';
import { configurationKey } from '../model/settings/presentation';
import { settingNames } from '../model/settings/schema';
import type { SettingName } from '../model/settings/schema';
import { valueProblem } from '../model/settings/settings';
import type { TrainingSettings } from '../model/settings/settings';
import { completeSettings } from '../training/defaults';

/**
 * Checks values from settings.json or a command's argument. What is missing, `undefined` or `null` is not
 * given, so that it follows from the rest; names that are no training settings are not looked at.
 * @param nameOf what the person knows the value by.
 * @throws InputError that names the first value that will not do, and what would.
 */
export function checkTrainingSettings(
  values: Readonly<Record<string, unknown>>,
  nameOf: (name: SettingName) => string,
): Partial<TrainingSettings> {
  const given = settingNames.filter((name) => isGiven(values[name]));
  for (const name of given) {
    const problem = valueProblem(name, values[name]);
    if (problem !== undefined)
      throw new InputError(l10n.t('{0} {1}, but is {2}.', nameOf(name), problem, shown(values[name])));
  }
  return Object.fromEntries(given.map((name) => [name, values[name]]));
}

/**
 * The settings of a run: what the user has set, and over it what this run was asked for; what neither says
 * follows.
 */
export function settingsOfRun(
  set: Readonly<Record<string, unknown>>,
  asked: Partial<TrainingSettings>,
): TrainingSettings {
  const keyOf = (name: SettingName): string => `rnnTagger.${configurationKey(name)}`;
  return completeSettings({ ...checkTrainingSettings(set, keyOf), ...asked });
}

/** `null` stands for what is not given: settings.json has no other way to say so. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function shown(value: unknown): string {
  // JSON has no NaN and no Infinity.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return shownName(text, 80);
}
