import type { TrainingCorpus } from '../../../src/corpus/dataset';
import type { ResolvedSettings, TrainingSettings } from '../../../src/model/settings/settings';
import { resolveSettings } from '../../../src/training/resolveSettings';

/** Settings as a run on the corpus has them; without one, on ten sentences whose labels mark no spans. */
export function resolved(given: Partial<TrainingSettings> = {}, corpus?: TrainingCorpus): ResolvedSettings {
  return resolveSettings(given, {
    scheme: corpus?.scheme ?? 'none',
    labels: corpus?.labels ?? [],
    sentences: { training: corpus?.splits.training.sentences ?? 10 },
  });
}
