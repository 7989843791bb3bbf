import { pairOf } from './attributes';
import type { PlacedPair, ValueNumbers } from './lists';
import { PairMap } from './pairMap';

/** Finds the rows of pairs of types: a pair's string is looked up once, and its number is kept. */
export class PairTable {
  private readonly templates: readonly {
    readonly left: number;
    readonly right: number;
    readonly base: number;
    readonly values: ValueNumbers;
    readonly found: PairMap;
  }[];
  /** For each attribute the value numbers by types, −1 where the model does not know the pair. */
  private readonly maps: readonly PairMap[];

  /** @param strings of the types, by number. */
  constructor(
    templates: readonly PlacedPair[],
    private readonly strings: readonly string[],
  ) {
    const maps = new Map(templates.map(({ values }) => [values, new PairMap()]));
    this.maps = [...maps.values()];
    this.templates = templates.map(({ attribute: { left, right }, offset, base, values }) => ({
      left: offset + left,
      right: offset + right,
      base,
      values,
      found: maps.get(values)!,
    }));
  }

  /** The most rows for one token. */
  get most(): number {
    return this.templates.length;
  }

  /** Pairs kept. */
  get size(): number {
    return this.maps.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Appends the rows of token `at` to `out` from `to` on and returns the new end. Pairs with a word that is
   * `withheld` (1 by token) have none.
   */
  write(
    types: ArrayLike<number>,
    first: number,
    end: number,
    at: number,
    out: Int32Array,
    to: number,
    withheld?: ArrayLike<number>,
  ): number {
    for (const { left, right, base, values, found } of this.templates) {
      if (
        withheld &&
        (isWithheld(withheld, first, end, at + left) || isWithheld(withheld, first, end, at + right))
      )
        continue;
      const before = typeAt(types, first, end, at + left);
      const behind = typeAt(types, first, end, at + right);
      let number = found.get(before, behind);
      if (number === undefined) {
        number = values.get(pairOf(this.strings[before], this.strings[behind])) ?? -1;
        found.set(before, behind, number);
      }
      if (number >= 0) out[to++] = base + number;
    }
    return to;
  }

  clear(): void {
    for (const map of this.maps) map.clear();
  }
}

/** −1 outside of the sentence. */
function typeAt(types: ArrayLike<number>, first: number, end: number, place: number): number {
  return place < first || place >= end ? -1 : types[place];
}

/** Outside of the sentence the tokens of another one may stand. */
function isWithheld(withheld: ArrayLike<number>, first: number, end: number, place: number): boolean {
  return place >= first && place < end && withheld[place] === 1;
}
