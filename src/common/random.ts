/**
 * Seeded random numbers, the same on every machine.
 *
 * {@link hash32} is counter-based: the number for (seed, a, b) does not depend on what was drawn before, so
 * that a run resumed in the middle of an epoch draws what the uninterrupted one would have drawn.
 */

/** A 32-bit hash of up to four integers (MurmurHash3's mixing, Appleby 2011). Uniform over 0 … 2³²−1. */
export function hash32(seed: number, a = 0, b = 0, c = 0): number {
  let h = seed | 0;
  for (const word of [a, b, c]) {
    let k = Math.imul(word | 0, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  h ^= 12;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Uniform in [0, 1) from {@link hash32}. */
export function uniform(seed: number, a = 0, b = 0, c = 0): number {
  return hash32(seed, a, b, c) / 2 ** 32;
}

/** The numbers 0 … n−1 in a random order fixed by the seed (Fisher and Yates; Knuth's algorithm P). */
export function permutation(n: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(uniform(seed, i) * (i + 1));
    const swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
  return order;
}
