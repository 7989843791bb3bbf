/** What the charts draw of a run's history. */
import * as l10n from '../common/l10n';
import { isBetter } from '../model/scores';
import type { EpochRecord } from './epochRecord';
import type { History } from './history';
import type { RunState } from './runState';
import { Smoother } from './smoothing';

/** The least range of scores that fills the chart, so that noise does not look like a leap. */
const leastRange = 0.02;

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

/** Between which losses a curve's points lie, where points stand for several steps. */
export interface LossEnvelope {
  readonly steps: readonly number[];
  readonly low: readonly (number | undefined)[];
  readonly high: readonly (number | undefined)[];
}

/** Undefined where each point is one step, or it is not known what its steps had. */
export function lossEnvelope({ steps, least, greatest }: History): LossEnvelope | undefined {
  if (!least || !greatest || least.length !== steps.length || greatest.length !== steps.length)
    return undefined;
  return { steps, low: least.map(finite), high: greatest.map(finite) };
}

/** The score by which epochs are compared. */
export function scoreName({ spans }: Pick<RunState, 'spans'>): string {
  return spans ? l10n.t('span F1') : l10n.t('accuracy');
}

/** An epoch's score on development data. */
export function scoreOf(
  { development }: EpochRecord,
  { spans }: Pick<RunState, 'spans'>,
): number | undefined {
  return spans ? development?.spans?.f1 : development?.accuracy;
}

/** Figures of epochs, by the step at which each ended. */
export function epochColumns(
  { epochs }: History,
  ...figures: readonly ((record: EpochRecord) => number | undefined)[]
): [number[], ...Column[]] {
  return [
    epochs.map(({ step }) => step),
    ...figures.map((figure) => epochs.map((record) => finite(figure(record)))),
  ];
}

/** The epoch that the run keeps as its best: with the best score, of equal ones the lowest loss. Undefined before there is one. */
export function bestEpoch(
  state: RunState,
): { readonly epoch: number; readonly step: number; readonly score: number } | undefined {
  let best: EpochRecord | undefined;
  for (const record of state.history.epochs) {
    if (scoreOf(record, state) === undefined || !record.development) continue;
    if (!best?.development || isBetter(record.development, best.development)) best = record;
  }
  const score = best && scoreOf(best, state);
  return best && score !== undefined ? { epoch: best.epoch, step: best.step, score } : undefined;
}

/** Figures that are not finite are gaps. */
export function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** The score as a heading. */
export function scoreTitle({ spans }: Pick<RunState, 'spans'>): string {
  return spans ? l10n.t('Span F1') : l10n.t('Accuracy');
}

/** What a chart of the scores goes from and to: these with a margin, inside 0 to 1. */
export function scoreRange(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null) return [0, 1];
  const margin = Math.max(leastRange, max - min) * 0.1;
  const middle = (min + max) / 2;
  const half = Math.max(leastRange / 2, (max - min) / 2) + margin;
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
