/** How a model does on a set with gold labels. */
export interface Scores {
  readonly tokens: number;
  readonly sentences: number;
  /** Mean cross-entropy per token, in nats, over the tokens whose gold label the model knows. */
  readonly loss: number;
  /** Share of tokens with the gold label; a gold label that the model does not know counts as an error. */
  readonly accuracy: number;
  /** Spans as `conlleval` counts them; only for labels with a span scheme. */
  readonly spans?: SpanScores;
}

/** Shares from 0 to 1 (0 where there is nothing to divide by) and the counts behind them. */
export interface SpanScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly gold: number;
  readonly predicted: number;
  readonly correct: number;
}
