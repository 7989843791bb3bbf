/** From the host's rows to panels and back, and the other forms that products read. */
import { rowBytes, transposeSquare } from './lanes';

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

/** The transpose of panels (rows × columns), in panels: those of the columns, of which zeros fill the last. */
export function transpose(to: usize, toPanel: usize, from: usize, fromPanel: usize, rows: i32, columns: i32): void {
  for (let m = 0; m < rows; m += 4) {
    const target = to + <usize>(m >> 3) * toPanel + (<usize>(m & 4) << 2);
    const source = from + <usize>m * rowBytes;
    let k = 0;
    if (m + 4 <= rows) {
      for (; k + 4 <= columns; k += 4) {
        transposeSquare(target + <usize>k * rowBytes, rowBytes, source + <usize>(k >> 3) * fromPanel + (<usize>(k & 4) << 2), rowBytes);
      }
    }
    for (; k < columns; k++) {
      const column = source + <usize>(k >> 3) * fromPanel + (<usize>(k & 7) << 2);
      for (let i = 0; i < 4; i++) {
        store<f32>(target + <usize>k * rowBytes + (<usize>i << 2), m + i < rows ? load<f32>(column + <usize>i * rowBytes) : 0);
      }
    }
  }
  // The other half of the last panel.
  if (((rows + 3) >> 2) & 1) {
    const target = to + <usize>(rows >> 3) * toPanel + 16;
    for (let k = 0; k < columns; k++) v128.store(target + <usize>k * rowBytes, f32x4.splat(0));
  }
}

/** Four rows side by side for each column: what a tile reads as its `a`. Reads up to three rows beyond the last. */
export function packRows(to: usize, block: usize, from: usize, fromPanel: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r += 4) {
    for (let k = 0; k < columns; k += 4) {
      transposeSquare(to + (<usize>k << 4), 16, from + <usize>(k >> 3) * fromPanel + (<usize>(k & 4) << 2), rowBytes);
    }
    to += block;
    from += 4 * rowBytes;
  }
}

/** Rows of 32: four panels side by side, for products of one row. Zeros stand where there are no more panels. */
export function widen(to: usize, from: usize, fromPanel: usize, rows: i32, panels: i32): void {
  for (let p = 0; p < panels; p += 4) {
    for (let q = 0; q < 4; q++) {
      let target = to + (<usize>q << 5);
      let source = from + <usize>(p + q) * fromPanel;
      const there = p + q < panels;
      for (let k = 0; k < rows; k++) {
        v128.store(target, there ? v128.load(source) : f32x4.splat(0));
        v128.store(target, there ? v128.load(source, 16) : f32x4.splat(0), 16);
        target += 128;
        source += rowBytes;
      }
    }
    to += <usize>rows << 7;
  }
}

/** Rows of a table (`columns` numbers each) by their numbers, to panels; for a number below 0, zeros. */
export function gather(to: usize, toPanel: usize, table: usize, ids: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    const id = load<i32>(ids + (<usize>r << 2));
    let source = table + <usize>id * (<usize>columns << 2);
    let target = to + <usize>r * rowBytes;
    for (let left = columns; left > 0; left -= 8) {
      if (id < 0) {
        v128.store(target, f32x4.splat(0));
        v128.store(target, f32x4.splat(0), 16);
      } else if (left >= 8) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
      } else copyPart(target, source, left);
      source += rowBytes;
      target += toPanel;
    }
  }
}
