/** The conditional random field's sweep from the first tokens to the last: μ and the loss (see `crf.ts`). */
import { A, addRows, aPanel, B, beta, block, clear, E, entry, isToken, L, labelOf, labelPanel, least, loss, mu, packed, panels, q, rest, rowPanel, tile, v, w } from './crfLattice';
import { exp } from './functions';
import { rowBytes } from './lanes';
import { packRows } from './layout';
import { packedTile } from './products';
import { exponentials, largest, scale } from './softmax';

/** μ and loss of the first step. */
export function begin(): void {
  for (let r = 0; r < B; r++) {
    const row = mu + <usize>r * rowBytes;
    clear(w + <usize>r * rowBytes);
    store<f32>(loss + (<usize>r << 2), 0);
    if (!isToken(r)) {
      clear(row);
      continue;
    }
    addRows(row, rowPanel, A + <usize>L * rowBytes, aPanel, q + <usize>r * rowBytes, rowPanel);
    const own = load<f32>(entry(row, rowPanel, labelOf(r)));
    const most = largest(row, rowPanel, L);
    const total = exponentials(row, rowPanel, row, rowPanel, L, most);
    scale(row, rowPanel, panels, 1 / total);
    store<f32>(loss + (<usize>r << 2), NativeMathf.log(total) + (most - own));
  }
}

/** μ and loss of step t. */
export function lookAhead(t: i32): void {
  const stepBytes = <usize>B * rowBytes;
  const step = <usize>t * stepBytes;
  for (let r = t * B; r < (t + 1) * B; r++) {
    let at = <usize>r * rowBytes;
    if (!isToken(r)) {
      clear(w + at);
      continue;
    }
    for (let p = 0; p < panels; p++) {
      for (let half: usize = 0; half < 32; half += 16) {
        const s = v128.load(w + at + half);
        const share = f32x4.div(v128.load(mu + at - stepBytes + half), s);
        v128.store(w + at + half, v128.andnot(share, f32x4.lt(s, f32x4.splat(least))));
      }
      at += rowPanel;
    }
  }
  packRows(packed, block, w + step, rowPanel, rowBytes, B, L);
  for (let p = 0; p < panels; p++) {
    const across = step + <usize>p * rowPanel;
    for (let first = 0; first < B; first += 4) {
      packedTile(packed + <usize>(first >> 2) * block, E + <usize>p * labelPanel, L, tile, 0, 0);
      let from = tile;
      for (let b = first; b < min(first + 4, B); b++) {
        const to = across + <usize>b * rowBytes;
        v128.store(mu + to, f32x4.mul(v128.load(v + to), v128.load(from)));
        v128.store(mu + to, f32x4.mul(v128.load(v + to, 16), v128.load(from, 16)), 16);
        from += rowBytes;
      }
    }
  }
  for (let r = t * B; r < (t + 1) * B; r++) {
    store<f32>(loss + (<usize>r << 2), 0);
    if (!isToken(r)) continue;
    mendAhead(r);
    const own = labelOf(r);
    const before = labelOf(r - B);
    const row = <usize>r * rowBytes;
    const given = load<f32>(entry(A + <usize>before * rowBytes, aPanel, own)) + load<f32>(entry(q + row, rowPanel, own));
    // Where a label is all but sure, the two are rounded to either side of each other.
    store<f32>(loss + (<usize>r << 2), max<f32>(0, load<f32>(entry(beta + row - stepBytes, rowPanel, before)) - given));
  }
}

/** What reaches row r from labels of the token before it whose s is too small: their shares in w are 0. */
function mendAhead(r: i32): void {
  const below = <usize>r * rowBytes;
  const before = below - <usize>B * rowBytes;
  const none = f32x4.splat(0);
  for (let p = 0; p < panels; p++) {
    const across = <usize>p * rowPanel;
    const left = v128.and(f32x4.eq(v128.load(w + below + across), none), f32x4.gt(v128.load(mu + before + across), none));
    const right = v128.and(f32x4.eq(v128.load(w + below + across, 16), none), f32x4.gt(v128.load(mu + before + across, 16), none));
    if (!v128.any_true(v128.or(left, right))) continue;
    for (let i = p << 3; i < min((p + 1) << 3, L); i++) {
      const share = load<f32>(entry(mu + before, rowPanel, i));
      if (load<f32>(entry(w + below, rowPanel, i)) == 0 && share > 0) follow(below, i, share, load<f32>(entry(beta + before, rowPanel, i)));
    }
  }
}

/** Adds μ_{t-1}(i) P_t(i → j), for all j, to μ_t(j) and to the expected transitions. */
function follow(below: usize, i: i32, share: f32, ends: f32): void {
  let scores = A + <usize>i * rowBytes;
  let next = q + below;
  let to = mu + below;
  let pairs = rest + <usize>i * rowBytes;
  for (let p = 0; p < panels; p++) {
    for (let half: usize = 0; half < 32; half += 16) {
      const chance = exp(f32x4.sub(f32x4.add(v128.load(scores + half), v128.load(next + half)), f32x4.splat(ends)));
      const x = f32x4.mul(f32x4.splat(share), chance);
      v128.store(to + half, f32x4.add(v128.load(to + half), x));
      v128.store(pairs + half, f32x4.add(v128.load(pairs + half), x));
    }
    scores += aPanel;
    next += rowPanel;
    to += rowPanel;
    pairs += labelPanel;
  }
}
