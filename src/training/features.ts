import type { TrainingCorpus } from '../corpus/dataset';
import { buildFeatures } from '../corpus/features/build';
import { FeatureEncoder } from '../corpus/features/encoder';
import { oneHotTemplates } from '../corpus/features/lists';
import type { FeatureLists, FeatureSettings, Template } from '../corpus/features/lists';
import { minimumsFor, templatesFor } from '../corpus/features/templates';
import { cutsWords, wordsOf } from '../corpus/labels/segmentation';
import { scriptOf } from '../corpus/script';
import type { ResolvedSettings } from '../model/settings/settings';

/** What a model looks at, by settings and by how the corpus is written. */
function featureSettings(
  corpus: TrainingCorpus,
  { input }: Pick<ResolvedSettings, 'input'>,
): FeatureSettings {
  if (input === 'one-hot') return { templates: oneHotTemplates, minimum: {}, oneHot: true };
  const script = scriptOf(new Map(corpus.words.map((word, number) => [word, corpus.counts[number]])));
  return {
    templates: [...templatesFor(script), ...columnTemplates(corpus)],
    minimum: minimumsFor(script, corpus.splits.training.tokens),
    lexicon: cutsWords(corpus),
    oneHot: false,
  };
}

/** Of each further column the value at the token, and those at its neighbours. */
function columnTemplates({ columns }: TrainingCorpus): Template[] {
  return columns.flatMap(({ name }) => [-1, 0, 1].map((offset) => ({ attribute: `column:${name}`, offset })));
}

/**
 * Of each corpus by input: facts, measuring and training all ask for them, and gathering takes tenths of a
 * second.
 */
const gathered = new WeakMap<TrainingCorpus, Map<ResolvedSettings['input'], FeatureLists>>();

export function featuresOf(corpus: TrainingCorpus, settings: Pick<ResolvedSettings, 'input'>): FeatureLists {
  const byInput = gathered.get(corpus) ?? new Map<ResolvedSettings['input'], FeatureLists>();
  gathered.set(corpus, byInput);
  const lists = byInput.get(settings.input) ?? gather(corpus, settings);
  byInput.set(settings.input, lists);
  return lists;
}

function gather(corpus: TrainingCorpus, settings: Pick<ResolvedSettings, 'input'>): FeatureLists {
  const asked = featureSettings(corpus, settings);
  const { start, words, columns: ids } = corpus.splits.training;
  const columns = new Map(
    corpus.columns.flatMap(({ name, values }, column) =>
      ids[column] ? [[name, { values, ids: ids[column] }]] : [],
    ),
  );
  return buildFeatures(
    corpus.words,
    { start, words, columns, ...(asked.lexicon && { wordStarts: wordStarts(corpus) }) },
    asked,
  );
}

/** An encoder whose numbers of words, and of the values of further columns, are the corpus's. */
export function encoderOf(corpus: TrainingCorpus, features: FeatureLists): FeatureEncoder {
  const encoder = new FeatureEncoder(features);
  for (const word of corpus.words) encoder.typeOf(word);
  corpus.columns.forEach(({ values }, column) => {
    for (const value of values) encoder.columnTypeOf(column, value);
  });
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
