/** What tells runs apart that are drawn over each other: colour, dash and marker, of eight each. */

/** How a run is drawn. */
export interface RunLook {
  /** Of its dash and marker: 0 to 7. */
  readonly place: number;
  /** Of the charts' palette: 0 to 7. A person may choose it. */
  readonly color: number;
}

/** How many colours, dashes and markers there are. */
export const lookCount = 8;

const dashes: readonly (readonly number[])[] = [
  [],
  [8, 3],
  [2, 3],
  [9, 3, 2, 3],
  [14, 4],
  [4, 4],
  [9, 3, 2, 3, 2, 3],
  [1, 5],
];

/** Paths around 0, of a radius of 1. */
const markers: readonly string[] = [
  'M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z',
  'M-0.9 -0.9H0.9V0.9H-0.9Z',
  'M0 -1.1L1.1 0.9H-1.1Z',
  'M0 -1.3L1.3 0L0 1.3L-1.3 0Z',
  'M0 1.1L1.1 -0.9H-1.1Z',
  'M-0.4 -1.2H0.4V-0.4H1.2V0.4H0.4V1.2H-0.4V0.4H-1.2V-0.4H-0.4Z',
  'M-1.2 -0.7L-0.7 -1.2L0 -0.5L0.7 -1.2L1.2 -0.7L0.5 0L1.2 0.7L0.7 1.2L0 0.5L-0.7 1.2L-1.2 0.7L-0.5 0Z',
  'M0 -1.3L0.35 -0.4L1.3 -0.4L0.55 0.2L0.85 1.1L0 0.55L-0.85 1.1L-0.55 0.2L-1.3 -0.4L-0.35 -0.4Z',
];

export function dashOf(place: number): readonly number[] {
  return dashes[place % dashes.length];
}

/** @returns a path as SVG writes it, and what it is scaled by. */
export function markerOf(place: number): string {
  return markers[place % markers.length];
}
