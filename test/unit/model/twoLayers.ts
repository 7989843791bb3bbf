/**
 * The network of two layers and both directions with its gradients, written out with plain loops for one
 * sentence: forward each s_t, h_t, z_t and ŷ_t, back each δ_t. Nothing of the project takes part, so that it
 * can judge it.
 */
export type Rows = number[][];

/**
 * U1, W1, b1 of the first layer and U2, W2, b2 of the second; R and L: from left to right, and from right to
 * left.
 */
export interface Weights {
  readonly U1R: Rows;
  readonly U1L: Rows;
  readonly W1R: Rows;
  readonly W1L: Rows;
  readonly b1R: number[];
  readonly b1L: number[];
  readonly U2R: Rows;
  readonly U2L: Rows;
  /** W2RL: to the second layer, left to right, from the first, right to left. */
  readonly W2RR: Rows;
  readonly W2RL: Rows;
  readonly W2LR: Rows;
  readonly W2LL: Rows;
  readonly b2R: number[];
  readonly b2L: number[];
  readonly VR: Rows;
  readonly VL: Rows;
  readonly c: number[];
}

/** M x. */
function times(M: Rows, x: number[]): number[] {
  return M.map((row) => row.reduce((sum, value, j) => sum + value * x[j], 0));
}

/** Mᵀ x. */
function timesTransposed(M: Rows, x: number[]): number[] {
  return M[0].map((_, j) => M.reduce((sum, row, i) => sum + row[j] * x[i], 0));
}

function plus(...vectors: number[][]): number[] {
  return vectors[0].map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0));
}

/** Σ_t a_t ⊗ b_t. */
function outer(a: Rows, b: Rows): Rows {
  return a[0].map((_, i) => b[0].map((_, j) => a.reduce((sum, a_t, t) => sum + a_t[i] * b[t][j], 0)));
}

function sumOf(rows: Rows): number[] {
  return plus(...rows);
}

/** h_t = tanh(U h_{t−1} + p_t), in an order of tokens. */
function sweep(U: Rows, p: Rows, order: number[]): Rows {
  const h: Rows = [];
  let last = U.map(() => 0);
  for (const t of order) h[t] = last = plus(times(U, last), p[t]).map(Math.tanh);
  return h;
}

/** δ_t = (g_t + Uᵀ δ_{t+1}) ∘ (1 − h_t²), in the order opposite to the sweep's. */
function sweepBack(U: Rows, g: Rows, h: Rows, order: number[]): Rows {
  const delta: Rows = [];
  let next = U.map(() => 0);
  for (const t of [...order].reverse())
    delta[t] = next = plus(g[t], timesTransposed(U, next)).map((value, i) => value * (1 - h[t][i] ** 2));
  return delta;
}

/** h_{t−1} in an order of tokens, 0 before its first. */
function before(h: Rows, order: number[]): Rows {
  const previous: Rows = [];
  order.forEach((t, n) => (previous[t] = n === 0 ? h[0].map(() => 0) : h[order[n - 1]]));
  return previous;
}

/** ŷ_t and E of inputs x_t with labels y_t, the gradient of E by every weight, and by each x_t. */
export function twoLayers(
  w: Weights,
  x: Rows,
  y: number[],
): { yHat: Rows; E: number; gradients: Weights; dx: Rows } {
  const toRight = x.map((_, t) => t);
  const toLeft = [...toRight].reverse();
  const h1R = sweep(
    w.U1R,
    x.map((x_t) => plus(times(w.W1R, x_t), w.b1R)),
    toRight,
  );
  const h1L = sweep(
    w.U1L,
    x.map((x_t) => plus(times(w.W1L, x_t), w.b1L)),
    toLeft,
  );
  const h2R = sweep(
    w.U2R,
    x.map((_, t) => plus(times(w.W2RR, h1R[t]), times(w.W2RL, h1L[t]), w.b2R)),
    toRight,
  );
  const h2L = sweep(
    w.U2L,
    x.map((_, t) => plus(times(w.W2LR, h1R[t]), times(w.W2LL, h1L[t]), w.b2L)),
    toLeft,
  );
  const yHat = x.map((_, t) => {
    const e = plus(times(w.VR, h2R[t]), times(w.VL, h2L[t]), w.c).map(Math.exp);
    return e.map((value) => value / e.reduce((sum, other) => sum + other, 0));
  });
  const E = yHat.reduce((sum, yHat_t, t) => sum - Math.log(yHat_t[y[t]]), 0);

  const dz = yHat.map((yHat_t, t) => yHat_t.map((value, l) => value - (l === y[t] ? 1 : 0)));
  const d2R = sweepBack(
    w.U2R,
    dz.map((dz_t) => timesTransposed(w.VR, dz_t)),
    h2R,
    toRight,
  );
  const d2L = sweepBack(
    w.U2L,
    dz.map((dz_t) => timesTransposed(w.VL, dz_t)),
    h2L,
    toLeft,
  );
  const d1R = sweepBack(
    w.U1R,
    x.map((_, t) => plus(timesTransposed(w.W2RR, d2R[t]), timesTransposed(w.W2LR, d2L[t]))),
    h1R,
    toRight,
  );
  const d1L = sweepBack(
    w.U1L,
    x.map((_, t) => plus(timesTransposed(w.W2RL, d2R[t]), timesTransposed(w.W2LL, d2L[t]))),
    h1L,
    toLeft,
  );
  const gradients = {
    U1R: outer(d1R, before(h1R, toRight)),
    U1L: outer(d1L, before(h1L, toLeft)),
    W1R: outer(d1R, x),
    W1L: outer(d1L, x),
    b1R: sumOf(d1R),
    b1L: sumOf(d1L),
    U2R: outer(d2R, before(h2R, toRight)),
    U2L: outer(d2L, before(h2L, toLeft)),
    W2RR: outer(d2R, h1R),
    W2RL: outer(d2R, h1L),
    W2LR: outer(d2L, h1R),
    W2LL: outer(d2L, h1L),
    b2R: sumOf(d2R),
    b2L: sumOf(d2L),
    VR: outer(dz, h2R),
    VL: outer(dz, h2L),
    c: sumOf(dz),
  };
  return {
    yHat,
    E,
    gradients,
    dx: x.map((_, t) => plus(timesTransposed(w.W1R, d1R[t]), timesTransposed(w.W1L, d1L[t]))),
  };
}
