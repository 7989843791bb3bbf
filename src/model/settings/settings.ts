/** Training settings as people choose them and as a network is built from them, and what is wrong in them. */
import * as l10n from '../../common/l10n';
import { settingNames, settingOf } from './schema';
import type { Schema, Setting, SettingName } from './schema';

type Value<Of extends Setting> = Of extends { readonly kind: 'switch' }
  ? boolean
  : Of extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : Of extends { readonly kind: 'names' }
      ? readonly string[]
      : number;

/**
 * What a run is asked for, in full. What follows from the corpus may still be open: `auto`, and 0 epochs. It
 * is kept with the run.
 */
export type TrainingSettings = { readonly [Name in keyof Schema]: Value<Schema[Name]> };

/**
 * What a network is built and trained by, with nothing left open: {@link TrainingSettings} resolved with the
 * corpus. Where it is trained, device and threads, is no part of it. Recorded in the model file.
 */
export interface ResolvedSettings extends Omit<TrainingSettings, 'device' | 'threads'> {
  readonly loss: 'softmax' | 'crf';
}

export type OptimizerName = TrainingSettings['optimizer'];

/**
 * What is wrong with settings that came from outside (a command line, a settings file, a run's record), with
 * the setting's name; undefined where they can be used.
 */
export function settingsProblem(settings: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of settingNames) {
    const problem = valueProblem(name, settings[name]);
    if (problem !== undefined) return `${name} ${problem}`;
  }
  const { columns, input } = settings;
  return input === 'one-hot' && Array.isArray(columns) && columns.length > 0
    ? l10n.t('columns must be empty with one-hot input, which is the word alone')
    : undefined;
}

/** What is wrong with a value of one setting: "must be …". */
export function valueProblem(name: SettingName, value: unknown): string | undefined {
  const setting = settingOf(name);
  return isValid(setting, value) ? undefined : l10n.t('must be {0}', described(setting));
}

function isValid(setting: Setting, value: unknown): boolean {
  switch (setting.kind) {
    case 'whole':
      return isNumber(value) && Number.isInteger(value) && value >= setting.from && value <= setting.to;
    case 'number':
      return (
        isNumber(value) &&
        value <= setting.to &&
        ('above' in setting ? value > setting.above : value >= setting.from)
      );
    case 'share':
      return isNumber(value) && value >= 0 && value < 1;
    case 'switch':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && setting.choices.includes(value);
    case 'names':
      return isNames(value, setting);
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isNames(value: unknown, { most, longest }: Setting & { kind: 'names' }): boolean {
  return (
    Array.isArray(value) &&
    value.length <= most &&
    value.every((name) => typeof name === 'string' && name.length <= longest && name.trim() !== '') &&
    new Set(value).size === value.length
  );
}

/** What a setting takes, in words. */
function described(setting: Setting): string {
  switch (setting.kind) {
    case 'whole':
      return l10n.t('a whole number from {0} to {1}', setting.from, setting.to);
    case 'number':
      return 'above' in setting
        ? l10n.t('a number over {0}, at most {1}', setting.above, setting.to)
        : l10n.t('a number from {0} to {1}', setting.from, setting.to);
    case 'share':
      return l10n.t('a number from 0 to below 1');
    case 'switch':
      return l10n.t('true or false');
    case 'choice':
      return l10n.t('one of {0}', setting.choices.join(', '));
    case 'names':
      return l10n.t(
        'a list of at most {0} different names of 1 to {1} characters',
        setting.most,
        setting.longest,
      );
  }
}
