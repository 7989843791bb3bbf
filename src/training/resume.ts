import { InputError } from '../common/errors';
import { settingNames, settingOf } from '../model/settings/schema';
import type { ResolvedSettings } from '../model/settings/settings';
import type { TaggerModel } from '../model/taggerModel';
import type { TrainingState } from '../model/trainingState';

/**
 * Settings that may not change from a checkpoint to the run that goes on from it: form of the network, order
 * of the data, and what the optimiser remembers. The others may, and what comes then is another run's.
 */
const fixedSettings = settingNames.filter(
  (name): name is keyof ResolvedSettings => settingOf(name).fixed === true,
);

/**
 * The state in which a checkpoint left its run.
 * @throws {InputError} where the run is over, its settings are others, or its training data (by its
 * fingerprint) is.
 */
export function checkResumable(
  checkpoint: TaggerModel,
  settings: ResolvedSettings,
  fingerprint: number,
): TrainingState {
  const hint = 'Start a new run.';
  const { state } = checkpoint;
  if (!state) throw new InputError('The model is finished: it does not say where to go on.', { hint });
  for (const name of fixedSettings) {
    const [before, now] = [checkpoint.settings[name], settings[name]].map(shown);
    if (before !== now) {
      throw new InputError(`The run began with ${name} ${before} and cannot go on with ${now}.`, {
        hint: `Set ${name} to ${before}, or start a new run.`,
      });
    }
  }
  if (state.fingerprint !== fingerprint)
    throw new InputError('The training data has changed since the run began, so it cannot go on.', { hint });
  return state;
}

/** Differs where the values do. */
function shown(value: ResolvedSettings[keyof ResolvedSettings]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
