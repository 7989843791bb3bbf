/** How the places of spans are counted. */

/** What places are counted in: code points, as tools in Python do, or UTF-16 units. */
export type PlaceUnit = 'code points' | 'UTF-16 units';

/** From and to UTF-16 units of a text. */
export interface PlaceCount {
  readonly unit: PlaceUnit;
  readonly unitOf: (place: number) => number;
  readonly countOf: (unit: number) => number;
  /** Numbers of spans whose text is not what they say to hold. */
  readonly misquoted: readonly number[];
}

/**
 * Tells how spans of a text are counted: tools in Python count code points, those in JavaScript UTF-16 units,
 * and what spans say to hold shows which.
 */
export function countPlaces(
  text: string,
  spans: readonly { readonly start: number; readonly end: number; readonly quote?: string }[],
): PlaceCount {
  const points = unitsOfCodePoints(text);
  const misquotedBy = (unitOf: (place: number) => number): number[] =>
    spans.flatMap(({ start, end, quote }, i) =>
      quote === undefined || isQuoted(text.slice(unitOf(start), unitOf(end)), quote) ? [] : [i],
    );
  const byPoints = misquotedBy(points);
  const byUnits = byPoints.length > 0 ? misquotedBy(same) : byPoints;
  return byUnits.length < byPoints.length
    ? { unit: 'UTF-16 units', unitOf: same, countOf: same, misquoted: byUnits }
    : { unit: 'code points', unitOf: points, countOf: codePointsOfUnits(text), misquoted: byPoints };
}

/** Counts places of a text in a unit that is known, from UTF-16 units. */
export function counterOf(text: string, unit: PlaceUnit): (place: number) => number {
  return unit === 'code points' ? codePointsOfUnits(text) : same;
}

const same = (unit: number): number => unit;

/** Line ends may have become spaces in a quote. */
function isQuoted(part: string, quote: string): boolean {
  if (part === quote) return true;
  return (
    part.length >= quote.length && part.replace(/\s+/g, ' ').trim() === quote.replace(/\s+/g, ' ').trim()
  );
}

/**
 * From places counted in code points, as Python tools count them, to UTF-16 units. Places behind the end stay
 * behind it.
 */
function unitsOfCodePoints(text: string): (codePoint: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => point;
  const places: number[] = [];
  for (let unit = 0; unit < text.length; unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1)
    places.push(unit);
  const { length } = places;
  places.push(text.length);
  return (point) => (point <= length ? (places[point] ?? -1) : text.length + point - length);
}

/** The other way round: places inside of a pair count as behind it. */
function codePointsOfUnits(text: string): (unit: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (unit) => unit;
  const points = new Uint32Array(text.length + 1);
  let count = 0;
  for (let unit = 0; unit < text.length; count++) {
    const wide = (text.codePointAt(unit) ?? 0) > 0xffff;
    points[unit] = count;
    if (wide) points[unit + 1] = count + 1;
    unit += wide ? 2 : 1;
  }
  points[text.length] = count;
  return (unit) => points[unit];
}
