import type { PlacedTemplate, ValueNumbers } from './lists';

/** Templates of one offset. */
interface Slot {
  readonly offset: number;
  readonly templates: readonly PlacedTemplate[];
  /** Rows outside of the sentence. */
  readonly edge: Int32Array;
}

/**
 * The distinct strings of one column (types), numbered as they come, with the rows of the table that each adds to the
 * tokens around it: worked out once, and copied from then on.
 */
export class TypeTable {
  readonly strings: string[] = [];
  /** The most rows that a place outside of the sentence can add to a token. */
  readonly edges: number;
  private readonly numbers = new Map<string, number>();
  /** What names the word itself, then the rest of offset 0, then the other offsets. */
  private readonly slots: readonly Slot[];
  /** Rows of all types, slot by slot. */
  private rows = new Int32Array(1024);
  /** Where each type's slots begin in `rows`, and at the end where the last one ends. */
  private starts = new Int32Array(256);
  private readonly slotCount: number;

  constructor(templates: readonly PlacedTemplate[]) {
    const own = templates.filter(({ offset }) => offset === 0);
    const offsets = [...new Set(templates.map(({ offset }) => offset))].filter((offset) => offset !== 0);
    this.slots = [
      slotOf(0, own.filter(({ attribute }) => attribute.identity)),
      slotOf(0, own.filter(({ attribute }) => !attribute.identity)),
      ...offsets.map((offset) => slotOf(offset, templates.filter((template) => template.offset === offset))),
    ];
    this.slotCount = this.slots.length;
    this.edges = this.slots.reduce((sum, { edge }) => sum + edge.length, 0);
  }

  /** The type's number. */
  typeOf(text: string): number {
    return this.numbers.get(text) ?? this.add(text);
  }

  /** How many rows the type adds to all tokens around it together. */
  count(type: number): number {
    return this.starts[(type + 1) * this.slotCount] - this.starts[type * this.slotCount];
  }

  /** Appends the rows of token `at` to `out` from `to` on and returns the new end; without `identity`, but for what names the word itself. */
  write(types: ArrayLike<number>, first: number, end: number, at: number, out: Int32Array, to: number, identity: boolean): number {
    const { rows, starts, slots, slotCount } = this;
    const own = types[at] * slotCount;
    const ownEnd = starts[own + 2];
    for (let i = starts[identity ? own : own + 1]; i < ownEnd; i++) out[to++] = rows[i];
    for (let s = 2; s < slotCount; s++) {
      const slot = slots[s];
      const place = at + slot.offset;
      if (place < first || place >= end) {
        for (let i = 0; i < slot.edge.length; i++) out[to++] = slot.edge[i];
      } else {
        const neighbour = types[place] * slotCount + s;
        const neighbourEnd = starts[neighbour + 1];
        for (let i = starts[neighbour]; i < neighbourEnd; i++) out[to++] = rows[i];
      }
    }
    return to;
  }

  /** Forgets all types. */
  clear(): void {
    this.numbers.clear();
    this.strings.length = 0;
  }

  private add(text: string): number {
    const type = this.strings.length;
    this.strings.push(text);
    this.numbers.set(text, type);
    const next = type * this.slotCount;
    if (next + this.slotCount >= this.starts.length) this.starts = grown(this.starts, next + this.slotCount + 1);
    // Each attribute is worked out once, at however many offsets it is looked at.
    const known = new Map<ValueNumbers, readonly number[]>();
    let end = this.starts[next];
    for (const [slot, { templates }] of this.slots.entries()) {
      for (const template of templates) {
        const numbers = known.get(template.values) ?? numbersOf(template, text);
        known.set(template.values, numbers);
        if (end + numbers.length > this.rows.length) this.rows = grown(this.rows, end + numbers.length);
        for (const number of numbers) this.rows[end++] = template.base + number;
      }
      this.starts[next + slot + 1] = end;
    }
    return type;
  }
}

function slotOf(offset: number, templates: readonly PlacedTemplate[]): Slot {
  return { offset, templates, edge: Int32Array.from(templates.flatMap(({ edge }) => edge ?? [])) };
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
