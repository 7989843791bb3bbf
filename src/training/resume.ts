import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
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
  const hint = l10n.t('Start a new run.');
  const { state } = checkpoint;
  if (!state)
    throw new InputError(l10n.t('The model is finished: it does not say where to go on.'), { hint });
  for (const name of fixedSettings) {
    const [before, now] = [checkpoint.settings[name], settings[name]].map(shown);
    if (before !== now) {
      throw new InputError(
        l10n.t('The run began with {0} {1} and cannot go on with {2}.', name, before, now),
        {
          hint: l10n.t('Set {0} to {1}, or start a new run.', name, before),
        },
      );
    }
  }
  if (state.fingerprint !== fingerprint)
    throw new InputError(l10n.t('The training data has changed since the run began, so it cannot go on.'), {
      hint,
    });
  return state;
}

/** Differs where the values do. */
function shown(value: ResolvedSettings[keyof ResolvedSettings]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
