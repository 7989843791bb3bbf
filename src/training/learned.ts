/** What a model has learned, as it shows on the development data. */
import type { Span } from '../corpus/corpus';
import type { Dataset, TrainingCorpus } from '../corpus/dataset';
import { binOf, calibrationBins, heldConfidences } from '../model/decoding/calibration';
import type { LabelledProbabilities } from '../model/decoding/calibration';
import type { Learned, Reliability, WordGroup } from '../run/learned';
import type { Evidence } from './evaluate';
import { KeptPlaces } from './keptPlaces';
import { inBoth, matchScores, sentenceSpans } from './metrics';

/** The development data of a corpus, as a model labels it. */
export function learnedOf(
  corpus: TrainingCorpus,
  { labels, losses, probabilities, calibration }: Evidence,
): Learned {
  const { development } = corpus.splits;
  const places = new KeptPlaces(corpus);
  return {
    ...(probabilities && calibration && { reliability: reliabilityOf(probabilities, calibration) }),
    ...wordGroups(development, labels, corpus),
    ...places.keep(labels, losses),
  };
}

/** On the tokens on which the calibration was measured: its expected calibration error is the same. */
export function reliabilityOf(
  set: LabelledProbabilities,
  { temperature, ece }: { readonly temperature: number; readonly ece: number },
): Reliability {
  const { confidence, correct } = heldConfidences(set, temperature);
  const bins = Array.from({ length: calibrationBins }, () => ({ tokens: 0, confidence: 0, correct: 0 }));
  confidence.forEach((sure, n) => {
    const bin = bins[binOf(sure, calibrationBins)];
    bin.tokens++;
    bin.confidence += sure;
    bin.correct += correct[n];
  });
  return {
    tokens: confidence.length,
    ece,
    bins: bins.map(({ tokens, confidence: sum, correct: right }) => ({
      tokens,
      confidence: tokens > 0 ? sum / tokens : 0,
      accuracy: tokens > 0 ? right / tokens : 0,
    })),
  };
}

/** Tokens by whether their word occurs in the training data, and where labels make spans these too. */
export function wordGroups(
  { tokens, words, labels: gold, ...set }: Dataset,
  predicted: ArrayLike<number>,
  { counts, ...reading }: Pick<TrainingCorpus, 'counts' | 'labels' | 'scheme' | 'characters'>,
): Pick<Learned, 'knownWords' | 'unknownWords'> {
  const isKnown = (token: number): boolean => counts[words[token]] > 0;
  const groups = { known: { tokens: 0, correct: 0 }, unknown: { tokens: 0, correct: 0 } };
  for (let token = 0; token < tokens; token++) {
    const group = isKnown(token) ? groups.known : groups.unknown;
    group.tokens++;
    if (gold[token] === predicted[token]) group.correct++;
  }
  if (reading.scheme === 'none') return { knownWords: groups.known, unknownWords: groups.unknown };
  const spans = {
    known: { gold: 0, predicted: 0, correct: 0 },
    unknown: { gold: 0, predicted: 0, correct: 0 },
  };
  const predictions = { labels: predicted, loss: 0 };
  for (const { sentence, ...found } of sentenceSpans(
    { ...set, tokens, labels: gold },
    predictions,
    reading,
  )) {
    const first = set.start[sentence];
    const groupOf = ({ start, end }: Span): (typeof spans)['known'] => {
      for (let t = start; t < end; t++) if (!isKnown(first + t)) return spans.unknown;
      return spans.known;
    };
    for (const span of found.gold) groupOf(span).gold++;
    for (const span of found.predicted) groupOf(span).predicted++;
    for (const span of inBoth(found.gold, found.predicted)) groupOf(span).correct++;
  }
  const withSpans = (name: 'known' | 'unknown'): WordGroup => ({
    ...groups[name],
    spans: matchScores(spans[name]),
  });
  return { knownWords: withSpans('known'), unknownWords: withSpans('unknown') };
}
