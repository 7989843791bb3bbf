/** Several runs that differ in some settings: a sweep, and what came of its runs. */
import * as l10n from '../../common/l10n';
import { presentationOf } from './presentation';
import { settingNames, settingOf } from './schema';
import type { SettingName } from './schema';
import { valueProblem } from './settings';
import type { TrainingSettings } from './settings';

/** Values of settings, each of which is combined with each. */
export type VariedSettings = { readonly [Name in SettingName]?: readonly TrainingSettings[Name][] };

/** Where runs are trained, and with which seed, is no difference between networks. */
const aside: ReadonlySet<SettingName> = new Set<SettingName>(['device', 'threads']);

/** What a sweep can vary: what a value can be typed for in a line. */
export const variableSettings: readonly SettingName[] = settingNames.filter(
  (name) => !aside.has(name) && name !== 'seed' && settingOf(name).kind !== 'names',
);

/** The settings of all runs: the product of the values, the last setting varying fastest. */
export function sweepSettings(base: TrainingSettings, varied: VariedSettings): TrainingSettings[] {
  return settingNames.reduce<TrainingSettings[]>(
    (settings, name) => {
      const values: readonly unknown[] | undefined = varied[name];
      if (!values) return settings;
      return settings.flatMap((given) => values.map((value) => ({ ...given, [name]: value })));
    },
    [base],
  );
}

/** The smallest seeds from 1 on that are not used. */
export function otherSeeds(used: Iterable<number>, count: number): number[] {
  const taken = new Set(used);
  const seeds: number[] = [];
  for (let seed = 1; seeds.length < count; seed++) if (!taken.has(seed)) seeds.push(seed);
  return seeds;
}

/**
 * Reads values of a setting that stand in one line, parted by commas or spaces: "64, 128".
 * @returns the values, each once, or what is wrong with them, in a sentence.
 */
export function parseValues(
  name: SettingName,
  text: string,
): { readonly values: readonly (string | number | boolean)[] } | { readonly problem: string } {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  if (words.length === 0) return { problem: l10n.t('At least one value is needed.') };
  const values = [...new Set(words)].map((word) => valueOf(name, word));
  for (const [i, value] of values.entries()) {
    const problem = valueProblem(name, value);
    if (problem !== undefined)
      return { problem: l10n.t('“{0}” will not do: {1} {2}.', words[i], name, problem) };
  }
  return { values };
}

function valueOf(name: SettingName, word: string): string | number | boolean {
  const setting = settingOf(name);
  switch (setting.kind) {
    case 'whole':
    case 'number':
    case 'share':
      return Number(word);
    case 'switch': {
      const [on, off] = presentationOf(name).switchWords ?? [];
      if (word === 'true' || word === on) return true;
      return word === 'false' || word === off ? false : word;
    }
    case 'choice':
    case 'names':
      return word;
  }
}

/** The settings in which runs differ, seed included, in the schema's order. */
export function differingSettings(runs: readonly TrainingSettings[]): SettingName[] {
  return settingNames.filter((name) => {
    if (aside.has(name)) return false;
    return runs.some((settings) => textOf(settings[name]) !== textOf(runs[0][name]));
  });
}

/** "seed 3, hidden 256", of the settings named. */
export function settingsText(settings: TrainingSettings, names: readonly SettingName[]): string {
  return names.map((name) => `${name} ${textOf(settings[name])}`).join(', ');
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join('+') : String(value));

/** Runs that differ in nothing but the seed. */
export function seedGroups<Run>(runs: readonly Run[], settingsOf: (run: Run) => TrainingSettings): Run[][] {
  const names = settingNames.filter((name) => !aside.has(name) && name !== 'seed');
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const settings = settingsOf(run);
    const key = JSON.stringify(names.map((name) => settings[name]));
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return [...groups.values()];
}

/** Mean and standard deviation (n − 1) of figures; of one figure there is no deviation. */
export function meanAndDeviation(figures: readonly number[]): {
  readonly mean: number;
  readonly deviation?: number;
} {
  const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  if (figures.length < 2) return { mean };
  const squares = figures.reduce((sum, figure) => sum + (figure - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (figures.length - 1)) };
}
