import type { LabelScheme } from '../corpus/corpus';
import type { ResolvedSettings, TrainingSettings } from '../model/settings/settings';
import { completeSettings } from './defaults';

/** What settings follow from: facts of a corpus. */
export interface ResolvingFacts {
  readonly scheme: LabelScheme;
  readonly sentences: { readonly training: number };
}

/** Updates that a run should have at least, and epochs. */
const leastUpdates = 800;
const fewestEpochs = 5;
const mostEpochs = 60;

/**
 * Decides with the corpus what settings leave open. `loss: auto`: where labels make spans, transitions
 * between them are learned (a CRF); else each token's label is learned by itself, which is as good and
 * faster.
 * `epochs: 0`: five, and of a small corpus as many as give {@link leastUpdates}. Both were measured: see
 * CONTRIBUTING.md. Where a run is trained, device and threads, is left out.
 * @throws {InputError} naming the setting that cannot be used.
 */
export function resolveSettings(
  given: Partial<TrainingSettings>,
  { scheme, sentences }: ResolvingFacts,
): ResolvedSettings {
  const { device: _device, threads: _threads, ...settings } = completeSettings(given);
  return {
    ...settings,
    loss: resolveLoss(settings.loss, scheme !== 'none'),
    epochs: settings.epochs > 0 ? settings.epochs : epochsFor(sentences.training, settings.batch),
  };
}

/** The loss that is trained with, where it is known whether labels make spans. */
export function resolveLoss(loss: TrainingSettings['loss'], spans: boolean): ResolvedSettings['loss'] {
  return loss !== 'auto' ? loss : spans ? 'crf' : 'softmax';
}

function epochsFor(sentences: number, batch: number): number {
  const stepsPerEpoch = batch === 0 ? 1 : Math.max(1, Math.ceil(sentences / batch));
  return Math.min(mostEpochs, Math.max(fewestEpochs, Math.ceil(leastUpdates / stepsPerEpoch)));
}
