import type { EpochRecord } from './epochRecord';

/** The curves of a run: enough to draw them again after a reload. Plain JSON; never changed in place. */
export interface History {
  /**
   * Mean training loss per token, in nats, by step. Each point stands for equally many steps, a power of two,
   * and names the last of them; so there are at most {@link maximumPoints} over the whole run.
   */
  readonly steps: readonly number[];
  readonly losses: readonly number[];
  /**
   * The least and the greatest loss of the steps that each point stands for, once points stand for more than one:
   * a spike stays in sight, however long the run is. Runs of earlier versions do not have them.
   */
  readonly least?: readonly number[];
  readonly greatest?: readonly number[];
  /** In order; each epoch once. Of very many those that {@link thinEpochs} keeps. */
  readonly epochs: readonly EpochRecord[];
}

export const maximumPoints = 4000;

/** How many epochs are kept at most, and in how many sweeps the gradient's flow. */
export const maximumEpochs = 1000;
export const maximumSweeps = 4000;

export const emptyHistory: History = { steps: [], losses: [], epochs: [] };

/** How many steps a point stands for in a run of so many. */
export function stepsPerPoint(steps: number): number {
  return powerOver(steps / maximumPoints);
}

/**
 * The history with the losses of further steps, in their order. Steps that it has already are replaced. Where
 * the run has outgrown its points, each two become one: the curve stays even.
 */
export function addLosses(history: History, steps: readonly number[], losses: readonly number[]): History {
  if (steps.length === 0) return history;
  let points = pointsUntil(history, steps[0] - 1);
  for (let i = 0; i < steps.length; i++) {
    const width = stepsPerPoint(steps[i]);
    if (stepsPerPoint(points.steps.at(-1) ?? 0) < width) points = widened(points, width);
    if (width > 1 && !points.least) points = enveloped(points);
    addLoss(points, steps[i], losses[i], width);
  }
  return { ...history, ...points };
}

/** The history with an epoch that has ended. One that it has already is replaced, and later ones go. */
export function addEpoch(history: History, record: EpochRecord): History {
  const before = history.epochs.filter(({ epoch }) => epoch < record.epoch);
  return { ...history, epochs: thinEpochs([...before, record]) };
}

/**
 * Where there are too many epochs, those whose number is a multiple of a power of two, such that a quarter to
 * a half as many are left; and the first, the last, and those with the lowest and the highest of each figure,
 * so that the curves keep their ends and their extremes. Where there are too many sweeps of gradient flow, the
 * epochs between such multiples lose theirs.
 */
export function thinEpochs(epochs: readonly EpochRecord[]): readonly EpochRecord[] {
  const last = epochs.at(-1);
  if (!last) return epochs;
  if (epochs.length > maximumEpochs) {
    const width = powerOver(last.epoch / (maximumEpochs / 2));
    const kept = notable(epochs);
    return thinEpochs(epochs.filter((record) => record.epoch % width === 0 || kept.has(record)));
  }
  const sweepsOf = ({ flow }: EpochRecord): number => flow?.sweeps.length ?? 0;
  const sweeps = epochs.reduce((sum, record) => sum + sweepsOf(record), 0);
  if (sweeps <= maximumSweeps) return epochs;
  const most = Math.max(...epochs.map(sweepsOf));
  const width = powerOver(last.epoch / Math.max(1, maximumSweeps / 2 / most));
  return epochs.map((record) =>
    record === last || record.epoch % width === 0 || !record.flow
      ? record
      : { ...record, flow: { ...record.flow, sweeps: [] } },
  );
}

/** The losses of a history. */
export type LossPoints = Pick<History, 'steps' | 'losses' | 'least' | 'greatest'>;

/** The losses of a run in points of as many steps as its length asks for, where there are too many. */
export function thinPoints(points: LossPoints): LossPoints {
  const { steps } = points;
  return steps.length > maximumPoints ? widened(points, stepsPerPoint(steps.at(-1) ?? 0)) : points;
}

const figures: readonly ((record: EpochRecord) => number | undefined)[] = [
  ({ loss }) => loss,
  ({ development }) => development?.loss,
  ({ development }) => development?.accuracy,
  ({ development }) => development?.spans?.f1,
];

/** The first epoch, the last, and the first with the lowest and with the highest of each figure. */
function notable(epochs: readonly EpochRecord[]): Set<EpochRecord> {
  const kept = new Set([epochs[0], epochs[epochs.length - 1]]);
  for (const figure of figures) {
    let [lowest, highest] = [Infinity, -Infinity];
    let extremes: readonly [EpochRecord?, EpochRecord?] = [];
    for (const record of epochs) {
      const value = figure(record) ?? NaN;
      if (value < lowest) [lowest, extremes] = [value, [record, extremes[1]]];
      if (value > highest) [highest, extremes] = [value, [extremes[0], record]];
    }
    for (const record of extremes) if (record) kept.add(record);
  }
  return kept;
}

function powerOver(least: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(least)));
}

/** What a run had shown at a step: a run that goes back to a checkpoint does the steps after it again. */
export function historyUntil(history: History, step: number): History {
  return { ...pointsUntil(history, step), epochs: history.epochs.filter((epoch) => epoch.step <= step) };
}

interface Points {
  readonly steps: number[];
  readonly losses: number[];
  readonly least?: number[];
  readonly greatest?: number[];
}

/** A copy of the points up to a step. */
function pointsUntil({ steps, losses, least, greatest }: LossPoints, step: number): Points {
  let kept = steps.length;
  while (kept > 0 && steps[kept - 1] > step) kept--;
  return {
    steps: steps.slice(0, kept),
    losses: losses.slice(0, kept),
    ...(least && greatest && { least: least.slice(0, kept), greatest: greatest.slice(0, kept) }),
  };
}

/** With the least and the greatest loss of each point: its own, where no others are known. */
function enveloped({ steps, losses }: Points): Points {
  return { steps, losses, least: [...losses], greatest: [...losses] };
}

const pointOf = (step: number, width: number): number => Math.ceil(step / width);

function addLoss(points: Points, step: number, loss: number, width: number): void {
  const { steps, losses, least, greatest } = points;
  const last = steps.length - 1;
  if (last < 0 || pointOf(steps[last], width) !== pointOf(step, width)) {
    steps.push(step);
    losses.push(loss);
    least?.push(loss);
    greatest?.push(loss);
    return;
  }
  const before = steps[last] - (pointOf(step, width) - 1) * width;
  losses[last] = (losses[last] * before + loss) / (before + 1);
  if (least) least[last] = lower(least[last], loss);
  if (greatest) greatest[last] = -lower(-greatest[last], -loss);
  steps[last] = step;
}

/** The lower of two losses; one that is not a number does not count. */
function lower(a: number, b: number): number {
  return Number.isNaN(a) || b < a ? b : a;
}

/** Points of `width` steps each, with the mean of the losses that come together. */
function widened({ steps, losses, least = losses, greatest = losses }: LossPoints, width: number): Points {
  const wide: { sum: number; points: number; step: number; least: number; greatest: number }[] = [];
  steps.forEach((step, i) => {
    const last = wide.at(-1);
    if (last && pointOf(last.step, width) === pointOf(step, width)) {
      last.sum += losses[i];
      last.points++;
      last.step = step;
      last.least = lower(last.least, least[i]);
      last.greatest = -lower(-last.greatest, -greatest[i]);
    } else {
      wide.push({ sum: losses[i], points: 1, step, least: least[i], greatest: greatest[i] });
    }
  });
  return {
    steps: wide.map(({ step }) => step),
    losses: wide.map(({ sum, points }) => sum / points),
    least: wide.map((point) => point.least),
    greatest: wide.map((point) => point.greatest),
  };
}
