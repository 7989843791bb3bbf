import type { Scores } from './scores';

/** What a run has shown so far: enough to draw its curves again after a reload. Plain JSON. */
export interface History {
  /** Mean training loss per token, in nats, by step; thinned by pairs so that there are at most {@link maximumPoints}. */
  steps: number[];
  losses: number[];
  epochs: EpochRecord[];
}

export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Steps done when the epoch ended. */
  readonly step: number;
  /** Mean training loss per token over the epoch. */
  readonly loss: number;
  readonly development?: Scores;
  readonly tokensPerSecond: number;
  /** Training time since the run began, pauses left out. */
  readonly seconds: number;
}

export const maximumPoints = 4000;

export function emptyHistory(): History {
  return { steps: [], losses: [], epochs: [] };
}

/** Adds training losses. When there are too many points, neighbours are averaged, which keeps the curve's shape and mean. */
export function addLosses(history: History, steps: readonly number[], losses: readonly number[]): void {
  for (let i = 0; i < steps.length; i++) {
    history.steps.push(steps[i]);
    history.losses.push(losses[i]);
  }
  while (history.steps.length > maximumPoints) {
    const pairs = Math.floor(history.steps.length / 2);
    const odd = history.steps.length % 2;
    for (let i = 0; i < pairs; i++) {
      history.steps[i] = history.steps[2 * i + 1];
      history.losses[i] = (history.losses[2 * i] + history.losses[2 * i + 1]) / 2;
    }
    if (odd) {
      history.steps[pairs] = history.steps[2 * pairs];
      history.losses[pairs] = history.losses[2 * pairs];
    }
    history.steps.length = pairs + odd;
    history.losses.length = pairs + odd;
  }
}
