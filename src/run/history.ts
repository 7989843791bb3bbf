import type { EpochRecord } from './epochRecord';

/** The curves of a run: enough to draw them again after a reload. Plain JSON; never changed in place. */
export interface History {
  /**
   * Mean training loss per token, in nats, by step. Each point stands for equally many steps, a power of two,
   * and names the last of them; so there are at most {@link maximumPoints} over the whole run.
   */
  readonly steps: readonly number[];
  readonly losses: readonly number[];
  /** In order; each epoch once. */
  readonly epochs: readonly EpochRecord[];
}

export const maximumPoints = 4000;

export const emptyHistory: History = { steps: [], losses: [], epochs: [] };

/** How many steps a point stands for in a run of so many. */
export function stepsPerPoint(steps: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(steps / maximumPoints)));
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
    addLoss(points, steps[i], losses[i], width);
  }
  return { ...history, ...points };
}

/** The history with an epoch that has ended. One that it has already is replaced, and later ones go. */
export function addEpoch(history: History, record: EpochRecord): History {
  return { ...history, epochs: [...history.epochs.filter(({ epoch }) => epoch < record.epoch), record] };
}

/** What a run had shown at a step: a run that goes back to a checkpoint does the steps after it again. */
export function historyUntil(history: History, step: number): History {
  return { ...pointsUntil(history, step), epochs: history.epochs.filter((epoch) => epoch.step <= step) };
}

interface Points {
  readonly steps: number[];
  readonly losses: number[];
}

/** A copy of the points up to a step. */
function pointsUntil({ steps, losses }: History, step: number): Points {
  let kept = steps.length;
  while (kept > 0 && steps[kept - 1] > step) kept--;
  return { steps: steps.slice(0, kept), losses: losses.slice(0, kept) };
}

const pointOf = (step: number, width: number): number => Math.ceil(step / width);

function addLoss({ steps, losses }: Points, step: number, loss: number, width: number): void {
  const last = steps.length - 1;
  if (last < 0 || pointOf(steps[last], width) !== pointOf(step, width)) {
    steps.push(step);
    losses.push(loss);
    return;
  }
  const before = steps[last] - (pointOf(step, width) - 1) * width;
  losses[last] = (losses[last] * before + loss) / (before + 1);
  steps[last] = step;
}

/** Points of `width` steps each, with the mean of the losses that come together. */
function widened({ steps, losses }: Points, width: number): Points {
  const wide: { sum: number; points: number; step: number }[] = [];
  steps.forEach((step, i) => {
    const last = wide.at(-1);
    if (last && pointOf(last.step, width) === pointOf(step, width)) {
      last.sum += losses[i];
      last.points++;
      last.step = step;
    } else {
      wide.push({ sum: losses[i], points: 1, step });
    }
  });
  return { steps: wide.map(({ step }) => step), losses: wide.map(({ sum, points }) => sum / points) };
}
