import type { Calibration } from './decoding/calibration';

/** How a model does on a set with gold labels. Small: one is kept for each epoch. */
export interface Scores {
  readonly tokens: number;
  readonly sentences: number;
  /** Mean cross-entropy per token, in nats, over the tokens whose gold label the model knows. */
  readonly loss: number;
  /** Share of tokens with the gold label; a gold label that the model does not know counts as an error. */
  readonly accuracy: number;
  /** The {@link OutsideBias} of the labels that were scored, where it was fitted. */
  readonly outsideBias?: number;
  /**
   * Spans as `conlleval` counts them, words where the labels cut text into words; only for labels with a span
   * scheme.
   */
  readonly spans?: MatchScores;
}

/** Shares from 0 to 1 (0 where there is nothing to divide by) and the counts behind them. */
export interface MatchScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly gold: number;
  readonly predicted: number;
  readonly correct: number;
}

/** What lies behind the scores, label by label: for the end of a run, too much for each epoch. */
export interface ScoreDetails {
  /** Of all labels that occur, the most frequent in gold first. */
  readonly labels: readonly LabelScores[];
  /**
   * The confusion matrix of the tokens' labels: the pairs that occur, agreement included, most frequent
   * first.
   */
  readonly confusions: readonly Confusion[];
  /** How far the probabilities can be trusted; undefined where the set is too small to tell. */
  readonly calibration?: Calibration;
  /** Where the labels cut text into words and the training data is at hand. */
  readonly words?: WordRecall;
}

/**
 * Of the tokens with a label; with a span scheme, of the spans of a type, which is empty for prefixes that
 * stand alone.
 */
export interface LabelScores extends MatchScores {
  readonly label: string;
}

/** How many tokens have this gold and this predicted label. */
export type Confusion = readonly [gold: string, predicted: string, count: number];

/** Recall of the gold words that are words of the training data too (IV), and of those that are not (OOV). */
export interface WordRecall {
  readonly inVocabulary: Recall;
  readonly outOfVocabulary: Recall;
}

export type Recall = Pick<MatchScores, 'recall' | 'gold' | 'correct'>;

/** The figure by which epochs are compared: span F1 where there are spans, else accuracy. */
export function mainScore(scores: Scores): number {
  return scores.spans ? scores.spans.f1 : scores.accuracy;
}

/** Fewer gold spans, or fewer tokens where there are no spans, are too few for a score: one error is a point. */
const fewestSpans = 30;
const fewestTokens = 100;

/** How many gold spans, or tokens, there were to score by, where they are too few to tell a score from chance. */
export function tooFewToScore({ tokens, spans }: Scores): number | undefined {
  if (spans) return spans.gold < fewestSpans ? spans.gold : undefined;
  return tokens < fewestTokens ? tokens : undefined;
}

/** A better main score, or the same with a lower loss (span F1 is 0 for the first epochs of many runs). */
export function isBetter(scores: Scores, than: Scores): boolean {
  const difference = mainScore(scores) - mainScore(than);
  return difference > 0 || (difference === 0 && scores.loss < than.loss);
}
