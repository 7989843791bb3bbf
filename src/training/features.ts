import type { TrainingCorpus } from '../corpus/dataset';
import { buildFeatures } from '../corpus/features/build';
import { FeatureEncoder } from '../corpus/features/encoder';
import { oneHotTemplates } from '../corpus/features/lists';
import type { FeatureLists, FeatureSettings } from '../corpus/features/lists';
import { minimumsFor, templatesFor } from '../corpus/features/templates';
import { scriptOf } from '../corpus/script';
import type { TrainingSettings } from '../model/settings';

/** What a model looks at, by settings and by how the corpus is written. */
export function featureSettings(corpus: TrainingCorpus, { input }: Pick<TrainingSettings, 'input'>): FeatureSettings {
  if (input === 'one-hot') return { templates: oneHotTemplates, minimum: {}, oneHot: true };
  const script = scriptOf(new Map(corpus.words.map((word, number) => [word, corpus.counts[number]])));
  return { templates: templatesFor(script), minimum: minimumsFor(script), oneHot: false };
}

export function featuresOf(corpus: TrainingCorpus, settings: Pick<TrainingSettings, 'input'>): FeatureLists {
  return buildFeatures(corpus.words, corpus.splits.training, featureSettings(corpus, settings));
}

/** An encoder whose numbers of words are the corpus's. */
export function encoderOf(corpus: TrainingCorpus, features: FeatureLists): FeatureEncoder {
  const encoder = new FeatureEncoder(features);
  for (const word of corpus.words) encoder.typeOf(word);
  return encoder;
}
