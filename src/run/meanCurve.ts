import { meanAndDeviation } from '../model/settings/sweep';

/** A curve by rising x; where `y` has no number, the line goes on to the next. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly (number | undefined)[];
}

/** The mean of curves, with what lies a standard deviation (n − 1) around it. */
export interface MeanCurve {
  readonly x: readonly number[];
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

const mostPlaces = 400;

/**
 * Mean and deviation of curves, over the part of x that all of them have. Curves may have their points at different
 * places: between points they are straight.
 */
export function meanCurve(curves: readonly Curve[]): MeanCurve {
  const sound = curves.map(pointsOf).filter(({ x }) => x.length > 0);
  const from = Math.max(...sound.map(({ x }) => x[0]));
  const to = Math.min(...sound.map(({ x }) => x[x.length - 1]));
  const places = placesBetween(sound, from, to);
  const columns = sound.map((curve) => valuesAt(curve, places));
  const spread = places.map((_, i) => meanAndDeviation(columns.map((column) => column[i])));
  return {
    x: places,
    mean: spread.map(({ mean }) => mean),
    low: spread.map(({ mean, deviation = 0 }) => mean - deviation),
    high: spread.map(({ mean, deviation = 0 }) => mean + deviation),
  };
}

/** A curve's value at a place, between its points a straight line; undefined outside of it. */
export function valueAt({ x, y }: Curve, place: number): number | undefined {
  let before = -1;
  for (let low = 0, high = x.length - 1; low <= high;) {
    const middle = (low + high) >> 1;
    if (x[middle] <= place) [before, low] = [middle, middle + 1];
    else high = middle - 1;
  }
  while (before >= 0 && y[before] === undefined) before--;
  if (before < 0) return undefined;
  const first = y[before];
  if (first === undefined || x[before] === place) return first;
  let after = before + 1;
  while (after < x.length && (y[after] === undefined || x[after] < place)) after++;
  const second = y[after];
  if (second === undefined) return undefined;
  return first + ((second - first) * (place - x[before])) / (x[after] - x[before]);
}

interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

function pointsOf({ x, y }: Curve): Points {
  const kept = x.map((_, i) => i).filter((i) => y[i] !== undefined);
  return { x: kept.map((i) => x[i]), y: kept.map((i) => y[i] ?? 0) };
}

function placesBetween(curves: readonly Points[], from: number, to: number): number[] {
  if (!(from <= to)) return [];
  const all = [...new Set(curves.flatMap(({ x }) => x))];
  const places = all.filter((x) => x >= from && x <= to).sort((a, b) => a - b);
  if (places.length <= mostPlaces) return places;
  return Array.from({ length: mostPlaces }, (_, i) => from + ((to - from) * i) / (mostPlaces - 1));
}

function valuesAt({ x, y }: Points, places: readonly number[]): number[] {
  let at = 0;
  return places.map((place) => {
    while (at < x.length - 2 && x[at + 1] <= place) at++;
    if (x.length === 1 || place <= x[at]) return y[at];
    if (place >= x[at + 1]) return y[at + 1];
    return y[at] + ((y[at + 1] - y[at]) * (place - x[at])) / (x[at + 1] - x[at]);
  });
}
