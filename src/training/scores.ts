export { isBetter, mainScore, tooFewToScore } from '../model/scores';
export type {
  Confusion,
  LabelScores,
  MatchScores,
  Recall,
  ScoreDetails,
  Scores,
  WordRecall,
} from '../model/scores';
