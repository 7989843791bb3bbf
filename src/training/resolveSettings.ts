import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import type { LabelScheme } from '../corpus/corpus';
import { mostAutomaticCrfLabels, mostCrfLabels } from '../model/labelLimits';
import type { ResolvedSettings, TrainingSettings } from '../model/settings/settings';
import { completeSettings } from './defaults';

/** What settings follow from: facts of a corpus. */
export interface ResolvingFacts {
  readonly scheme: LabelScheme;
  readonly labels: { readonly length: number };
  readonly sentences: { readonly training: number };
}

/** Updates that a run should have at least, and epochs. */
const leastUpdates = 800;
const fewestEpochs = 5;
const mostEpochs = 60;

/**
 * Decides with the corpus what settings leave open. `loss: auto`: where labels make spans, transitions
 * between them are learned (a CRF); else each token's label is learned by itself, which is as good and
 * faster, and where there are so many that a CRF would be of no use: see `model/labelLimits.ts`.
 * `epochs: 0`: five, and of a small corpus as many as give {@link leastUpdates}. Both were measured: see
 * CONTRIBUTING.md. Where a run is trained, device and threads, is left out.
 * @throws {InputError} naming the setting that cannot be used.
 */
export function resolveSettings(
  given: Partial<TrainingSettings>,
  { scheme, labels, sentences }: ResolvingFacts,
): ResolvedSettings {
  const { device: _device, threads: _threads, ...settings } = completeSettings(given);
  const loss = resolveLoss(settings.loss, scheme !== 'none', labels.length);
  if (loss === 'crf' && labels.length > mostCrfLabels) {
    const count = (n: number): string => n.toLocaleString('en');
    throw new InputError(
      l10n.t(
        'There are {0} different labels, and a CRF (loss crf) learns at most {1}.',
        count(labels.length),
        count(mostCrfLabels),
      ),
      { hint: l10n.t('Choose the loss softmax or auto, or another label column.') },
    );
  }
  return {
    ...settings,
    loss,
    epochs: settings.epochs > 0 ? settings.epochs : epochsFor(stepsOf(sentences.training, settings.batch)),
  };
}

/**
 * The loss that is trained with, where it is known whether labels make spans, and how many labels there are;
 * as long as that is not known, few.
 */
export function resolveLoss(
  loss: TrainingSettings['loss'],
  spans: boolean,
  labels = 0,
): ResolvedSettings['loss'] {
  if (loss !== 'auto') return loss;
  return spans && labels <= mostAutomaticCrfLabels ? 'crf' : 'softmax';
}

function stepsOf(sentences: number, batch: number): number {
  return batch === 0 ? 1 : Math.max(1, Math.ceil(sentences / batch));
}

/** How many epochs a run has that follow from its corpus. */
export function epochsFor(stepsPerEpoch: number): number {
  return Math.min(mostEpochs, Math.max(fewestEpochs, Math.ceil(leastUpdates / Math.max(1, stepsPerEpoch))));
}
