/**
 * The linear-chain conditional random field. Given z, a sentence's labels are a Markov chain, and it is
 * worked out as one:
 *
 *     β_t(i) = A[L+1][i] at a sentence's last token, else log Σ_j exp(A[i][j] + q_{t+1}(j))
 *     q_t(j) = z_t(j) + β_t(j) − the largest of these
 *     P_t(i → j) = exp(A[i][j] + q_t(j) − β_{t-1}(i))          μ_t(j) = Σ_i μ_{t-1}(i) P_t(i → j)
 *
 * μ_t(j) = p(y_t = j | z), and −log P_t is the loss: no sum of it cancels in float32. With a_i the largest
 * A[i][j], E = exp(A[i][j] − a_i) once for all, v_t = exp q_t and s = E v_t, β is a_i + log s_i and P is
 * E[i][j] v_t(j) / s_i: sums of products. Where s_i is so small that its terms may have been lost (scores far
 * apart), the exponentials are summed.
 */
import { begin, lookAhead } from './crfAhead';
import { lookBack, prepare, score } from './crfBack';
import { addRows, B, E, entry, isLast, isToken, L, labelOf, labelPanel, mu, panels, place, rest, rowPanel, T, v, w } from './crfLattice';
import { rowBytes } from './lanes';
import { outerSum } from './products';

/** Takes the given labels off μ, and their transitions off what is expected. */
function subtractGiven(): void {
  for (let r = 0; r < T * B; r++) {
    if (!isToken(r)) continue;
    const own = labelOf(r);
    const row = mu + <usize>r * rowBytes;
    const given = entry(row, rowPanel, own);
    store<f32>(given, load<f32>(given) - 1);
    const start = rest + <usize>L * rowBytes;
    const end = start + rowBytes;
    if (isLast(r)) addRows(end, labelPanel, end, labelPanel, row, rowPanel);
    if (r < B) addRows(start, labelPanel, start, labelPanel, row, rowPanel);
    else {
      const pair = entry(rest + <usize>labelOf(r - B) * rowBytes, labelPanel, own);
      store<f32>(pair, load<f32>(pair) - 1);
    }
  }
}

/** dA = E ∘ Σ_r w_r ⊗ v_r + the rest. */
function transitions(dA: usize): void {
  outerSum(dA, labelPanel, w, rowPanel, v, rowPanel, (L + 3) >> 2, panels, T * B);
  for (let p = 0; p < panels; p++) {
    let to = dA + <usize>p * labelPanel;
    let factors = E + <usize>p * labelPanel;
    let more = rest + <usize>p * labelPanel;
    for (let i = 0; i < L + 2; i++) {
      for (let half: usize = 0; half < 32; half += 16) {
        const expected = i < L ? f32x4.mul(v128.load(factors + half), v128.load(to + half)) : f32x4.splat(0);
        v128.store(to + half, f32x4.add(expected, v128.load(more + half)));
      }
      to += rowBytes;
      factors += rowBytes;
      more += rowBytes;
    }
  }
}

/**
 * ∂E/∂z, ∂E/∂A and the loss. dz in panels of R rows and dA in panels of L + 2, both with room for whole fours
 * of rows; z, A in panels; y, mask, loss: a number for each row; workspace: room as `../crf.ts` works it out.
 */
export function crf(
  dz: usize, dA: usize, loss: usize, z: usize, zPanel: usize, y: usize, mask: usize, A: usize, aPanel: usize, workspace: usize, T: i32, B: i32, L: i32,
): void {
  place(dz, loss, z, zPanel, y, mask, A, aPanel, workspace, T, B, L);
  prepare();
  for (let t = T - 1; t >= 0; t--) {
    score(t);
    if (t > 0) lookBack(t);
  }
  begin();
  for (let t = 1; t < T; t++) lookAhead(t);
  subtractGiven();
  transitions(dA);
}
