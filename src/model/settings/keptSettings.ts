/** Settings in files: earlier and later versions of the extension read each other's. */
import * as l10n from '../../common/l10n';
import { schema, settingNames, settingOf } from './schema';
import { settingsProblem } from './settings';
import type { ResolvedSettings, TrainingSettings } from './settings';

type Fields = Readonly<Record<string, unknown>>;

/** Earlier versions ask each file for these, though they say nothing of a model. */
const device = schema.device.default;
const threads = schema.threads.default;

/** The settings of a model as its file keeps them. */
export function settingsToKeep(settings: ResolvedSettings): TrainingSettings {
  return { ...settings, device, threads };
}

/**
 * The settings that a model's file keeps.
 * @param fail throws the error that names the file.
 */
export function readResolvedSettings(kept: Fields, fail: (problem: string) => never): ResolvedSettings {
  const asked = readTrainingSettings({ ...kept, device, threads }, fail);
  const { device: _device, threads: _threads, loss, ...settings } = asked;
  return loss === 'auto' ? fail(l10n.t('loss must be one of softmax, crf')) : { ...settings, loss };
}

/**
 * The settings that a run's record keeps: what it was asked for.
 * @param fail throws the error that names the file.
 */
export function readTrainingSettings(kept: Fields, fail: (problem: string) => never): TrainingSettings {
  const named = Object.fromEntries(
    settingNames.map((name) => [name, kept[name] === undefined ? settingOf(name).absent : kept[name]]),
  );
  const problem = settingsProblem(named);
  return problem === undefined ? (named as unknown as TrainingSettings) : fail(problem);
}
