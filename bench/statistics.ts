/**
 * The statistics of repeated measurements on a machine that others use too: medians and quartiles, never
 * means.
 */

/** The value below which a share of the others lies, by linear interpolation. Of one number, that number. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('There is no quantile of no numbers.');
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** How many times faster ours is than theirs, from times that were measured in turn. */
export interface Ratio {
  /** Ratio of the medians. */
  readonly ratio: number;
  /** The quartiles of the ratios of single rounds: what the machine's noise does to one round. */
  readonly low: number;
  readonly high: number;
}

/** @param theirs their time in each round; `ours` the same of ours, round by round. */
export function speedRatio(theirs: readonly number[], ours: readonly number[]): Ratio {
  if (theirs.length !== ours.length)
    throw new RangeError(`There are ${theirs.length} rounds of theirs and ${ours.length} of ours.`);
  const pairs = theirs.map((time, round) => time / ours[round]);
  return { ratio: median(theirs) / median(ours), low: quantile(pairs, 0.25), high: quantile(pairs, 0.75) };
}

/**
 * The fastest of several settings of one program by its median, with its times; undefined where there is
 * none.
 */
export function fastest<Setting extends { readonly times: readonly number[] }>(
  settings: readonly Setting[],
): Setting | undefined {
  return [...settings]
    .filter(({ times }) => times.length > 0)
    .sort((a, b) => median(a.times) - median(b.times))[0];
}
