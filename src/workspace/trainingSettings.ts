import { InputError } from '../common/errors';
import { settingsProblem } from '../model/settings';
import { defaultSettings, resolveSettings } from '../training/settings';
import type { TrainingSettings } from '../training/settings';

/** Names of the settings that a run has. */
export const trainingSettingNames = Object.keys(defaultSettings) as readonly (keyof TrainingSettings)[];

/**
 * Checks values from settings.json or a command's argument. What is missing, `undefined` or `null` is not
 * given, so that it follows from the rest; names that are no training settings are not looked at.
 * @param nameOf what the person knows the value by.
 * @throws InputError that names the first value that will not do, and what would.
 */
export function checkTrainingSettings(
  values: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string,
): Partial<TrainingSettings> {
  const given = trainingSettingNames.filter((name) => isGiven(values[name]));
  for (const name of given) {
    const problem = settingsProblem({ ...defaultSettings, [name]: values[name] });
    if (problem !== undefined)
      throw new InputError(`${nameOf(name)}${problem.slice(name.length)}, but is ${shown(values[name])}.`);
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
  const names = (name: string) => (name === 'device' ? 'rnnTagger.device' : `rnnTagger.training.${name}`);
  return resolveSettings({ ...checkTrainingSettings(set, names), ...asked });
}

/** `null` stands for what is not given: settings.json has no other way to say so. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function shown(value: unknown): string {
  // JSON has no NaN and no Infinity.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
