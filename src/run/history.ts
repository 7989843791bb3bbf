import type { EpochRecord } from './epochRecord';

/** What a run has shown so far: enough to draw its curves again after a reload. Plain JSON. */
export interface History {
  /**
   * Mean training loss per token, in nats, by step. Each point stands for equally many steps, a power of two,
   * and names the last of them; so there are at most {@link maximumPoints} over the whole run.
   */
  steps: number[];
  losses: number[];
  epochs: EpochRecord[];
}

export const maximumPoints = 4000;

export function emptyHistory(): History {
  return { steps: [], losses: [], epochs: [] };
}

/** How many steps a point stands for in a run of so many. */
export function stepsPerPoint(steps: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(steps / maximumPoints)));
}

/**
 * Adds the losses of steps, in their order. Where the run has outgrown its points, each two become one: the
 * curve stays even.
 */
export function addLosses(history: History, steps: readonly number[], losses: readonly number[]): void {
  for (let i = 0; i < steps.length; i++) {
    const width = stepsPerPoint(steps[i]);
    if (stepsPerPoint(history.steps.at(-1) ?? 0) < width) widen(history, width);
    addLoss(history, steps[i], losses[i], width);
  }
}

const pointOf = (step: number, width: number): number => Math.ceil(step / width);

function addLoss({ steps, losses }: History, step: number, loss: number, width: number): void {
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

function widen(history: History, width: number): void {
  const wide: [sum: number, points: number, step: number][] = [];
  history.steps.forEach((step, i) => {
    const last = wide.at(-1);
    if (last && pointOf(last[2], width) === pointOf(step, width))
      wide[wide.length - 1] = [last[0] + history.losses[i], last[1] + 1, step];
    else wide.push([history.losses[i], 1, step]);
  });
  history.steps.splice(0, history.steps.length, ...wide.map(([, , step]) => step));
  history.losses.splice(0, history.losses.length, ...wide.map(([sum, points]) => sum / points));
}
