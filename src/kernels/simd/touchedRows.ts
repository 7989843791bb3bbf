import type { Shard } from '../kernels';

/** Which rows of the table a step touched, and where their gradients are. */
export class TouchedRows {
  /** By row of the table: its place in the list, −1 where it was not touched. */
  private readonly places: Int32Array;

  constructor(rows: number) {
    this.places = new Int32Array(rows).fill(-1);
  }

  /**
   * Writes, one behind the other: the touched rows, in the order in which they were met; where the gradients of each begin
   * and, at the end, how many there are; the gradients' addresses, those of a row in the order of shards and their rows.
   * For n rows of all shards there is room for n, n + 1 and n. Returns how many rows were touched.
   */
  list(lists: Int32Array, shards: readonly Pick<Shard<string, string>, 'rows'>[], gradients: readonly number[], rowBytes: number): number {
    const { places } = this;
    const n = (lists.length - 1) / 3;
    const starts = n;
    const addresses = 2 * n + 1;
    let count = 0;
    // First how often each occurs, then the sums of that, and then the addresses, each start moving on to the next one's.
    for (const { rows } of shards) {
      for (const row of rows) {
        if (row < 0) continue;
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
    shards.forEach(({ rows }, index) => {
      for (let r = 0; r < rows.length; r++) {
        if (rows[r] >= 0) lists[addresses + lists[starts + places[rows[r]]]++] = gradients[index] + r * rowBytes;
      }
    });
    for (let place = count; place > 0; place--) lists[starts + place] = lists[starts + place - 1];
    lists[starts] = 0;
    for (let place = 0; place < count; place++) places[lists[place]] = -1;
    return count;
  }
}
