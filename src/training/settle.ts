import type { TrainingCorpus } from '../corpus/dataset';
import type { TrainingSettings } from '../model/settings';

/**
 * Settings with what follows from the corpus: where labels make spans, transitions between them are learned (a CRF); else each
 * token's label is learned by itself, which is as good and faster. Measured: see CONTRIBUTING.md.
 */
export function settle(settings: TrainingSettings, { scheme }: Pick<TrainingCorpus, 'scheme'>): TrainingSettings {
  return settings.loss === 'auto' ? { ...settings, loss: scheme === 'none' ? 'softmax' : 'crf' } : settings;
}
