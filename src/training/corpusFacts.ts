import type { TrainingCorpus } from '../corpus/dataset';
import { layOut } from '../corpus/features/lists';
import { windowLength } from '../corpus/windowLength';
import { longestSentence } from '../model/batches';
import type { CorpusFacts } from '../run/facts';
import { featuresOf } from './features';

/** What is known of a corpus before it is trained on. */
export function factsOf(corpus: TrainingCorpus): CorpusFacts {
  const { labels, scheme, counts, splits, heldOut } = corpus;
  const { training, development, test } = splits;
  let longSentences = 0;
  for (let s = 0; s < training.sentences; s++)
    if (training.start[s + 1] - training.start[s] > windowLength) longSentences++;
  return {
    labels,
    scheme,
    vocabulary: counts.reduce((known, count) => known + (count > 0 ? 1 : 0), 1),
    features: layOut(featuresOf(corpus, { input: 'features' })).rows,
    tokens: { training: training.tokens, development: development.tokens, test: test.tokens },
    sentences: { training: training.sentences, development: development.sentences, test: test.sentences },
    longest: longestSentence(training.start),
    longSentences,
    heldOut,
  };
}
