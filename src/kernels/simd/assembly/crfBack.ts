/** The conditional random field's sweep from the last tokens to the first: q, v, s and β (see `crf.ts`). */
import { A, a, addRows, aPanel, B, beta, block, clear, E, entry, isLast, isToken, L, labelPanel, least, line, packed, panels, q, rest, rowPanel, tile, transposedE, v, w, z, zPanel } from './crfLattice';
import { exp, log } from './functions';
import { rowBytes } from './lanes';
import { packRows, transpose } from './layout';
import { packedTile } from './products';
import { exponentials, largest } from './softmax';

/** E, its transpose and a. */
export function prepare(): void {
  memory.fill(a, 0, <usize>panels * rowBytes);
  memory.fill(rest, 0, <usize>panels * labelPanel);
  for (let i = 0; i < L; i++) {
    const below = <usize>i * rowBytes;
    const most = largest(A + below, aPanel, L);
    store<f32>(a + (<usize>i << 2), most);
    exponentials(E + below, labelPanel, A + below, aPanel, L, most);
  }
  transpose(transposedE, labelPanel, E, labelPanel, rowBytes, L, L);
  // Beyond the last column s is no sum of anything, but shall not look too small either.
  for (let i = L; i < panels << 3; i++) for (let j = 0; j < L; j++) store<f32>(entry(transposedE + <usize>j * rowBytes, labelPanel, i), 1);
}

/** q and v of step t. */
export function score(t: i32): void {
  for (let r = t * B; r < (t + 1) * B; r++) {
    const below = <usize>r * rowBytes;
    if (!isToken(r)) {
      clear(v + below);
      continue;
    }
    if (isLast(r)) addRows(q + below, rowPanel, z + below, zPanel, A + <usize>(L + 1) * rowBytes, aPanel);
    else addRows(q + below, rowPanel, z + below, zPanel, beta + below, rowPanel);
    let at = q + below;
    let to = v + below;
    const most = f32x4.splat(largest(at, rowPanel, L));
    for (let p = 0; p < panels; p++) {
      const left = f32x4.sub(v128.load(at), most);
      const right = f32x4.sub(v128.load(at, 16), most);
      v128.store(at, left);
      v128.store(at, right, 16);
      v128.store(to, exp(left));
      v128.store(to, exp(right), 16);
      at += rowPanel;
      to += rowPanel;
    }
  }
}

/** s of step t, and β of the step before it. */
export function lookBack(t: i32): void {
  const step = <usize>(t * B) * rowBytes;
  packRows(packed, block, v + step, rowPanel, rowBytes, B, L);
  for (let p = 0; p < panels; p++) {
    const across = step + <usize>p * rowPanel;
    const most = a + (<usize>p << 5);
    for (let first = 0; first < B; first += 4) {
      packedTile(packed + <usize>(first >> 2) * block, transposedE + <usize>p * labelPanel, L, tile, 0, 0);
      let from = tile;
      for (let b = first; b < min(first + 4, B); b++) {
        const to = across + <usize>b * rowBytes;
        const before = to - <usize>B * rowBytes;
        const left = v128.load(from);
        const right = v128.load(from, 16);
        v128.store(w + to, left);
        v128.store(w + to, right, 16);
        v128.store(beta + before, f32x4.add(v128.load(most), log(left)));
        v128.store(beta + before, f32x4.add(v128.load(most, 16), log(right)), 16);
        from += rowBytes;
      }
    }
  }
  for (let r = t * B; r < (t + 1) * B; r++) if (isToken(r)) mendBack(r);
}

/** β of the token before row r, where s is too small. */
function mendBack(r: i32): void {
  const below = <usize>r * rowBytes;
  const before = below - <usize>B * rowBytes;
  for (let p = 0; p < panels; p++) {
    const sums = w + below + <usize>p * rowPanel;
    const small = v128.or(f32x4.lt(v128.load(sums), f32x4.splat(least)), f32x4.lt(v128.load(sums, 16), f32x4.splat(least)));
    if (!v128.any_true(small)) continue;
    for (let i = p << 3; i < min((p + 1) << 3, L); i++) {
      if (!(load<f32>(entry(w + below, rowPanel, i)) < least)) continue;
      addRows(line, rowBytes, A + <usize>i * rowBytes, aPanel, q + below, rowPanel);
      const most = largest(line, rowBytes, L);
      const total = exponentials(line, rowBytes, line, rowBytes, L, most);
      store<f32>(entry(beta + before, rowPanel, i), most + NativeMathf.log(total));
    }
  }
}
