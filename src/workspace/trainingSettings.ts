import { InputError } from '../common/problem';
import { defaultSettings } from '../training/settings';
import type { TrainingSettings } from '../training/settings';

/** Numbers that a user may set, with their limits. */
const numbers = {
  epochs: { from: 1, to: 10_000, whole: true },
  hidden: { from: 1, to: 4096, whole: true },
  batch: { from: 0, to: 4096, whole: true },
  learningRate: { from: 1e-6, to: 100, whole: false },
  clip: { from: 0, to: 1e6, whole: false },
  seed: { from: 0, to: 2 ** 32 - 1, whole: true },
  threads: { from: 0, to: 256, whole: true },
} as const;

const choices = {
  activation: ['tanh', 'sigmoid', 'relu'],
  device: ['auto', 'webgpu', 'webgl2', 'simd', 'webasm', 'cpu', 'reference'],
} as const satisfies { readonly [Name in keyof TrainingSettings]?: readonly TrainingSettings[Name][] };

/** Names of the settings that can be set. */
export const trainingSettingNames: readonly string[] = [...Object.keys(numbers), ...Object.keys(choices)];

/**
 * Checks values from settings.json, a command's argument or a file. Names that are missing or `undefined` stay so; names that
 * are no training settings are not looked at.
 * @param nameOf what the person knows the value by.
 * @throws InputError that names the first value that will not do, and what would.
 */
export function checkTrainingSettings(values: Readonly<Record<string, unknown>>, nameOf: (name: string) => string): Partial<TrainingSettings> {
  const checked: Record<string, unknown> = {};
  for (const [name, { from, to, whole }] of Object.entries(numbers)) {
    const value = values[name];
    if (value === undefined) continue;
    if (typeof value !== 'number' || !(value >= from && value <= to) || (whole && !Number.isInteger(value))) {
      throw new InputError(`${nameOf(name)} must be a ${whole ? 'whole ' : ''}number from ${from} to ${to}, but is ${shown(value)}.`);
    }
    checked[name] = value;
  }
  for (const [name, allowed] of Object.entries<readonly string[]>(choices)) {
    const value = values[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || !allowed.includes(value)) {
      throw new InputError(`${nameOf(name)} must be one of ${allowed.join(', ')}, but is ${shown(value)}.`);
    }
    checked[name] = value;
  }
  return checked;
}

/** The settings of a run: the defaults, what the user has set over them, and over both what this run was asked for. */
export function settingsOfRun(set: Readonly<Record<string, unknown>>, asked: Partial<TrainingSettings>): TrainingSettings {
  const names = (name: string) => (name === 'device' ? 'rnnTagger.device' : `rnnTagger.training.${name}`);
  return { ...defaultSettings, ...checkTrainingSettings(set, names), ...asked };
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
