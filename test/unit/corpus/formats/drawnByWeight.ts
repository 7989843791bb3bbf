/** One of some, by their weights. @param draw a whole number from 0, below one that is given. */
export function drawnByWeight<T extends readonly [weight: number, ...unknown[]]>(
  all: readonly T[],
  draw: (below: number) => number,
): T {
  let at = draw(all.reduce((sum, [weight]) => sum + weight, 0));
  for (const one of all) {
    if (at < one[0]) return one;
    at -= one[0];
  }
  throw new RangeError('nothing is drawn');
}
