/** A small curve of shares from 0 to 1 for a table's cell, from left to right. */

/** Its lengths: the curve itself goes from 0 to `width`, and from `top` (1) to `bottom` (0). */
export const spark = { width: 80, top: 1, bottom: 17 } as const;

/** Points that it has at most, beside the last. */
const mostPoints = 60;

/** Where its points are, the last one among them; where a share is missing, the curve goes straight on. */
export function sparkPoints(shares: readonly (number | undefined)[]): (readonly [x: number, y: number])[] {
  const { width, top, bottom } = spark;
  const every = Math.ceil(shares.length / mostPoints);
  const last = Math.max(1, shares.length - 1);
  return shares.flatMap((share, i) =>
    share === undefined || (i % every !== 0 && i !== shares.length - 1)
      ? []
      : [[(width * i) / last, bottom - (bottom - top) * share] as const],
  );
}
