import type { MatrixData } from '../../kernels/kernels';
import { logSum } from './transitionScores';
import type { TransitionScores } from './transitionScores';

/**
 * Probabilities in a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001), where a
 * sentence's labels y have p(y) ∝ exp(Σ_t z_t(y_t) + A(y_{t−1}, y_t)): by a forward and a backward sweep, in
 * float64 and in logarithms. z and the scores of transitions may hold −∞. One sentence at a time: the buffers are used again.
 */
export class ChainMarginals {
  /**
   * Of the sentence: T, log Z and, T×L each, z, α and β: sums over all ways up to a label, its z included,
   * and on from it.
   */
  private T = 0;
  private total = 0;
  private z = new Float64Array(0);
  private alpha = new Float64Array(0);
  private beta = new Float64Array(0);
  private readonly row: Float64Array;

  constructor(private readonly scores: TransitionScores) {
    this.row = new Float64Array(scores.L);
  }

  /**
   * Takes in a sentence of T tokens, z being T×L from `offset` on; the other methods speak of the last one
   * taken in. Returns log Z, the logarithm of the sum of exp(score) over all sequences; where it is −∞ there
   * are no probabilities.
   */
  take(z: MatrixData, offset: number, T: number): number {
    const { scores, row } = this;
    const { L, first, last } = scores;
    this.T = T;
    this.total = 0;
    if (T === 0) return 0;
    if (this.z.length < T * L)
      for (const name of ['z', 'alpha', 'beta'] as const) this[name] = new Float64Array(2 * T * L);
    const { alpha, beta } = this;
    for (let n = 0; n < T * L; n++) this.z[n] = z[offset + n];
    for (let j = 0; j < L; j++) alpha[j] = first[j] + this.z[j];
    for (let t = 1; t < T; t++) {
      for (let i = 0; i < L; i++) row[i] = alpha[(t - 1) * L + i];
      scores.sumBefore(row, alpha, t * L);
      for (let n = t * L; n < (t + 1) * L; n++) alpha[n] += this.z[n];
    }
    for (let i = 0; i < L; i++) beta[(T - 1) * L + i] = last[i];
    for (let t = T - 2; t >= 0; t--) {
      for (let j = 0; j < L; j++) row[j] = this.z[(t + 1) * L + j] + beta[(t + 1) * L + j];
      scores.sumBehind(row, beta, t * L);
    }
    for (let j = 0; j < L; j++) row[j] = alpha[(T - 1) * L + j];
    this.total = logSum(row, last, 0, 1);
    return this.total;
  }

  /** Σ_t z_t(y_t) + A(y_{t−1}, y_t) of a sequence of the sentence's labels, `labels` from `offset` on. */
  score(labels: ArrayLike<number>, offset: number): number {
    const { T, z, scores } = this;
    const { L, first, last } = scores;
    let score = 0;
    for (let t = 0; t < T; t++) {
      const label = labels[offset + t];
      score += z[t * L + label] + (t === 0 ? first[label] : scores.of(labels[offset + t - 1], label));
    }
    return T === 0 ? 0 : score + last[labels[offset + T - 1]];
  }

  /** Writes the probability of each label at each token, T×L, from `out[outOffset]` on. */
  marginals(out: MatrixData, outOffset: number): void {
    for (let n = 0; n < this.T * this.scores.L; n++)
      out[outOffset + n] = Math.exp(this.alpha[n] + this.beta[n] - this.total);
  }

  /**
   * The probability that the tokens from `start` to `end`, exclusive, carry their labels in `labels` (the
   * sentence's, from `offset` on), that the token before, if there is one, carries none of `notBefore`, and the
   * token behind none of `notBehind`.
   */
  runProbability(
    start: number,
    end: number,
    labels: Uint16Array,
    offset: number,
    notBefore: readonly number[],
    notBehind: readonly number[],
  ): number {
    const { T, row, z, scores } = this;
    const { L, first, last } = scores;
    const from = labels[offset + start];
    const to = labels[offset + end - 1];
    let score = z[start * L + from];
    for (let t = start + 1; t < end; t++)
      score += scores.of(labels[offset + t - 1], labels[offset + t]) + z[t * L + labels[offset + t]];
    if (start > 0) {
      row.set(this.alpha.subarray((start - 1) * L, start * L));
      for (const label of notBefore) row[label] = -Infinity;
      score += scores.sumBeforeLabel(row, from);
    } else score += first[from];
    if (end < T) {
      for (let j = 0; j < L; j++) row[j] = z[end * L + j] + this.beta[end * L + j];
      for (const label of notBehind) row[label] = -Infinity;
      score += scores.sumBehindLabel(row, to);
    } else score += last[to];
    return Math.exp(score - this.total);
  }
}
