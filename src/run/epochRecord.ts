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
  /** On development data. Runs of earlier versions do not have it. */
  readonly labels?: readonly LabelF1[];
  readonly flow?: GradientFlow;
  readonly tokensPerSecond: number;
  /** Of the epoch's last step. Runs of earlier versions do not have it. */
  readonly learningRate?: number;
  /** Training time since the run began, pauses left out. */
  readonly seconds: number;
}

/**
 * F1 of a label, or of a span's type, from 0 to 1 in thousandths. Of the {@link mostLabelsOfEpoch} with the most
 * support, these first.
 */
export type LabelF1 = readonly [label: string, f1: number];

/** So many are kept of each epoch: of a thousand epochs less than half a megabyte. */
export const mostLabelsOfEpoch = 20;

/** How the gradient did in an epoch. */
export interface GradientFlow {
  /** The gradient's norm before clipping, over the epoch's steps, to three significant digits. */
  readonly gradientNorm: { readonly mean: number; readonly largest: number };
  /** Of each layer and direction, at the end of the epoch. None: not measured in this epoch. */
  readonly sweeps: readonly SweepFlow[];
}
