/** What the charts' x axis counts, of a run's steps. */
import { decimalsFor, formatClock, formatCount } from '../../common/figures';
import * as l10n from '../../common/l10n';

export const xAxes = ['step', 'epoch', 'tokens', 'time'] as const;

export type XAxis = (typeof xAxes)[number];

/** From steps to what the axis counts, and back. Both rise. */
export interface XScale {
  of(step: number): number;
  stepAt(x: number): number;
}

/** How a run went: what a run's state says, and what is known of other runs. */
export interface Course {
  readonly step: number;
  readonly seconds: number;
  /** 0 before it is known. */
  readonly stepsPerEpoch: number;
  readonly facts?: { readonly tokens: { readonly training: number } };
  readonly history: { readonly epochs: readonly { readonly step: number; readonly seconds: number }[] };
}

/**
 * Steps by epoch and by tokens are spread evenly; training time is known at the ends of epochs and now, and
 * between these it is as even. @returns undefined where the run does not say what the axis needs.
 */
export function xScale(axis: XAxis, state: Course): XScale | undefined {
  switch (axis) {
    case 'step':
      return perStep(1);
    case 'epoch':
      return state.stepsPerEpoch > 0 ? perStep(1 / state.stepsPerEpoch) : undefined;
    case 'tokens': {
      const tokens = state.facts?.tokens.training ?? 0;
      return state.stepsPerEpoch > 0 && tokens > 0 ? perStep(tokens / state.stepsPerEpoch) : undefined;
    }
    case 'time':
      return throughTime(state);
  }
}

/** How a place on the axis is said: "Step 1,240", "Epoch 5.2", "Tokens 412,000", "Time 1:23". */
export function xText(axis: XAxis, x: number): string {
  switch (axis) {
    case 'step':
      return l10n.t('Step {0}', formatCount(x));
    case 'epoch':
      return l10n.t('Epoch {0}', Number.isInteger(x) ? formatCount(x) : x.toFixed(2));
    case 'tokens':
      return l10n.t('{0} tokens', formatCount(x));
    case 'time':
      return formatClock(x);
  }
}

export function xTitle(axis: XAxis): string {
  switch (axis) {
    case 'step':
      return l10n.t('Step');
    case 'epoch':
      return l10n.t('Epoch');
    case 'tokens':
      return l10n.t('Tokens');
    case 'time':
      return l10n.t('Training time');
  }
}

/** @param distance between two figures of the axis. */
export function xFigure(axis: XAxis, x: number, distance: number): string {
  if (axis === 'time') return formatClock(x);
  return axis === 'epoch' && distance < 1 ? x.toFixed(decimalsFor(distance)) : formatCount(x);
}

/** Distances between figures of an axis that counts: 1, 2, 5, 10, … */
export const wholeNumbers = Array.from({ length: 30 }, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));

/** Seconds, minutes and hours. */
const ofTime = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, ...wholeNumbers.map((n) => 3600 * n)];

const ofEpochs = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, ...wholeNumbers];

/** Distances that an axis may have between its figures. */
export function xDistances(axis: XAxis): number[] {
  return axis === 'time' ? ofTime : axis === 'epoch' ? ofEpochs : wholeNumbers;
}

function perStep(amount: number): XScale {
  return { of: (step) => step * amount, stepAt: (x) => x / amount };
}

function throughTime({ history, step, seconds }: Course): XScale | undefined {
  const knots: [step: number, seconds: number][] = [[0, 0]];
  for (const record of [...history.epochs, { step, seconds }]) {
    const [lastStep, lastSeconds] = knots[knots.length - 1];
    if (record.step > lastStep && record.seconds > lastSeconds) knots.push([record.step, record.seconds]);
  }
  if (knots.length < 2) return undefined;
  const between = (from: 0 | 1, value: number): number => {
    // The first knot that is not before the value, by halves.
    let [low, high] = [1, knots.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (knots[middle][from] >= value) high = middle;
      else low = middle + 1;
    }
    const [before, after] = [knots[low - 1], knots[low]];
    const to = from === 0 ? 1 : 0;
    return before[to] + ((value - before[from]) * (after[to] - before[to])) / (after[from] - before[from]);
  };
  return { of: (at) => between(0, at), stepAt: (x) => between(1, x) };
}
