import { spark, sparkPoints } from '../run/sparkline';
import type { Drawing, Point } from './drawing';

/** Beside the curve: its last point is a dot. */
const margin = 2;

/** A small curve of shares from 0 to 1 as a picture. */
export function drawSparkline(shares: readonly (number | undefined)[]): Drawing {
  const points = sparkPoints(shares).map(([x, y]): Point => [x + margin, y + margin]);
  const { width, bottom } = spark;
  const base = bottom + margin;
  const end = points.at(-1);
  return {
    width: width + 2 * margin,
    height: base + margin,
    shapes: [
      {
        type: 'line',
        points: [
          [margin, base],
          [width + margin, base],
        ],
        ink: 'grid',
        width: 1,
      },
      ...(points.length > 1 ? [{ type: 'line', points, ink: 'score', width: 1.5 } as const] : []),
      ...(end ? [{ type: 'dot', at: end, radius: 1.5, ink: 'score', fill: 'score' } as const] : []),
    ],
  };
}
