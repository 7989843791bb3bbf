/**
 * What the conditional random field works on (see `crf.ts`), and where it lies. A thread works on one at a
 * time.
 */
import { panelsOf, rowBytes } from './lanes';

/** Terms of s below float32's least number are less than 1e-7 of it from here on. */
export const least: f32 = 1e-30;

export let T: i32 = 0;
export let B: i32 = 0;
export let L: i32 = 0;
export let panels: i32 = 0;
export let z: usize = 0;
export let zPanel: usize = 0;
export let y: usize = 0;
export let mask: usize = 0;
export let A: usize = 0;
export let aPanel: usize = 0;
/** μ, and at the end ∂E/∂z. Like q, β, v and w: R×L in panels of `rowPanel` bytes. */
export let mu: usize = 0;
export let rowPanel: usize = 0;
export let q: usize = 0;
export let beta: usize = 0;
export let v: usize = 0;
/**
 * s of the transitions from a row's previous token to it; in the forward sweep, μ_{t-1} / s takes its place.
 */
export let w: usize = 0;
/**
 * E, its transpose, and what is added to ∂E/∂A beside sums of products: L+2 rows of L, in panels of
 * `labelPanel` bytes.
 */
export let E: usize = 0;
export let transposedE: usize = 0;
export let rest: usize = 0;
export let labelPanel: usize = 0;
/** a_i; a row to work on. Side by side. */
export let a: usize = 0;
export let line: usize = 0;
export let packed: usize = 0;
export let block: usize = 0;
export let tile: usize = 0;
export let loss: usize = 0;

/** An entry of a row of panels. */
@inline
export function entry(row: usize, panel: usize, column: i32): usize {
  return row + <usize>(column >> 3) * panel + (<usize>(column & 7) << 2);
}

/** to = x + y, rows of panels. */
@inline
export function addRows(to: usize, toPanel: usize, x: usize, xPanel: usize, y: usize, yPanel: usize): void {
  for (let p = 0; p < panels; p++) {
    v128.store(to, f32x4.add(v128.load(x), v128.load(y)));
    v128.store(to, f32x4.add(v128.load(x, 16), v128.load(y, 16)), 16);
    to += toPanel;
    x += xPanel;
    y += yPanel;
  }
}

@inline
export function clear(row: usize): void {
  for (let p = 0; p < panels; p++) {
    v128.store(row, f32x4.splat(0));
    v128.store(row, f32x4.splat(0), 16);
    row += rowPanel;
  }
}

/** The label of row r. */
@inline
export function labelOf(r: i32): i32 {
  return <i32>load<f32>(y + (<usize>r << 2));
}

/** Whether row r is a token: not padding. */
@inline
export function isToken(r: i32): bool {
  return load<f32>(mask + (<usize>r << 2)) != 0;
}

/** Whether row r, a token, is its sentence's last. */
@inline
export function isLast(r: i32): bool {
  return r + B >= T * B || !isToken(r + B);
}

/** Where everything lies, for T steps of B sentences and L labels; the operands are those of `crf`. */
export function place(
  dz: usize, losses: usize, zAt: usize, zPanelBytes: usize, labels: usize, maskAt: usize, scores: usize, scoresPanel: usize, workspace: usize,
  steps: i32, sentences: i32, columns: i32,
): void {
  T = steps;
  B = sentences;
  L = columns;
  panels = panelsOf(L);
  mu = dz;
  loss = losses;
  z = zAt;
  zPanel = zPanelBytes;
  y = labels;
  mask = maskAt;
  A = scores;
  aPanel = scoresPanel;
  rowPanel = <usize>((T * B + 3) & ~3) * rowBytes;
  labelPanel = <usize>((L + 5) & ~3) * rowBytes;
  block = <usize>((L + 3) & ~3) << 4;
  const likeZ = <usize>panels * rowPanel;
  const likeA = <usize>panels * labelPanel;
  q = workspace;
  beta = q + likeZ;
  v = beta + likeZ;
  w = v + likeZ;
  E = w + likeZ;
  transposedE = E + likeA;
  rest = transposedE + likeA;
  a = rest + likeA;
  line = a + <usize>panels * rowBytes;
  tile = line + <usize>panels * rowBytes;
  packed = tile + 4 * rowBytes;
}
