/** What gradients are summed with. */
import { multiplyAdd, sumOfLanes } from './lanes';

/** to = Σ of `count` arrays, whose addresses stand `entry` bytes apart from `addresses` on, in their order. Returns the sum's squared norm. */
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

/** to = Σ of the rows whose addresses stand from `rows` to `end`, in their order. Returns the sum's squared norm. */
export function sumRows(to: usize, rows: usize, end: usize, length: i32): f64 {
  let squares = f32x4.splat(0);
  let rest: f32 = 0;
  let i: usize = 0;
  const bytes = <usize>length << 2;
  for (; i + 16 <= bytes; i += 16) {
    let sum = v128.load(load<usize>(rows) + i);
    for (let row = rows + 4; row < end; row += 4) sum = f32x4.add(sum, v128.load(load<usize>(row) + i));
    v128.store(to + i, sum);
    squares = multiplyAdd(squares, sum, sum);
  }
  for (; i < bytes; i += 4) {
    let sum = load<f32>(load<usize>(rows) + i);
    for (let row = rows + 4; row < end; row += 4) sum += load<f32>(load<usize>(row) + i);
    store<f32>(to + i, sum);
    rest += sum * sum;
  }
  return <f64>sumOfLanes(squares) + <f64>rest;
}

/** parameter −= rate · gradient. */
export function descend(parameter: usize, gradient: usize, length: i32, rate: f32): void {
  const factor = f32x4.splat(rate);
  const bytes = <usize>length << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    v128.store(parameter + i, f32x4.sub(v128.load(parameter + i), f32x4.mul(factor, v128.load(gradient + i))));
  }
  for (; i < bytes; i += 4) store<f32>(parameter + i, load<f32>(parameter + i) - rate * load<f32>(gradient + i));
}
