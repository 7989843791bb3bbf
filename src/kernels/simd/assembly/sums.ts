/** What gradients are summed with. */
import { multiplyAdd, sumOfLanes } from './lanes';

/**
 * to = Σ of `count` arrays, whose addresses stand `entry` bytes apart from `addresses` on, in their order.
 * Returns the sum's squared norm.
 */
export function sumArrays(to: usize, addresses: usize, entry: usize, count: i32, first: usize, length: i32): f64 {
  let squares = f32x4.splat(0);
  let rest: f32 = 0;
  let i: usize = 0;
  const bytes = <usize>length << 2;
  for (; i + 16 <= bytes; i += 16) {
    let from = addresses;
    let sum = v128.load(load<usize>(from) + first + i);
    for (let s = 1; s < count; s++) {
      from += entry;
      sum = f32x4.add(sum, v128.load(load<usize>(from) + first + i));
    }
    v128.store(to + first + i, sum);
    squares = multiplyAdd(squares, sum, sum);
  }
  for (; i < bytes; i += 4) {
    let from = addresses;
    let sum = load<f32>(load<usize>(from) + first + i);
    for (let s = 1; s < count; s++) {
      from += entry;
      sum += load<f32>(load<usize>(from) + first + i);
    }
    store<f32>(to + first + i, sum);
    rest += sum * sum;
  }
  return <f64>sumOfLanes(squares) + <f64>rest;
}

/**
 * The row of a table's gradients, `width` numbers each, in which a row of the table occurred. `outputs`: the
 * first shard's entry for the gradients, `entry` bytes from a shard's to the next.
 */
@inline
function occurrence(at: usize, outputs: usize, entry: usize, rowBytes: usize): usize {
  const shard = <usize>load<u16>(at, 2);
  return load<usize>(outputs + shard * entry) + <usize>load<u16>(at) * rowBytes;
}

/**
 * to = Σ of the rows in which a row of the table occurred, listed from `from` to `end`, in their order.
 * Returns the sum's squared norm.
 */
export function sumRows(to: usize, from: usize, end: usize, outputs: usize, entry: usize, width: i32): f64 {
  const rowBytes = <usize>width << 2;
  let squares = f32x4.splat(0);
  let rest: f32 = 0;
  let i: usize = 0;
  for (; i + 64 <= rowBytes; i += 64) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let at = from; at < end; at += 4) {
      const row = occurrence(at, outputs, entry, rowBytes) + i;
      a = f32x4.add(a, v128.load(row));
      b = f32x4.add(b, v128.load(row, 16));
      c = f32x4.add(c, v128.load(row, 32));
      d = f32x4.add(d, v128.load(row, 48));
    }
    v128.store(to + i, a);
    v128.store(to + i, b, 16);
    v128.store(to + i, c, 32);
    v128.store(to + i, d, 48);
    squares = multiplyAdd(multiplyAdd(squares, a, a), b, b);
    squares = multiplyAdd(multiplyAdd(squares, c, c), d, d);
  }
  for (; i + 16 <= rowBytes; i += 16) {
    let sum = f32x4.splat(0);
    for (let at = from; at < end; at += 4) sum = f32x4.add(sum, v128.load(occurrence(at, outputs, entry, rowBytes) + i));
    v128.store(to + i, sum);
    squares = multiplyAdd(squares, sum, sum);
  }
  for (; i < rowBytes; i += 4) {
    let sum: f32 = 0;
    for (let at = from; at < end; at += 4) sum += load<f32>(occurrence(at, outputs, entry, rowBytes) + i);
    store<f32>(to + i, sum);
    rest += sum * sum;
  }
  return <f64>sumOfLanes(squares) + <f64>rest;
}
