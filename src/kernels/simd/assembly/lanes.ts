/**
 * What all kernels share. A matrix lies in panels of 8 columns: panel p holds columns 8p … 8p+7 of all rows,
 * 32 bytes a row, so that every product reads both of its operands along consecutive addresses. Columns
 * beyond the matrix's own are finite numbers that nobody reads.
 */

/** Bytes of a panel's row. */
export const rowBytes: usize = 32;

/** How many panels hold so many columns. */
@inline
export function panelsOf(columns: i32): i32 {
  return (columns + 7) >> 3;
}

/** sum + a·b: rounded once in the build with relaxed SIMD (where the machine can), else twice. */
@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/**
 * Turns four rows of four, `fromRow` bytes apart, into four columns, in rows that are `toRow` bytes apart.
 */
@inline
export function transposeSquare(to: usize, toRow: usize, from: usize, fromRow: usize): void {
  transposeRows(to, toRow, from, from + fromRow, from + 2 * fromRow, from + 3 * fromRow);
}

/** The same, of rows that stand anywhere. */
@inline
export function transposeRows(to: usize, toRow: usize, first: usize, second: usize, third: usize, fourth: usize): void {
  const a = v128.load(first);
  const b = v128.load(second);
  const c = v128.load(third);
  const d = v128.load(fourth);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ba = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const dc = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(to + toRow, v128.shuffle<i64>(ab, cd, 1, 3));
  v128.store(to + 2 * toRow, v128.shuffle<i64>(ba, dc, 0, 2));
  v128.store(to + 3 * toRow, v128.shuffle<i64>(ba, dc, 1, 3));
}

/** The sum of the four lanes. */
@inline
export function sumOfLanes(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}
