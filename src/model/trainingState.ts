import type { MatrixData } from '../kernels/kernels';
import type { NetworkParameters } from './parameters';
import type { Scores } from './scores';

/** Norms of the gradient before clipping, gathered over steps. */
export interface NormSums {
  readonly steps: number;
  readonly sum: number;
  readonly largest: number;
}

/**
 * Where a run stands between two steps: with the parameters and the settings, all that it takes to go on as
 * if it had not been cut off. Order of sentences and random draws need no state: they are fixed by seed,
 * epoch and token.
 */
export interface TrainingState {
  /** The epoch under way, from 1, and how many of its steps are done. */
  readonly epoch: number;
  readonly stepInEpoch: number;
  /** Steps done since the run began. */
  readonly step: number;
  /** Training loss and tokens of the epoch so far. */
  readonly epochLoss: number;
  readonly epochTokens: number;
  /** Norms of the gradient in the epoch so far. */
  readonly norms?: NormSums;
  /** Training time and tokens since the run began. */
  readonly seconds: number;
  readonly tokens: number;
  /**
   * What tells divergence: the loss at the start and the smoothed loss, per token. Absent before the first
   * step.
   */
  readonly startLoss?: number;
  readonly smoothedLoss?: number;
  /** Stands for the training data: a run goes on with the data that it began with. */
  readonly fingerprint: number;
  /** Updates that the optimiser has done. */
  readonly updates: number;
  /** λ before its schedule, where a person gave the run another one than its settings have. */
  readonly learningRate?: number;
  /** How often the weights were added to their average. */
  readonly averaged: number;
  /** The weights themselves, where the model's own are their average. */
  readonly weights?: NetworkParameters<MatrixData>;
  /** What the optimiser remembers. */
  readonly moments?: readonly NetworkParameters<MatrixData>[];
  /** The hidden states in which the last step ended, where the next step goes on with long sentences. */
  readonly carried?: Float64Array<ArrayBuffer>;
  /** The best epoch so far on development data. No parameters: they are the model's own. */
  readonly best?: {
    readonly epoch: number;
    readonly scores: Scores;
    readonly parameters?: NetworkParameters<MatrixData>;
  };
}
