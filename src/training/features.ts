import type { TrainingCorpus } from '../corpus/dataset';
import { buildFeatures } from '../corpus/features/build';
import { FeatureEncoder } from '../corpus/features/encoder';
import { oneHotTemplates } from '../corpus/features/lists';
import type { FeatureLists, FeatureSettings } from '../corpus/features/lists';
import { minimumsFor, templatesFor } from '../corpus/features/templates';
import { cutsWords, wordsOf } from '../corpus/labels/segmentation';
import { scriptOf } from '../corpus/script';
import type { TrainingSettings } from '../model/settings';

/** What a model looks at, by settings and by how the corpus is written. */
export function featureSettings(corpus: TrainingCorpus, { input }: Pick<TrainingSettings, 'input'>): FeatureSettings {
  if (input === 'one-hot') return { templates: oneHotTemplates, minimum: {}, oneHot: true };
  const script = scriptOf(new Map(corpus.words.map((word, number) => [word, corpus.counts[number]])));
  return { templates: templatesFor(script), minimum: minimumsFor(script), lexicon: cutsWords(corpus), oneHot: false };
}

export function featuresOf(corpus: TrainingCorpus, settings: Pick<TrainingSettings, 'input'>): FeatureLists {
  const asked = featureSettings(corpus, settings);
  const { training } = corpus.splits;
  return buildFeatures(corpus.words, { ...training, ...(asked.lexicon && { wordStarts: wordStarts(corpus) }) }, asked);
}

/** An encoder whose numbers of words are the corpus's. */
export function encoderOf(corpus: TrainingCorpus, features: FeatureLists): FeatureEncoder {
  const encoder = new FeatureEncoder(features);
  for (const word of corpus.words) encoder.typeOf(word);
  const { words, start } = corpus.splits.training;
  if (features.lexicon) encoder.train(words, start, wordStarts(corpus));
  return encoder;
}

/** 1 where a word of the training data begins. */
function wordStarts({ scheme, splits: { training } }: TrainingCorpus): Uint8Array {
  const { sentences, start, gold } = training;
  const starts = new Uint8Array(training.tokens);
  for (let s = 0; s < sentences; s++) {
    const labels = Array.from(gold.ids.subarray(start[s], start[s + 1]), (id) => gold.values[id]);
    for (const word of wordsOf(labels, scheme)) starts[start[s] + word.start] = 1;
  }
  return starts;
}
