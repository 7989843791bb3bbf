import type { Scores } from '../model/scores';

export type {
  Confusion,
  LabelScores,
  MatchScores,
  Recall,
  ScoreDetails,
  Scores,
  WordRecall,
} from '../model/scores';

/** The figure by which epochs are compared: span F1 where there are spans, else accuracy. */
export function mainScore(scores: Scores): number {
  return scores.spans ? scores.spans.f1 : scores.accuracy;
}

/** A better main score, or the same with a lower loss (span F1 is 0 for the first epochs of many runs). */
export function isBetter(scores: Scores, than: Scores): boolean {
  const difference = mainScore(scores) - mainScore(than);
  return difference > 0 || (difference === 0 && scores.loss < than.loss);
}
