/** Scores label by label, the confusion matrix, and recall of words that training lacks. */
import type { Dataset } from '../corpus/dataset';
import { inOrder, LabelTally } from './labelTally';
import { inBoth, sentenceSpans, share } from './metrics';
import type { GoldSet, LabelReading, Predictions } from './metrics';
import type { Confusion, LabelScores, Recall, ScoreDetails, WordRecall } from './scores';
import type { TrainingWords } from './trainingWords';

/** @param trainingWords where the labels cut text into words and the training data is at hand. */
export function scoreDetails(
  dataset: GoldSet & Pick<Dataset, 'words'>,
  predictions: Predictions,
  reading: LabelReading,
  trainingWords?: TrainingWords,
): ScoreDetails {
  const confusions = countPairs(dataset, predictions, reading);
  if (reading.scheme === 'none') return { labels: tokenScores(confusions), confusions };
  const types = new LabelTally();
  const words = new WordTally();
  for (const { sentence, gold, predicted } of sentenceSpans(dataset, predictions, reading)) {
    const correct = inBoth(gold, predicted);
    for (const { type } of gold) types.of(type).gold++;
    for (const { type } of predicted) types.of(type).predicted++;
    for (const { type } of correct) types.of(type).correct++;
    if (!trainingWords) continue;
    const first = dataset.start[sentence];
    const right = new Set(correct);
    for (const word of gold)
      words.add(trainingWords.has(dataset.words, first + word.start, first + word.end), right.has(word));
  }
  return { labels: types.scores(), confusions, ...(trainingWords && { words: words.recall() }) };
}

/** How often each gold label that occurs meets each label predicted for it. */
function countPairs(
  { tokens, gold }: GoldSet,
  predictions: Predictions,
  { labels }: LabelReading,
): Confusion[] {
  const L = labels.length;
  const counts = new Map<number, number>();
  for (let token = 0; token < tokens; token++) {
    const pair = gold.ids[token] * L + predictions.labels[token];
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts]
    .map(([pair, count]): Confusion => [gold.values[Math.floor(pair / L)], labels[pair % L], count])
    .sort((a, b) => b[2] - a[2] || inOrder(a[0], b[0]) || inOrder(a[1], b[1]));
}

/** The confusion matrix by its rows, its columns and its diagonal. */
function tokenScores(confusions: readonly Confusion[]): LabelScores[] {
  const tally = new LabelTally();
  for (const [gold, predicted, count] of confusions) tally.add(gold, predicted, count);
  return tally.scores();
}

/** Gold words, those of the training data and others apart. */
class WordTally {
  private readonly known = { gold: 0, correct: 0 };
  private readonly others = { gold: 0, correct: 0 };

  add(known: boolean, correct: boolean): void {
    const count = known ? this.known : this.others;
    count.gold++;
    if (correct) count.correct++;
  }

  recall(): WordRecall {
    const of = ({ gold, correct }: { gold: number; correct: number }): Recall => ({
      recall: share(correct, gold),
      gold,
      correct,
    });
    return { inVocabulary: of(this.known), outOfVocabulary: of(this.others) };
  }
}
