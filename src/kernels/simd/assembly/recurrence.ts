/**
 * The sweeps. h lies in panels of R + B rows: its own, and beside its first step in the sweep's order the B
 * rows of h₀, so that h_{t-1} of all rows is h, shifted by B rows.
 */
import { activate, derivative } from './functions';
import { panelsOf, rowBytes } from './lanes';
import { packRows } from './layout';
import { packedTile, rowTile } from './products';

/** h = m ∘ f(s) of a tile's first `rows` rows. */
@inline
function finishForward(h: usize, s: usize, mask: usize, rows: i32, activation: i32): void {
  for (let i = 0; i < rows; i++) {
    const m = v128.load32_splat(mask);
    v128.store(h, f32x4.mul(m, activate(activation, v128.load(s))));
    v128.store(h, f32x4.mul(m, activate(activation, v128.load(s, 16))), 16);
    h += rowBytes;
    s += rowBytes;
    mask += 4;
  }
}

/** δ = m ∘ x ∘ f′ of a tile's first `rows` rows. */
@inline
function finishBackward(delta: usize, x: usize, h: usize, mask: usize, rows: i32, activation: i32): void {
  for (let i = 0; i < rows; i++) {
    const m = v128.load32_splat(mask);
    v128.store(delta, f32x4.mul(f32x4.mul(m, v128.load(x)), derivative(activation, v128.load(h))));
    v128.store(delta, f32x4.mul(f32x4.mul(m, v128.load(x, 16)), derivative(activation, v128.load(h, 16))), 16);
    delta += rowBytes;
    x += rowBytes;
    h += rowBytes;
    mask += 4;
  }
}

/**
 * s_t = U h_{t-1} + p_t, h_t = m_t ∘ f(s_t). h, p in panels (h without h₀'s rows, which are there already);
 * u: Uᵀ in panels, or for B = 1 in rows of 32; mask: R numbers. packed: room for h_t as tiles read it,
 * `packedStep` bytes from a row of t to the next (0: each takes the place of the last), and one more, for h₀,
 * where the sweep begins. line: room for 32 numbers, or for B = 1 for twice H, by 32.
 */
export function recur(
  h: usize, hPanel: usize, p: usize, pPanel: usize, u: usize, uPanel: usize, mask: usize, packed: usize, packedStep: usize, line: usize,
  T: i32, B: i32, H: i32, activation: i32, toRight: bool,
): void {
  const panels = panelsOf(H);
  const block = <usize>((H + 3) & ~3) << 4;
  const stepBytes = <usize>B * rowBytes;
  let before = packed + (toRight ? 0 : <usize>T * packedStep);
  if (B > 1) packRows(before, block, toRight ? h - stepBytes : h + <usize>T * stepBytes, hPanel, rowBytes, B, H);
  for (let step = 0; step < T; step++) {
    const t = toRight ? step : T - 1 - step;
    const row = <usize>t * stepBytes;
    if (B == 1) {
      recurRow(h + row, toRight ? h + row - stepBytes : h + row + stepBytes, hPanel, p + row, pPanel, u, mask + (<usize>t << 2), line, H, panels, activation);
      continue;
    }
    for (let q = 0; q < panels; q++) {
      const s = p + row + <usize>q * pPanel;
      const to = h + row + <usize>q * hPanel;
      for (let beta = 0; beta < B; beta += 4) {
        const below = <usize>beta * rowBytes;
        packedTile(before + <usize>(beta >> 2) * block, u + <usize>q * uPanel, H, line, s + below, rowBytes);
        finishForward(to + below, line, mask + (<usize>(t * B + beta) << 2), min(4, B - beta), activation);
      }
    }
    before = packed + <usize>(toRight ? t + 1 : t) * packedStep;
    packRows(before, block, h + row, hPanel, rowBytes, B, H);
  }
}

/** One step of one sentence. `line` holds h_{t-1} and then s_t, side by side. */
function recurRow(
  h: usize, before: usize, hPanel: usize, p: usize, pPanel: usize, u: usize, mask: usize, line: usize, H: i32, panels: i32, activation: i32,
): void {
  readLine(line, before, hPanel, panels);
  const s = line + (<usize>((panels + 3) & ~3) << 5);
  multiplyLine(s, line, p, pPanel, u, H, panels);
  for (let q = 0; q < panels; q++) finishForward(h + <usize>q * hPanel, s + (<usize>q << 5), mask, 1, activation);
}

/** A row of panels, side by side. */
@inline
function readLine(line: usize, row: usize, panel: usize, panels: i32): void {
  for (let q = 0; q < panels; q++) {
    v128.store(line + (<usize>q << 5), v128.load(row));
    v128.store(line + (<usize>q << 5), v128.load(row, 16), 16);
    row += panel;
  }
}

/** to = from·u + d, of one row: `to` and `from` side by side, d in panels, u in rows of 32. */
@inline
function multiplyLine(to: usize, from: usize, d: usize, dPanel: usize, u: usize, terms: i32, panels: i32): void {
  const last = panels - 1;
  for (let q = 0; q < panels; q += 4) {
    const d0 = d + <usize>q * dPanel;
    const d1 = d + <usize>min(q + 1, last) * dPanel;
    const d2 = d + <usize>min(q + 2, last) * dPanel;
    const d3 = d + <usize>min(q + 3, last) * dPanel;
    rowTile(from, u, terms, to + (<usize>q << 5), d0, d1, d2, d3);
    u += <usize>terms << 7;
  }
}

/**
 * δ_t = m_t ∘ (dh_t + Uᵀ δ_{t+1}) ∘ f′(s_t), from the sweep's last step to its first. delta, dh, h in panels;
 * u: U in panels, or for B = 1 in rows of 32; packed: room for δ_t as tiles read it; truncation: tokens of a
 * block, whose last step nothing comes back to (0: all steps are one block); the rest as for {@link recur}.
 */
export function recurBackward(
  delta: usize, deltaPanel: usize, dh: usize, dhPanel: usize, h: usize, hPanel: usize, u: usize, uPanel: usize, mask: usize, packed: usize, packedStep: usize, line: usize,
  T: i32, B: i32, H: i32, activation: i32, toRight: bool, truncation: i32,
): void {
  const panels = panelsOf(H);
  const block = <usize>((H + 3) & ~3) << 4;
  const stepBytes = <usize>B * rowBytes;
  let after: usize = 0;
  for (let step = T - 1; step >= 0; step--) {
    const t = toRight ? step : T - 1 - step;
    const row = <usize>t * stepBytes;
    const last = step == T - 1 || (truncation > 0 && (toRight ? t + 1 : t) % truncation == 0);
    if (B == 1) {
      const x = line + (<usize>((panels + 3) & ~3) << 5);
      if (last) readLine(x, dh + row, dhPanel, panels);
      else {
        readLine(line, toRight ? delta + row + stepBytes : delta + row - stepBytes, deltaPanel, panels);
        multiplyLine(x, line, dh + row, dhPanel, u, H, panels);
      }
      for (let q = 0; q < panels; q++) {
        finishBackward(delta + row + <usize>q * deltaPanel, x + (<usize>q << 5), h + row + <usize>q * hPanel, mask + (<usize>t << 2), 1, activation);
      }
      continue;
    }
    for (let q = 0; q < panels; q++) {
      const reached = dh + row + <usize>q * dhPanel;
      const to = delta + row + <usize>q * deltaPanel;
      const state = h + row + <usize>q * hPanel;
      for (let beta = 0; beta < B; beta += 4) {
        const below = <usize>beta * rowBytes;
        let x = reached + below;
        if (!last) {
          packedTile(after + <usize>(beta >> 2) * block, u + <usize>q * uPanel, H, line, x, rowBytes);
          x = line;
        }
        finishBackward(to + below, x, state + below, mask + (<usize>(t * B + beta) << 2), min(4, B - beta), activation);
      }
    }
    after = packed + <usize>t * packedStep;
    packRows(after, block, delta + row, deltaPanel, rowBytes, B, H);
  }
}
