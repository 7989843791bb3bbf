import type { SweepFlow } from '../model/network/gradientFlow';
import type { Scores } from '../model/scores';

/** An epoch of a run, once it has ended and was scored. Plain JSON. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Steps done when the epoch ended. */
  readonly step: number;
  /** Mean training loss per token over the epoch. */
  readonly loss: number;
  readonly development?: Scores;
  readonly flow?: GradientFlow;
  readonly tokensPerSecond: number;
  /** Training time since the run began, pauses left out. */
  readonly seconds: number;
}

/** How the gradient did in an epoch. */
export interface GradientFlow {
  /** The gradient's norm before clipping, over the epoch's steps, to three significant digits. */
  readonly gradientNorm: { readonly mean: number; readonly largest: number };
  /** Of each layer and direction, at the end of the epoch. None: not measured in this epoch. */
  readonly sweeps: readonly SweepFlow[];
}
