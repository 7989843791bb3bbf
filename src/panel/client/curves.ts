import type { EpochRecord } from '../../run/epochRecord';
import { emptyHistory } from '../../run/history';
import type { History } from '../../run/history';
import type { PanelRun } from '../protocol';
import { appendEpoch, appendLosses } from '../runHistory';
import { Smoother } from './smoothing';

/** Values by x, with gaps: curves of one chart share their x. */
export type Column = (number | undefined)[];

/** The page's copy of a run's history, and the smoothed curve over it, which grows with each loss. */
export class Curves {
  private history = emptyHistory();
  private smoothed: Column = [];
  private smoother = new Smoother(0);
  private spanSteps = 0;

  get epochs(): readonly EpochRecord[] {
    return this.history.epochs;
  }

  get empty(): boolean {
    return this.history.steps.length === 0;
  }

  get lastStep(): number {
    const { steps, epochs } = this.history;
    return Math.max(0, steps.at(-1) ?? 0, epochs.at(-1)?.step ?? 0);
  }

  get lastSmoothed(): number | undefined {
    return this.smoothed.at(-1);
  }

  hydrate(history: History, spanSteps: number): void {
    this.history = { steps: history.steps, losses: history.losses.map(numberOf), epochs: history.epochs };
    this.spanSteps = spanSteps;
    this.smoothAgain();
  }

  /** How far the smoothed curve looks back, in steps. */
  smooth(spanSteps: number): void {
    if (spanSteps === this.spanSteps) return;
    this.spanSteps = spanSteps;
    this.smoothAgain();
  }

  addLosses(steps: readonly number[], losses: readonly number[]): void {
    if (appendLosses(this.history, steps, losses.map(numberOf))) this.smoothAgain();
    else this.smoothFrom(this.smoothed.length);
  }

  addEpoch(record: EpochRecord): void {
    appendEpoch(this.history, record);
  }

  /** The loss chart's columns: steps, training loss, smoothed training loss, development loss. */
  lossColumns(): [number[], Column, Column, Column] {
    const { steps, losses, epochs } = this.history;
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
      smoothed.push(here ? this.smoothed[i] : undefined);
      development.push(epochs[j]?.step === step ? finite(epochs[j].development?.loss) : undefined);
      if (here) i++;
      while (epochs[j]?.step === step) j++;
    }
    return [x, raw, smoothed, development];
  }

  /** The last epoch in which the gradient's flow was measured. */
  get lastFlow(): EpochRecord | undefined {
    return this.epochs.findLast(({ flow }) => flow && flow.sweeps.length > 0);
  }

  /** The score chart's columns: epochs, the run's score on development data. */
  scoreColumns(scoreName: PanelRun['scoreName']): [number[], Column] {
    return [
      this.epochs.map((record) => record.epoch),
      this.epochs.map((record) => finite(scoreOf(record, scoreName))),
    ];
  }

  private smoothAgain(): void {
    this.smoother = new Smoother(this.spanSteps);
    this.smoothed = [];
    this.smoothFrom(0);
  }

  private smoothFrom(start: number): void {
    const { steps, losses } = this.history;
    for (let i = start; i < steps.length; i++) this.smoothed.push(this.smoother.next(steps[i], losses[i]));
  }
}

export function scoreOf(record: EpochRecord, scoreName: PanelRun['scoreName']): number | undefined {
  return scoreName === 'accuracy' ? record.development?.accuracy : record.development?.spans?.f1;
}

/** The first epoch with the best score; undefined before there is one. */
export function bestEpoch(
  epochs: readonly EpochRecord[],
  scoreName: PanelRun['scoreName'],
): { readonly epoch: number; readonly score: number } | undefined {
  let best: { epoch: number; score: number } | undefined;
  for (const record of epochs) {
    const score = scoreOf(record, scoreName);
    if (score !== undefined && (best === undefined || score > best.score))
      best = { epoch: record.epoch, score };
  }
  return best;
}

/** Messages are JSON, where NaN and infinity become null. */
function numberOf(value: number | null): number {
  return value ?? NaN;
}

function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
