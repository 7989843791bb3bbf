/** What the y axis of a picture goes from and to, and its figures. */
import { decimalsFor } from '../common/figures';

export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly logarithmic?: boolean;
  readonly figures: readonly AxisFigure[];
}

interface AxisFigure {
  readonly at: number;
  readonly text: string;
}

/**
 * An axis with even figures: 1, 2 or 5 of a power of ten apart, and at most so many.
 * @param format gives a figure's text; `decimals` tell it from its neighbours.
 */
export function evenAxis(
  from: number,
  to: number,
  most: number,
  format: (value: number, decimals: number) => string,
  least = 0,
): Axis {
  const distance = Math.max(least, distanceFor((to - from) / most));
  const decimals = decimalsFor(distance);
  const first = Math.ceil(from / distance - 1e-9);
  const count = Math.floor(to / distance + 1e-9) - first + 1;
  const figures = Array.from({ length: Math.max(0, count) }, (_, i) => {
    const at = Number(((first + i) * distance).toPrecision(12));
    return { at, text: format(at, decimals) };
  });
  return { from, to, figures };
}

/** Where a value stands on an axis, 0 to 1; undefined where it has no place. */
export function shareOf({ from, to, logarithmic }: Axis, value: number): number | undefined {
  if (!Number.isFinite(value) || (logarithmic && value <= 0)) return undefined;
  const place = (at: number): number => (logarithmic ? Math.log10(at) : at);
  return (place(value) - place(from)) / (place(to) - place(from));
}

function distanceFor(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const part = [1, 2, 5, 10].find((times) => times * power >= least * (1 - 1e-9)) ?? 10;
  return part * power;
}
