/** The options of `train` that are training settings: their names, their help, and how their text is read. */
import { presentationOf, settingsInOrder } from '../model/settings/presentation';
import { settingOf } from '../model/settings/schema';
import type { SettingName } from '../model/settings/schema';
import { valueProblem } from '../model/settings/settings';
import type { TrainingSettings } from '../model/settings/settings';
import { UsageError } from './usageError';

/** The settings by option. Where to train is said to every command, in its own words: see `usage.ts`. */
const names: ReadonlyMap<string, SettingName> = new Map(
  settingsInOrder
    .filter((name) => name !== 'device' && name !== 'threads')
    .map((name) => [optionOf(name), name]),
);

/** As `parseArgs` takes them. */
export const settingOptions: Readonly<Record<string, { type: 'string' }>> = Object.fromEntries(
  [...names.keys()].map((option) => [option, { type: 'string' }]),
);

/** A line for each option. */
export const settingsHelp = [...names]
  .map(([option, name]) => `  ${`--${option} ${placeholderOf(name)}`.padEnd(21)} ${helpOf(name)}`)
  .join('\n');

/**
 * The settings that were given.
 * @throws {UsageError} with the option whose value will not do.
 */
export function readSettings(
  values: Readonly<Record<string, string | boolean | undefined>>,
): Partial<TrainingSettings> {
  const given = [...names].flatMap(([option, name]) => {
    const text = values[option];
    return typeof text === 'string' ? [[name, read(option, name, text)]] : [];
  });
  return Object.fromEntries(given);
}

function read(option: string, name: SettingName, text: string): unknown {
  const value = valueOf(name, text);
  if (valueProblem(name, value) === undefined) return value;
  throw new UsageError(`--${option} ${problemOf(name, value)}, not ${JSON.stringify(text)}.`);
}

/** The value that a text stands for; where it stands for none, one that will not do. */
function valueOf(name: SettingName, text: string): unknown {
  switch (settingOf(name).kind) {
    case 'whole':
      return /^\d+$/.test(text) ? Number(text) : NaN;
    case 'number':
    case 'share':
      return text.trim() === '' ? NaN : Number(text);
    case 'switch': {
      const [on, off] = switchWordsOf(name);
      return text === on ? true : text === off ? false : undefined;
    }
    case 'choice':
      return text;
    case 'names':
      return text.split(',').map((part) => part.trim());
  }
}

function problemOf(name: SettingName, value: unknown): string | undefined {
  const { kind } = settingOf(name);
  if (kind === 'switch') return `must be ${switchWordsOf(name).join(' or ')}`;
  return `${valueProblem(name, value)}${kind === 'names' ? ' with commas between them' : ''}`;
}

function optionOf(name: SettingName): string {
  const { option } = presentationOf(name);
  return option ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function switchWordsOf(name: SettingName): readonly [on: string, off: string] {
  return presentationOf(name).switchWords ?? ['on', 'off'];
}

function placeholderOf(name: SettingName): string {
  switch (settingOf(name).kind) {
    case 'whole':
      return 'N';
    case 'number':
    case 'share':
      return 'X';
    case 'switch':
      return presentationOf(name).switchWords ? 'NAME' : 'on|off';
    case 'choice':
      return 'NAME';
    case 'names':
      return 'A,B';
  }
}

function helpOf(name: SettingName): string {
  const { help, summary } = presentationOf(name);
  return help ?? summary.replaceAll('`', '');
}
