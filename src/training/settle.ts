import type { TrainingCorpus } from '../corpus/dataset';
import type { TrainingSettings } from '../model/settings';

/**
 * Settings with what follows from the corpus: where labels make spans, transitions between them are learned (a CRF); else each
 * token's label is learned by itself, which is as good and faster. Measured: see CONTRIBUTING.md.
 */
export function settle(settings: TrainingSettings, { scheme }: Pick<TrainingCorpus, 'scheme'>): TrainingSettings {
  return settings.loss === 'auto' ? { ...settings, loss: settledLoss(settings, scheme !== 'none') } : settings;
}

/** The loss that is trained with, where it is known whether labels make spans. */
export function settledLoss({ loss }: Pick<TrainingSettings, 'loss'>, spans: boolean): 'softmax' | 'crf' {
  return loss !== 'auto' ? loss : spans ? 'crf' : 'softmax';
}
