import type { LabelScheme } from '../corpus/corpus';
import type { TrainingSettings } from '../model/settings';

/** What settings follow from: facts of a corpus. */
export interface SettlingFacts {
  readonly scheme: LabelScheme;
  /** Sentences for training. */
  readonly sentences: number;
}

/** Updates that a run should have at least, and epochs. */
const leastUpdates = 800;
const fewestEpochs = 5;
const mostEpochs = 60;

/**
 * Settings with what follows from the corpus. `loss: auto`: where labels make spans, transitions between them
 * are learned (a CRF); else each token's label is learned by itself, which is as good and faster. `epochs:
 * 0`: five, and of a small corpus as many as give {@link leastUpdates}. Both were measured: see
 * CONTRIBUTING.md.
 */
export function settle(settings: TrainingSettings, { scheme, sentences }: SettlingFacts): TrainingSettings {
  const loss = settledLoss(settings, scheme !== 'none');
  const stepsPerEpoch = settings.batch === 0 ? 1 : Math.max(1, Math.ceil(sentences / settings.batch));
  const epochs =
    settings.epochs > 0
      ? settings.epochs
      : Math.min(mostEpochs, Math.max(fewestEpochs, Math.ceil(leastUpdates / stepsPerEpoch)));
  return { ...settings, loss, epochs };
}

/** The loss that is trained with, where it is known whether labels make spans. */
export function settledLoss({ loss }: Pick<TrainingSettings, 'loss'>, spans: boolean): 'softmax' | 'crf' {
  return loss !== 'auto' ? loss : spans ? 'crf' : 'softmax';
}

/** What settings follow from, of a corpus that was read. */
export function settlingFacts({
  scheme,
  splits,
}: {
  readonly scheme: LabelScheme;
  readonly splits: { readonly training: { readonly sentences: number } };
}): SettlingFacts {
  return { scheme, sentences: splits.training.sentences };
}
