import { pairOf } from './attributes';
import type { PlacedPair } from './lists';

/** Types are numbered below this, so that two of them make a number that a float holds. */
const factor = 2 ** 26;

/** Finds the rows of pairs of types: the pair's string is looked up once, its number is kept. */
export class PairTable {
  /** Value numbers by pair of types, −1 where the model does not know it. Templates of one attribute share them. */
  private readonly found: ReadonlyMap<PlacedPair['values'], Map<number, number>>;
  private readonly templates: readonly { readonly left: number; readonly right: number; readonly base: number; readonly values: PlacedPair['values']; readonly found: Map<number, number> }[];

  /** @param strings of the types, by number. */
  constructor(
    templates: readonly PlacedPair[],
    private readonly strings: readonly string[],
  ) {
    const found = new Map(templates.map(({ values }) => [values, new Map<number, number>()]));
    this.found = found;
    this.templates = templates.map(({ attribute, offset, base, values }) => ({
      left: offset + attribute.left,
      right: offset + attribute.right,
      base,
      values,
      found: found.get(values)!,
    }));
  }

  /** The most rows for one token. */
  get most(): number {
    return this.templates.length;
  }

  /** Pairs kept. */
  get size(): number {
    let size = 0;
    for (const found of this.found.values()) size += found.size;
    return size;
  }

  /** Appends the rows of token `at` to `out` from `to` on and returns the new end. */
  write(types: ArrayLike<number>, first: number, end: number, at: number, out: Int32Array, to: number): number {
    for (const { left, right, base, values, found } of this.templates) {
      const before = typeAt(types, first, end, at + left);
      const behind = typeAt(types, first, end, at + right);
      const pair = (before + 1) * factor + behind + 1;
      let number = found.get(pair);
      if (number === undefined) {
        number = values.get(pairOf(this.strings[before], this.strings[behind])) ?? -1;
        found.set(pair, number);
      }
      if (number >= 0) out[to++] = base + number;
    }
    return to;
  }

  clear(): void {
    for (const found of this.found.values()) found.clear();
  }
}

/** −1 outside of the sentence. */
function typeAt(types: ArrayLike<number>, first: number, end: number, place: number): number {
  return place < first || place >= end ? -1 : types[place];
}
