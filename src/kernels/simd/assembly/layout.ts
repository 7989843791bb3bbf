/** From the host's rows to panels and back, and the other forms that products read. */
import { rowBytes, transposeRows, transposeSquare } from './lanes';

/** The first `count` (1 to 7) of 8 numbers, and zeros. */
@inline
function copyPart(to: usize, from: usize, count: i32): void {
  v128.store(to, f32x4.splat(0));
  v128.store(to, f32x4.splat(0), 16);
  for (let j = 0; j < count; j++) store<f32>(to + (<usize>j << 2), load<f32>(from + (<usize>j << 2)));
}

/** Rows of `columns` numbers, side by side, to panels. */
export function importRows(to: usize, toPanel: usize, from: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns << 2;
  for (let left = columns; left > 0; left -= 8) {
    let source = from;
    let target = to;
    for (let r = 0; r < rows; r++) {
      if (left >= 8) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
      } else copyPart(target, source, left);
      source += stride;
      target += rowBytes;
    }
    from += rowBytes;
    to += toPanel;
  }
}

/** Panels to rows of `columns` numbers, side by side. */
export function exportRows(to: usize, from: usize, fromPanel: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns << 2;
  for (let left = columns; left > 0; left -= 8) {
    let source = from;
    let target = to;
    for (let r = 0; r < rows; r++) {
      if (left >= 8) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
      } else for (let j = 0; j < left; j++) store<f32>(target + (<usize>j << 2), load<f32>(source + (<usize>j << 2)));
      source += rowBytes;
      target += stride;
    }
    from += fromPanel;
    to += rowBytes;
  }
}

/** Rows of panels to other panels. */
export function copyRows(to: usize, toPanel: usize, from: usize, fromPanel: usize, rows: i32, panels: i32): void {
  for (let p = 0; p < panels; p++) {
    memory.copy(to, from, <usize>rows * rowBytes);
    to += toPanel;
    from += fromPanel;
  }
}

/**
 * Reads follow a matrix's entries: its rows are `fromRow` bytes apart, and 8 columns are `fromPanel` bytes
 * from the next 8. So the host's rows are read like panels that stand beside each other.
 */
@inline
function entry(from: usize, fromPanel: usize, fromRow: usize, row: i32, column: i32): usize {
  return from + <usize>row * fromRow + <usize>(column >> 3) * fromPanel + (<usize>(column & 7) << 2);
}

/**
 * Columns `m` to m + 3 of the transpose of a matrix of rows × columns, from `to` on; zeros beyond its rows.
 */
@inline
function transposeFour(to: usize, toRow: usize, from: usize, fromPanel: usize, fromRow: usize, m: i32, rows: i32, columns: i32): void {
  let k = 0;
  if (m + 4 <= rows) {
    for (; k + 4 <= columns; k += 4) transposeSquare(to + <usize>k * toRow, toRow, entry(from, fromPanel, fromRow, m, k), fromRow);
  }
  for (; k < columns; k++) {
    for (let i = 0; i < 4; i++) {
      store<f32>(to + <usize>k * toRow + (<usize>i << 2), m + i < rows ? load<f32>(entry(from, fromPanel, fromRow, m + i, k)) : 0);
    }
  }
}

/** The transpose (columns × rows), in panels. */
export function transpose(to: usize, toPanel: usize, from: usize, fromPanel: usize, fromRow: usize, rows: i32, columns: i32): void {
  const end = (rows + 7) & ~7;
  for (let m = 0; m < end; m += 4) {
    transposeFour(to + <usize>(m >> 3) * toPanel + (<usize>(m & 4) << 2), rowBytes, from, fromPanel, fromRow, m, rows, columns);
  }
}

/** The transpose in rows of 32, for products of one row. */
export function transposeWide(to: usize, from: usize, fromPanel: usize, fromRow: usize, rows: i32, columns: i32): void {
  const end = (rows + 31) & ~31;
  for (let m = 0; m < end; m += 4) {
    transposeFour(to + <usize>(m >> 5) * (<usize>columns << 7) + (<usize>(m & 31) << 2), 128, from, fromPanel, fromRow, m, rows, columns);
  }
}

/** Rows of 32 columns, for products of one row; zeros beyond the last column. */
export function widen(to: usize, from: usize, fromPanel: usize, fromRow: usize, rows: i32, columns: i32): void {
  const end = (columns + 31) & ~31;
  for (let j = 0; j < end; j += 4) {
    let target = to + <usize>(j >> 5) * (<usize>rows << 7) + (<usize>(j & 31) << 2);
    let source = entry(from, fromPanel, fromRow, 0, j);
    for (let k = 0; k < rows; k++) {
      if (j + 4 <= columns) v128.store(target, v128.load(source));
      else {
        v128.store(target, f32x4.splat(0));
        for (let i = 0; j + i < columns; i++) store<f32>(target + (<usize>i << 2), load<f32>(source + (<usize>i << 2)));
      }
      target += 128;
      source += fromRow;
    }
  }
}

/**
 * Four rows side by side for each column: what a tile reads as its `a`. Beyond the last row stands that row
 * again.
 */
export function packRows(to: usize, block: usize, from: usize, fromPanel: usize, fromRow: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r += 4) {
    const left = rows - 1 - r;
    const second = <usize>min(1, left) * fromRow;
    const third = <usize>min(2, left) * fromRow;
    const fourth = <usize>min(3, left) * fromRow;
    for (let k = 0; k < columns; k += 4) {
      const source = entry(from, fromPanel, fromRow, r, k);
      transposeRows(to + (<usize>k << 4), 16, source, source + second, source + third, source + fourth);
    }
    to += block;
  }
}

/**
 * Sums of rows of a table (`columns` numbers each), to panels: row r is the sum of those whose numbers stand
 * in `ids` from starts[r] to starts[r + 1].
 */
export function gather(to: usize, toPanel: usize, table: usize, starts: usize, ids: usize, rows: i32, columns: i32): void {
  const tableRow = <usize>columns << 2;
  for (let r = 0; r < rows; r++) {
    const first = ids + (load<usize>(starts + (<usize>r << 2)) << 2);
    const end = ids + (load<usize>(starts + (<usize>r << 2), 4) << 2);
    let target = to + <usize>r * rowBytes;
    let source = table;
    let left = columns;
    for (; left >= 16; left -= 16) {
      let a = f32x4.splat(0);
      let b = f32x4.splat(0);
      let c = f32x4.splat(0);
      let d = f32x4.splat(0);
      for (let id = first; id < end; id += 4) {
        const row = source + load<usize>(id) * tableRow;
        a = f32x4.add(a, v128.load(row));
        b = f32x4.add(b, v128.load(row, 16));
        c = f32x4.add(c, v128.load(row, 32));
        d = f32x4.add(d, v128.load(row, 48));
      }
      v128.store(target, a);
      v128.store(target, b, 16);
      v128.store(target + toPanel, c);
      v128.store(target + toPanel, d, 16);
      target += toPanel << 1;
      source += 64;
    }
    for (; left > 0; left -= 8) {
      v128.store(target, f32x4.splat(0));
      v128.store(target, f32x4.splat(0), 16);
      for (let id = first; id < end; id += 4) addPart(target, source + load<usize>(id) * tableRow, min(left, 8));
      target += toPanel;
      source += 32;
    }
  }
}

/** Adds the first `count` (1 to 8) numbers. */
@inline
function addPart(to: usize, from: usize, count: i32): void {
  for (let j: usize = 0; j < <usize>count << 2; j += 4) store<f32>(to + j, load<f32>(to + j) + load<f32>(from + j));
}
