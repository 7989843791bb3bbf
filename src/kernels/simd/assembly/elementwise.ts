/** Sums and products entry by entry, and sums over rows and columns, of panels. */
import { rowBytes, sumOfLanes } from './lanes';

/** a + b; `bRow` 0 adds the same row to each. */
export function add(to: usize, toPanel: usize, a: usize, aPanel: usize, b: usize, bPanel: usize, bRow: usize, rows: i32, panels: i32): void {
  for (let p = 0; p < panels; p++) {
    let target = to;
    let left = a;
    let right = b;
    for (let r = 0; r < rows; r++) {
      v128.store(target, f32x4.add(v128.load(left), v128.load(right)));
      v128.store(target, f32x4.add(v128.load(left, 16), v128.load(right, 16)), 16);
      target += rowBytes;
      left += rowBytes;
      right += bRow;
    }
    to += toPanel;
    a += aPanel;
    b += bPanel;
  }
}

/** a ∘ b. */
export function multiply(to: usize, toPanel: usize, a: usize, aPanel: usize, b: usize, bPanel: usize, rows: i32, panels: i32): void {
  for (let p = 0; p < panels; p++) {
    let target = to;
    let left = a;
    let right = b;
    for (let r = 0; r < rows; r++) {
      v128.store(target, f32x4.mul(v128.load(left), v128.load(right)));
      v128.store(target, f32x4.mul(v128.load(left, 16), v128.load(right, 16)), 16);
      target += rowBytes;
      left += rowBytes;
      right += rowBytes;
    }
    to += toPanel;
    a += aPanel;
    b += bPanel;
  }
}

/** Each row of a, times its number in `column`. */
export function scaleRows(to: usize, toPanel: usize, a: usize, aPanel: usize, column: usize, rows: i32, panels: i32): void {
  for (let p = 0; p < panels; p++) {
    let target = to;
    let left = a;
    let factor = column;
    for (let r = 0; r < rows; r++) {
      const m = v128.load32_splat(factor);
      v128.store(target, f32x4.mul(v128.load(left), m));
      v128.store(target, f32x4.mul(v128.load(left, 16), m), 16);
      target += rowBytes;
      left += rowBytes;
      factor += 4;
    }
    to += toPanel;
    a += aPanel;
  }
}

/** The sums of the columns: one row. */
export function columnSums(to: usize, toPanel: usize, a: usize, aPanel: usize, rows: i32, panels: i32): void {
  for (let p = 0; p < panels; p++) {
    let left = f32x4.splat(0);
    let right = f32x4.splat(0);
    let row = a;
    for (let r = 0; r < rows; r++) {
      left = f32x4.add(left, v128.load(row));
      right = f32x4.add(right, v128.load(row, 16));
      row += rowBytes;
    }
    v128.store(to, left);
    v128.store(to, right, 16);
    to += toPanel;
    a += aPanel;
  }
}

/** ‖a_r‖₂ of each row, side by side. */
export function rowNorms(to: usize, a: usize, aPanel: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    let sum = f32x4.splat(0);
    let row = a;
    let rest: f32 = 0;
    for (let left = columns; left > 0; left -= 8) {
      if (left >= 8) {
        const x = v128.load(row);
        const y = v128.load(row, 16);
        sum = f32x4.add(sum, f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y)));
      } else {
        for (let j = 0; j < left; j++) {
          const x = load<f32>(row + (<usize>j << 2));
          rest += x * x;
        }
      }
      row += aPanel;
    }
    store<f32>(to + (<usize>r << 2), sqrt<f32>(sumOfLanes(sum) + rest));
    a += rowBytes;
  }
}
