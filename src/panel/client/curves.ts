/** What the charts draw of a run's history. */
import type { EpochRecord } from '../../run/epochRecord';
import type { History } from '../../run/history';
import type { RunState } from '../../run/runState';
import { Smoother } from './smoothing';

/** Values by x, with gaps: curves of one chart share their x. */
export type Column = (number | undefined)[];

/** The last step that the curves show. */
export function lastStep({ steps, epochs }: History): number {
  return Math.max(0, steps.at(-1) ?? 0, epochs.at(-1)?.step ?? 0);
}

/**
 * The loss chart's columns: steps, training loss, smoothed training loss, development loss.
 * @param spanSteps how far the smoothed curve looks back.
 */
export function lossColumns(
  { steps, losses, epochs }: History,
  spanSteps: number,
): [number[], Column, Column, Column] {
  const smoother = new Smoother(spanSteps);
  const x: number[] = [];
  const raw: Column = [];
  const smoothed: Column = [];
  const development: Column = [];
  let i = 0;
  let j = 0;
  while (i < steps.length || j < epochs.length) {
    const step = Math.min(steps[i] ?? Infinity, epochs[j]?.step ?? Infinity);
    const here = steps[i] === step;
    x.push(step);
    raw.push(here ? finite(losses[i]) : undefined);
    smoothed.push(here ? smoother.next(step, losses[i]) : undefined);
    development.push(epochs[j]?.step === step ? finite(epochs[j].development?.loss) : undefined);
    if (here) i++;
    while (epochs[j]?.step === step) j++;
  }
  return [x, raw, smoothed, development];
}

/** The score by which epochs are compared. */
export function scoreName({ spans }: Pick<RunState, 'spans'>): 'accuracy' | 'span F1' {
  return spans ? 'span F1' : 'accuracy';
}

/** An epoch's score on development data. */
export function scoreOf(
  { development }: EpochRecord,
  { spans }: Pick<RunState, 'spans'>,
): number | undefined {
  return spans ? development?.spans?.f1 : development?.accuracy;
}

/** The score chart's columns: epochs, the run's score on development data. */
export function scoreColumns(state: RunState): [number[], Column] {
  const { epochs } = state.history;
  return [epochs.map((record) => record.epoch), epochs.map((record) => finite(scoreOf(record, state)))];
}

/** The first epoch with the best score; undefined before there is one. */
export function bestEpoch(state: RunState): { readonly epoch: number; readonly score: number } | undefined {
  let best: { epoch: number; score: number } | undefined;
  for (const record of state.history.epochs) {
    const score = scoreOf(record, state);
    if (score !== undefined && (best === undefined || score > best.score))
      best = { epoch: record.epoch, score };
  }
  return best;
}

/** The last epoch in which the gradient's flow was measured. */
export function lastFlow({ epochs }: History): EpochRecord | undefined {
  return epochs.findLast(({ flow }) => flow && flow.sweeps.length > 0);
}

function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
