/** softmax and its cross-entropy, by rows of panels. */
import { exp } from './functions';
import { panelsOf, rowBytes, sumOfLanes } from './lanes';

const lowest = f32.NEGATIVE_INFINITY;

/** Four entries of a row from column `first` on; lanes beyond the last of L columns hold `beyond`. */
@inline
function entries(row: usize, first: i32, L: i32, beyond: f32): v128 {
  const x = v128.load(row);
  if (first + 4 <= L) return x;
  const columns = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  return v128.bitselect(x, f32x4.splat(beyond), i32x4.lt_s(columns, i32x4.splat(L)));
}

/** The largest of a row's L entries. */
@inline
export function largest(z: usize, panel: usize, L: i32): f32 {
  let most = f32x4.splat(lowest);
  for (let l = 0; l < L; l += 8) {
    most = f32x4.pmax(most, entries(z, l, L, lowest));
    if (l + 4 < L) most = f32x4.pmax(most, entries(z + 16, l + 4, L, lowest));
    z += panel;
  }
  const pairs = f32x4.pmax(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
  const left = f32x4.extract_lane(pairs, 0);
  const right = f32x4.extract_lane(pairs, 1);
  return left > right ? left : right;
}

/** Writes exp(z − most) of a row, zeros beyond its L columns, and gives the sum. */
@inline
export function exponentials(to: usize, toPanel: usize, z: usize, panel: usize, L: i32, most: f32): f32 {
  let total = f32x4.splat(0);
  const shift = f32x4.splat(most);
  for (let l = 0; l < L; l += 8) {
    // Beyond the row's end stands −∞, whose exponential is made zero: exp itself has a least value.
    let e = exp(f32x4.sub(entries(z, l, L, lowest), shift));
    if (l + 4 > L) e = v128.and(e, i32x4.lt_s(i32x4.add(i32x4.splat(l), i32x4(0, 1, 2, 3)), i32x4.splat(L)));
    v128.store(to, e);
    total = f32x4.add(total, e);
    e = f32x4.splat(0);
    if (l + 4 < L) {
      e = exp(f32x4.sub(entries(z + 16, l + 4, L, lowest), shift));
      if (l + 8 > L) e = v128.and(e, i32x4.lt_s(i32x4.add(i32x4.splat(l + 4), i32x4(0, 1, 2, 3)), i32x4.splat(L)));
      total = f32x4.add(total, e);
    }
    v128.store(to, e, 16);
    z += panel;
    to += toPanel;
  }
  return sumOfLanes(total);
}

/** row = by · row. */
@inline
export function scale(row: usize, panel: usize, panels: i32, by: f32): void {
  const factor = f32x4.splat(by);
  for (let p = 0; p < panels; p++) {
    v128.store(row, f32x4.mul(v128.load(row), factor));
    v128.store(row, f32x4.mul(v128.load(row, 16), factor), 16);
    row += panel;
  }
}

/** ŷ = softmax(z). */
export function softmax(yHat: usize, yPanel: usize, z: usize, zPanel: usize, rows: i32, L: i32): void {
  const panels = panelsOf(L);
  for (let r = 0; r < rows; r++) {
    const total = exponentials(yHat, yPanel, z, zPanel, L, largest(z, zPanel, L));
    scale(yHat, yPanel, panels, 1 / total);
    z += rowBytes;
    yHat += rowBytes;
  }
}

/** dz = m ∘ (ŷ − y) and, unless it is 0, loss = m ∘ (−log ŷ_y). y, mask and loss: a number for each row. */
export function softmaxCrossEntropy(dz: usize, dzPanel: usize, loss: usize, z: usize, zPanel: usize, y: usize, mask: usize, rows: i32, L: i32): void {
  const panels = panelsOf(L);
  for (let r = 0; r < rows; r++) {
    const m = load<f32>(mask);
    const label = <i32>load<f32>(y);
    const most = largest(z, zPanel, L);
    const total = exponentials(dz, dzPanel, z, zPanel, L, most);
    const at = <usize>(label & 7) << 2;
    if (loss) {
      const own = load<f32>(z + <usize>(label >> 3) * zPanel + at);
      store<f32>(loss + (<usize>r << 2), m * (NativeMathf.log(total) + (most - own)));
    }
    scale(dz, dzPanel, panels, m / total);
    const entry = dz + <usize>(label >> 3) * dzPanel + at;
    store<f32>(entry, load<f32>(entry) - m);
    z += rowBytes;
    dz += rowBytes;
    y += 4;
    mask += 4;
  }
}
