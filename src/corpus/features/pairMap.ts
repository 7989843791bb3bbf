/** Empty places hold this as their value. */
const free = -2;

/**
 * A number for each pair of numbers, −1 and above both: open addressing in one array, since a `Map` whose
 * keys are larger than 31 bits costs several times as much for each look-up.
 */
export class PairMap {
  /** Pairs held. */
  size = 0;
  /** Left, right, value of each place. */
  private places = emptyPlaces(1024);
  /** The number of places less one; they are a power of two. */
  private mask = 1023;

  /** Undefined where the pair is not held. */
  get(left: number, right: number): number | undefined {
    const value = this.places[this.find(left, right) + 2];
    return value === free ? undefined : value;
  }

  /** @param value −1 or above. */
  set(left: number, right: number, value: number): void {
    let place = this.find(left, right);
    if (this.places[place + 2] === free && ++this.size * 2 > this.mask) {
      this.grow();
      place = this.find(left, right);
    }
    this.put(place, left, right, value);
  }

  clear(): void {
    this.size = 0;
    this.places = emptyPlaces(1024);
    this.mask = 1023;
  }

  /** Where the pair is, or else the free place that it belongs into. */
  private find(left: number, right: number): number {
    const { places, mask } = this;
    const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    let at = (mixed ^ (mixed >>> 15)) & mask;
    for (;;) {
      const place = at * 3;
      if (places[place + 2] === free || (places[place] === left && places[place + 1] === right)) return place;
      at = (at + 1) & mask;
    }
  }

  private put(place: number, left: number, right: number, value: number): void {
    this.places[place] = left;
    this.places[place + 1] = right;
    this.places[place + 2] = value;
  }

  private grow(): void {
    const old = this.places;
    this.mask = this.mask * 2 + 1;
    this.places = emptyPlaces(this.mask + 1);
    for (let place = 0; place < old.length; place += 3) {
      if (old[place + 2] !== free)
        this.put(this.find(old[place], old[place + 1]), old[place], old[place + 1], old[place + 2]);
    }
  }
}

function emptyPlaces(count: number): Int32Array {
  return new Int32Array(count * 3).fill(free);
}
