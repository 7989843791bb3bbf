/** How a run's history grows, at both ends of the panel: the host's copy and the page's stay the same. */
import type { EpochRecord } from '../run/epochRecord';
import { addLosses } from '../run/history';
import type { History } from '../run/history';

/** A history that may be changed without changing `history`. */
export function copyHistory(history: History): History {
  return { steps: [...history.steps], losses: [...history.losses], epochs: [...history.epochs] };
}

/**
 * Adds training losses, in the order of their steps. Steps that are there already are replaced: a run that
 * goes on from a checkpoint repeats the steps after it.
 * @returns whether earlier points changed too, by being replaced or thinned.
 */
export function appendLosses(history: History, steps: readonly number[], losses: readonly number[]): boolean {
  if (steps.length === 0) return false;
  const before = history.steps.length;
  let kept = before;
  while (kept > 0 && history.steps[kept - 1] >= steps[0]) kept--;
  history.steps.length = kept;
  history.losses.length = kept;
  addLosses(history, steps, losses);
  return kept < before || history.steps.length !== kept + steps.length;
}

/** Adds an epoch; one that was there already is replaced, and what came after it goes. */
export function appendEpoch(history: History, record: EpochRecord): void {
  while (history.epochs.length > 0 && history.epochs[history.epochs.length - 1].epoch >= record.epoch)
    history.epochs.pop();
  history.epochs.push(record);
}
