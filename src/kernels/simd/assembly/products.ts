/**
 * Sums of products. Each is cut into tiles that stay in registers: four rows by 8 columns, and one row by 32
 * where there is only one. V8 orders the arithmetic of a loop's body as it likes, and spills registers where
 * the body is long: one term of the sum to a turn is fastest.
 */
import { multiplyAdd, rowBytes } from './lanes';

/**
 * A tile: C[i][j] = D[i][j] + Σ_k a[k][i]·b[k][j], 4×8. a: 4 numbers every `step` bytes; b: a panel's rows;
 * c: four rows of a panel; d: rows that are `dRow` bytes apart (0: one row for all), or none.
 */
@inline
function tile(a: usize, step: usize, b: usize, terms: i32, c: usize, d: usize, dRow: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  if (d) {
    c00 = v128.load(d);
    c01 = v128.load(d, 16);
    c10 = v128.load(d + dRow);
    c11 = v128.load(d + dRow, 16);
    c20 = v128.load(d + 2 * dRow);
    c21 = v128.load(d + 2 * dRow, 16);
    c30 = v128.load(d + 3 * dRow);
    c31 = v128.load(d + 3 * dRow, 16);
  }
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = multiplyAdd(c00, a0, b0);
    c01 = multiplyAdd(c01, a0, b1);
    const a1 = v128.load32_splat(a, 4);
    c10 = multiplyAdd(c10, a1, b0);
    c11 = multiplyAdd(c11, a1, b1);
    const a2 = v128.load32_splat(a, 8);
    c20 = multiplyAdd(c20, a2, b0);
    c21 = multiplyAdd(c21, a2, b1);
    const a3 = v128.load32_splat(a, 12);
    c30 = multiplyAdd(c30, a3, b0);
    c31 = multiplyAdd(c31, a3, b1);
    a += step;
    b += rowBytes;
  } while (--terms);
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
}

/** A tile whose `a` is packed: 4 rows side by side for each term (see `packRows`). */
export function packedTile(a: usize, b: usize, terms: i32, c: usize, d: usize, dRow: usize): void {
  tile(a, 16, b, terms, c, d, dRow);
}

/** A tile whose `a` is half a panel: its columns are the tile's rows, and its rows are summed over. */
function panelTile(a: usize, b: usize, terms: i32, c: usize): void {
  tile(a, rowBytes, b, terms, c, 0, 0);
}

/**
 * C = A·B + D by tiles. A: packed rows, `aBlock` bytes for four; B: panels of `terms` rows; D: see {@link
 * tile}. C has room for `blocks`·4 rows.
 */
export function product(
  c: usize, cPanel: usize, a: usize, aBlock: usize, b: usize, bPanel: usize, d: usize, dPanel: usize, dRow: usize, blocks: i32, panels: i32, terms: i32,
): void {
  for (let p = 0; p < panels; p++) {
    let from = a;
    let to = c;
    let start = d;
    for (let i = 0; i < blocks; i++) {
      packedTile(from, b, terms, to, start, dRow);
      from += aBlock;
      to += 4 * rowBytes;
      if (d) start += 4 * dRow;
    }
    b += bPanel;
    c += cPanel;
    if (d) d += dPanel;
  }
}

/** C = Aᵀ·B = Σ_r a_r ⊗ b_r over `terms` rows; A and B in panels. C has `blocks`·4 rows: the columns of A. */
export function outerSum(c: usize, cPanel: usize, a: usize, aPanel: usize, b: usize, bPanel: usize, blocks: i32, panels: i32, terms: i32): void {
  for (let p = 0; p < panels; p++) {
    let to = c;
    for (let i = 0; i < blocks; i++) {
      panelTile(a + <usize>(i >> 1) * aPanel + (<usize>(i & 1) << 4), b, terms, to);
      to += 4 * rowBytes;
    }
    b += bPanel;
    c += cPanel;
  }
}

/**
 * One row of 32: c[j] = d[j] + Σ_k a[k]·b[k][j]. a: numbers side by side; b: rows of 32; c: 32 numbers side
 * by side; d: 8 numbers every `dPanel` bytes.
 */
export function rowTile(a: usize, b: usize, terms: i32, c: usize, d0: usize, d1: usize, d2: usize, d3: usize): void {
  let c0 = v128.load(d0);
  let c1 = v128.load(d0, 16);
  let c2 = v128.load(d1);
  let c3 = v128.load(d1, 16);
  let c4 = v128.load(d2);
  let c5 = v128.load(d2, 16);
  let c6 = v128.load(d3);
  let c7 = v128.load(d3, 16);
  do {
    const x = v128.load32_splat(a);
    c0 = multiplyAdd(c0, x, v128.load(b));
    c1 = multiplyAdd(c1, x, v128.load(b, 16));
    c2 = multiplyAdd(c2, x, v128.load(b, 32));
    c3 = multiplyAdd(c3, x, v128.load(b, 48));
    // Never so: it keeps the compiler from loading all eight before it adds the first.
    if (terms == 0) break;
    c4 = multiplyAdd(c4, x, v128.load(b, 64));
    c5 = multiplyAdd(c5, x, v128.load(b, 80));
    c6 = multiplyAdd(c6, x, v128.load(b, 96));
    c7 = multiplyAdd(c7, x, v128.load(b, 112));
    a += 4;
    b += 128;
  } while (--terms);
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, c4, 64);
  v128.store(c, c5, 80);
  v128.store(c, c6, 96);
  v128.store(c, c7, 112);
}
