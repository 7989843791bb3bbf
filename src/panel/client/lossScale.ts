/** Which losses the loss chart has room for, and the figures of a logarithmic axis. */
import type uPlot from 'uplot';
import type { RunAxis } from './runAxis';

/** The share of single losses that always has room where outliers are cut. */
const inside = 0.98;

/**
 * The least and the greatest value of the y axis, for what is shown of the x axis.
 * @param others what else has to have room.
 */
export function lossRange(
  { data }: uPlot,
  { view, range: [min, max] }: RunAxis,
  others: readonly number[] = [],
): [number, number] {
  const { logarithmic, cutOutliers } = view.choices;
  const [x, training = [], smoothed = [], development = []] = data;
  const seen = (column: ArrayLike<number | null | undefined>): number[] => {
    const values: number[] = [];
    for (let i = 0; i < x.length; i++) {
      const value = column[i];
      if (typeof value === 'number' && x[i] >= min && x[i] <= max && (!logarithmic || value > 0))
        values.push(value);
    }
    return values;
  };
  const inner = (column: ArrayLike<number | null | undefined>): number[] => {
    const values = seen(column);
    return cutOutliers ? values.sort((a, b) => a - b).slice(0, Math.ceil(inside * values.length)) : values;
  };
  let [low, high] = [Infinity, -Infinity];
  // A single loss draws the smoothed curve along.
  for (const value of [...inner(training), ...inner(smoothed), ...seen(development), ...others]) {
    if (logarithmic && value <= 0) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (high < low) return logarithmic ? [0.1, 1] : [0, 1];
  if (logarithmic) return [low / 1.1, Math.max(high * 1.1, low * 1.3)];
  // Of the whole run the axis begins at 0, so that a small change does not look like a large one.
  if (!view.zoom) return [0, (high > 0 ? high : 1) * 1.05];
  const margin = 0.05 * Math.max(high - low, 0.01 * Math.abs(high), 1e-6);
  return [Math.max(0, low - margin), high + margin];
}

/** 1, 2 and 5 of each power of ten, or only the powers where there are many. */
export const logarithmicFigures: Pick<uPlot.Axis, 'splits' | 'filter'> = {
  splits: (_plot, _axis, min, max) => {
    const [low, high] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
    const parts = high - low > 4 ? [1] : high - low > 2 ? [1, 3] : [1, 2, 5];
    const figures: number[] = [];
    for (let power = low; power <= high; power++)
      for (const part of parts) figures.push(Number(`${part}e${power}`));
    return figures.filter((figure) => figure >= min && figure <= max);
  },
  filter: (_plot, splits) => splits,
};
