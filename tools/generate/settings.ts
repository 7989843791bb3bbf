/** What the manifest and the README say of the training settings, from their schema. */
import {
  configurationKey,
  listedChoices,
  presentationOf,
  settingGroups,
  settingsInOrder,
} from '../../src/model/settings/presentation';
import { settingOf } from '../../src/model/settings/schema';
import type { Setting, SettingName } from '../../src/model/settings/schema';
import { completeSettings } from '../../src/training/defaults';

type Json = Readonly<Record<string, unknown>>;

/** A titled group of settings in `contributes.configuration`. */
export interface Section {
  readonly title: string;
  readonly order: number;
  readonly properties: Json;
}

const byDefault = completeSettings();
const byDefaultOneHot = completeSettings({ input: 'one-hot' });

/** Strings of `package.nls.json` that several settings share. */
const shared = {
  'setting.training.follows.label': 'default',
  'setting.training.follows': 'Follows from the other settings.',
  'setting.training.on': 'on',
  'setting.training.off': 'off',
};

const stringKey = (name: SettingName, choice?: string): string =>
  ['setting', configurationKey(name), ...(choice === undefined ? [] : [choice])].join('.');

/**
 * Whether `null` is the default in the settings editor: where the default depends on other settings, one that
 * was written out would hide that.
 */
function isNullable(name: SettingName): boolean {
  const setting = settingOf(name);
  return setting.follows === true || setting.oneHot !== undefined;
}

/** The training settings of `contributes.configuration`, a section for each group. @param order of the first. */
export function manifestSections(order: number): Section[] {
  return settingGroups.map(({ id, names }, at) => {
    const properties = names.map((name, index) => [
      `rnnTagger.${configurationKey(name)}`,
      propertyOf(name, index + 1),
    ]);
    return { title: `%settings.${id}%`, order: order + at, properties: Object.fromEntries(properties) };
  });
}

function propertyOf(name: SettingName, order: number): Json {
  const setting = settingOf(name);
  const type = typeOf(setting);
  return {
    type: isNullable(name) ? [type, 'null'] : type,
    ...boundsOf(setting),
    // How many threads are right depends on the machine.
    scope: name === 'threads' ? 'machine-overridable' : 'window',
    order,
    default: isNullable(name) ? null : byDefault[name],
    ...wordsOf(name, setting),
    markdownDescription: `%${stringKey(name)}%`,
  };
}

function typeOf({ kind }: Setting): string {
  const types = {
    whole: 'integer',
    number: 'number',
    share: 'number',
    switch: 'boolean',
    choice: 'string',
    names: 'array',
  } as const;
  return types[kind];
}

function boundsOf(setting: Setting): Json {
  switch (setting.kind) {
    case 'whole':
      return { minimum: setting.from, maximum: setting.to };
    case 'number':
      return {
        ...('above' in setting ? { exclusiveMinimum: setting.above } : { minimum: setting.from }),
        maximum: setting.to,
      };
    case 'share':
      return { minimum: 0, exclusiveMaximum: 1 };
    case 'names':
      return {
        items: { type: 'string', minLength: 1, maxLength: setting.longest },
        maxItems: setting.most,
        uniqueItems: true,
      };
    case 'switch':
    case 'choice':
      return {};
  }
}

/** The choices of a list, each with what it means. A switch is a list, too. */
function wordsOf(name: SettingName, setting: Setting): Json {
  const isSwitch = setting.kind === 'switch';
  const choices = isSwitch ? [true, false] : listedChoices(setting);
  if (choices.length === 0) return {};
  const meanings = choices.map((choice) => `%${stringKey(name, String(choice))}%`);
  const labels = isSwitch ? ['%setting.training.on%', '%setting.training.off%'] : [];
  const follows = isNullable(name);
  if (follows) labels.unshift('%setting.training.follows.label%');
  return {
    enum: [...(follows ? [null] : []), ...choices],
    ...(labels.length > 0 && { enumItemLabels: labels }),
    enumDescriptions: [...(follows ? ['%setting.training.follows%'] : []), ...meanings],
  };
}

/** The strings of `package.nls.json` that the sections name, by key. */
export function manifestStrings(): ReadonlyMap<string, string> {
  const strings = new Map(Object.entries(shared));
  for (const { id, title } of settingGroups) strings.set(`settings.${id}`, title);
  for (const name of settingsInOrder) {
    const { description, meanings = {} } = presentationOf(name);
    for (const [choice, meaning] of Object.entries(meanings)) strings.set(stringKey(name, choice), meaning);
    strings.set(
      stringKey(name),
      isNullable(name) ? `${description} \`null\`: ${defaultInWords(name)}.` : description,
    );
  }
  return strings;
}

function defaultInWords(name: SettingName): string {
  const quoted = (value: unknown): string =>
    typeof value === 'number' ? String(value) : `\`${String(value)}\``;
  const stated = `${quoted(byDefault[name])}; with one-hot input ${quoted(byDefaultOneHot[name])}`;
  return presentationOf(name).defaultInWords ?? stated;
}

/** The README's tables: all settings but the device, which is told of above them. */
export function readmeTables(): string {
  const tables = settingGroups.map(({ title, names }) => `**${title}**\n\n${tableOf(names)}`);
  return tables.join('\n\n');
}

function tableOf(names: readonly SettingName[]): string {
  const shown = (value: unknown): string =>
    Array.isArray(value) && value.length === 0 ? 'none' : String(value);
  const rows = names
    .filter((name) => name !== 'device')
    .map((name) => [
      `\`${name}\``,
      shown(byDefault[name]),
      shown(byDefaultOneHot[name]),
      presentationOf(name).summary,
    ]);
  return [['Setting', 'Default', 'One-hot', ''], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`.replace(' |  |', ' | |'))
    .join('\n');
}
