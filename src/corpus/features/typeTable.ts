import type { PlacedTemplate, ValueNumbers } from './lists';

/** Templates of one offset: those that name the word itself, or the rest. */
interface Slot {
  readonly offset: number;
  readonly templates: readonly PlacedTemplate[];
  /** Rows for a place outside of the sentence, and for a word that is withheld. */
  readonly edge: Int32Array;
  readonly unknown: Int32Array;
  readonly identity: boolean;
}

/**
 * The distinct strings of one column (types), numbered as they come, with the rows of the table that each
 * adds to the tokens around it: worked out once, and copied from then on.
 */
export class TypeTable {
  readonly strings: string[] = [];
  /** The most rows that places outside of the sentence, and words that are withheld, can add to a token. */
  readonly edges: number;
  /** How far from its own place a token looks at most. */
  readonly reach: number;
  private readonly numbers = new Map<string, number>();
  private readonly slots: readonly Slot[];
  /** Rows of all types, slot by slot. */
  private rows = new Int32Array(1024);
  /** Where each type's slots begin in `rows`, and at the end where the last one ends. */
  private starts = new Int32Array(256);
  private readonly slotCount: number;

  constructor(templates: readonly PlacedTemplate[]) {
    const offsets = [...new Set(templates.map(({ offset }) => offset))].sort(
      (one, other) => Number(one !== 0) - Number(other !== 0),
    );
    const slots = offsets.flatMap((offset) =>
      [true, false].map((identity) => slotOf(offset, templates, identity)),
    );
    this.slots = slots.filter((slot) => slot.templates.length > 0);
    this.slotCount = this.slots.length;
    this.reach = Math.max(0, ...offsets.map(Math.abs));
    this.edges = this.slots.reduce(
      (sum, { edge, unknown }) => sum + Math.max(edge.length, unknown.length),
      0,
    );
  }

  /** The type's number. */
  typeOf(text: string): number {
    return this.numbers.get(text) ?? this.add(text);
  }

  /** At most so many rows have the tokens from `first` to `end` (exclusive) together, wherever their sentence ends. */
  roomFor(types: ArrayLike<number>, first: number, end: number): number {
    let room = (end - first) * this.edges;
    const stop = Math.min(types.length, end + this.reach);
    for (let at = Math.max(0, first - this.reach); at < stop; at++) room += this.count(types[at]);
    return room;
  }

  /**
   * Appends the rows of token `at` to `out` from `to` on and returns the new end. Words that are `withheld`
   * (1 by token) are taken for unknown ones.
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
    const { rows, starts, slots, slotCount } = this;
    for (let s = 0; s < slotCount; s++) {
      const slot = slots[s];
      const place = at + slot.offset;
      const outside = place < first || place >= end;
      if (outside || (slot.identity && withheld !== undefined && withheld[place] === 1)) {
        const instead = outside ? slot.edge : slot.unknown;
        for (let i = 0; i < instead.length; i++) out[to++] = instead[i];
        continue;
      }
      const from = types[place] * slotCount + s;
      const stop = starts[from + 1];
      for (let i = starts[from]; i < stop; i++) out[to++] = rows[i];
    }
    return to;
  }

  /** Forgets all types. */
  clear(): void {
    this.numbers.clear();
    this.strings.length = 0;
  }

  /** How many rows the type adds to all tokens around it together. */
  private count(type: number): number {
    return this.starts[(type + 1) * this.slotCount] - this.starts[type * this.slotCount];
  }

  private add(text: string): number {
    const type = this.strings.length;
    this.strings.push(text);
    this.numbers.set(text, type);
    const next = type * this.slotCount;
    if (next + this.slotCount >= this.starts.length)
      this.starts = grown(this.starts, next + this.slotCount + 1);
    // Each attribute is worked out once, at however many offsets it is looked at.
    const known = new Map<ValueNumbers, readonly number[]>();
    let end = this.starts[next];
    for (const [slot, { templates }] of this.slots.entries()) {
      for (const template of templates) {
        const numbers = known.get(template.values) ?? numbersOf(template, text);
        known.set(template.values, numbers);
        if (end + numbers.length + 1 > this.rows.length)
          this.rows = grown(this.rows, end + numbers.length + 1);
        for (const number of numbers) this.rows[end++] = template.base + number;
        if (numbers.length === 0 && template.unknown !== undefined) this.rows[end++] = template.unknown;
      }
      this.starts[next + slot + 1] = end;
    }
    return type;
  }
}

function slotOf(offset: number, all: readonly PlacedTemplate[], identity: boolean): Slot {
  const templates = all.filter(
    (template) => template.offset === offset && template.attribute.identity === identity,
  );
  const edge = Int32Array.from(templates.flatMap((template) => template.edge ?? []));
  return {
    offset,
    templates,
    edge,
    unknown: Int32Array.from(templates.flatMap(({ unknown }) => unknown ?? [])),
    identity,
  };
}

/** Numbers of the values that are known, each once. */
function numbersOf({ attribute, values }: PlacedTemplate, text: string): number[] {
  const numbers: number[] = [];
  for (const value of attribute.valuesOf(text)) {
    const number = values.get(value);
    if (number !== undefined) numbers.push(number);
  }
  return numbers.length > 1 ? [...new Set(numbers)] : numbers;
}

function grown(array: Int32Array<ArrayBuffer>, atLeast: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(atLeast, array.length * 2));
  larger.set(array);
  return larger;
}
