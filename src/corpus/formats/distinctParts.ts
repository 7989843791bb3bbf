/** Slots of a new table: a power of two. */
const firstSlots = 64;

/**
 * Numbers the distinct parts of texts, from 0 in the order of their first occurrence. A part that is known is
 * found by its characters where they stand, and not cut out: a corpus has few distinct values and many
 * tokens.
 */
export class DistinctParts {
  /** The parts, by number. */
  readonly values: string[] = [];
  /** Open addressing: numbers + 1, 0 for a free slot. */
  private slots = new Int32Array(firstSlots);
  private hashes = new Int32Array(firstSlots / 2);

  /**
   * @param most no more parts than this get a number.
   * @param own parts are copied, so that they do not keep the text that they were cut out of in memory.
   */
  constructor(
    private readonly most = Infinity,
    private readonly own = false,
  ) {}

  /** The part's number, which it gets if it has none; −1 where there are too many. */
  numberOf(text: string, from: number, to: number): number {
    const hash = hashOf(text, from, to);
    const slot = this.slotOf(hash, text, from, to);
    const known = this.slots[slot];
    if (known !== 0) return known - 1;
    const number = this.values.length;
    if (number >= this.most) return -1;
    const part = text.slice(from, to);
    this.values.push(this.own ? ownCopy(part) : part);
    this.hashes[number] = hash;
    this.slots[slot] = number + 1;
    if (this.values.length === this.hashes.length) this.grow();
    return number;
  }

  /** The number of a part that may have none: then −1. */
  find(value: string): number {
    const { length } = value;
    return this.slots[this.slotOf(hashOf(value, 0, length), value, 0, length)] - 1;
  }

  /** Where the part is, or the free slot for it. */
  private slotOf(hash: number, text: string, from: number, to: number): number {
    const { slots, hashes, values } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let known = slots[slot]; known !== 0; known = slots[slot]) {
      if (hashes[known - 1] === hash && isAt(values[known - 1], text, from, to)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    const hashes = new Int32Array(2 * this.hashes.length);
    hashes.set(this.hashes);
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.values.length; number++) {
      let slot = hashes[number] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.hashes = hashes;
    this.slots = slots;
  }
}

/** FNV-1a over UTF-16 units, mixed once more, since its low bits choose the slot. */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function isAt(value: string, text: string, from: number, to: number): boolean {
  const { length } = value;
  if (to - from !== length) return false;
  for (let i = 0; i < length; i++) if (value.charCodeAt(i) !== text.charCodeAt(from + i)) return false;
  return true;
}

/**
 * A part cut out of a text may keep the whole text in memory (engines share the characters): this one owns
 * its own.
 */
function ownCopy(part: string): string {
  return part.length < 13 ? part : (JSON.parse(JSON.stringify(part)) as string);
}
