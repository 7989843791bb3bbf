/** Settings of files that may be damaged. */
import * as l10n from '../common/l10n';
import { settingNames, settingOf } from '../model/settings/schema';
import { valueProblem } from '../model/settings/settings';
import type { TrainingSettings } from '../model/settings/settings';
import { completeSettings } from './defaults';

/**
 * The settings that a file keeps; one that will not do, or that every file names and this one does not, has
 * its default. `problems` says of each what is wrong: "hidden must be a whole number from 1 to 4096".
 */
export function readSoundSettings(kept: Readonly<Record<string, unknown>>): {
  readonly settings: TrainingSettings;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const sound: Record<string, unknown> = {};
  for (const name of settingNames) {
    const value = kept[name] === undefined ? settingOf(name).absent : kept[name];
    const problem = valueProblem(name, value);
    if (problem === undefined) sound[name] = value;
    else problems.push(`${name} ${problem}`);
  }
  const { columns, input } = sound;
  if (input === 'one-hot' && Array.isArray(columns) && columns.length > 0) {
    problems.push(l10n.t('columns must be empty with one-hot input, which is the word alone'));
    sound.columns = [];
  }
  return { settings: completeSettings(sound), problems };
}
