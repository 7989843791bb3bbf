import type { Lookups } from '../session';

/** Which rows of the tables a step touched, and where. */
export class TouchedRows {
  /** By row of the tables: its place in the list, −1 where it was not touched. */
  private readonly places: Int32Array;

  constructor(rows: number) {
    this.places = new Int32Array(rows).fill(-1);
  }

  /**
   * Writes, one behind the other: the touched rows, in the order in which they were met; where the
   * occurrences of each begin and, at the end, how many there are; the occurrences, those of a row in the
   * order of shards and their rows: the shard's number times 2¹⁶ and the row of its inputs. For n occurrences
   * there is room for n, n + 1 and n. Returns how many rows were touched.
   */
  list(lists: Int32Array, shards: readonly Lookups[]): number {
    const { places } = this;
    const n = (lists.length - 1) / 3;
    const starts = n;
    const occurrences = 2 * n + 1;
    let count = 0;
    // First how often each occurs, then the sums of that, and then the occurrences, each start moving on to
    // the next one's.
    for (const shard of shards) {
      const { ids } = shard;
      const end = shard.starts[shard.starts.length - 1];
      for (let i = 0; i < end; i++) {
        const row = ids[i];
        let place = places[row];
        if (place < 0) {
          place = places[row] = count++;
          lists[place] = row;
          lists[starts + place] = 0;
        }
        lists[starts + place]++;
      }
    }
    let sum = 0;
    for (let place = 0; place < count; place++) {
      const often = lists[starts + place];
      lists[starts + place] = sum;
      sum += often;
    }
    for (let index = 0; index < shards.length; index++) {
      const { starts: of, ids } = shards[index];
      for (let r = 0; r + 1 < of.length; r++) {
        for (let i = of[r]; i < of[r + 1]; i++)
          lists[occurrences + lists[starts + places[ids[i]]]++] = (index << 16) | r;
      }
    }
    for (let place = count; place > 0; place--) lists[starts + place] = lists[starts + place - 1];
    lists[starts] = 0;
    for (let place = 0; place < count; place++) places[lists[place]] = -1;
    return count;
  }
}
