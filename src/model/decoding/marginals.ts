import type { MatrixData } from '../../kernels/kernels';

/**
 * A sum of exponentials below it is taken again, relative to its own largest term: parts of it may have been
 * lost.
 */
const leastSum = 1e-250;

/**
 * Probabilities in a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001), where a
 * sentence's labels y have p(y) ∝ exp(Σ_t z_t(y_t) + A(y_{t−1}, y_t)): by a forward and a backward sweep, in
 * float64 and in logarithms. z and A may hold −∞. One sentence at a time: the buffers are used again.
 */
export class ChainMarginals {
  /** L×L: the scores of j after i, by rows and by columns. */
  private readonly rows: Scores;
  private readonly columns: Scores;
  /** L each: the scores of beginning and ending with a label. */
  private readonly first: Float64Array;
  private readonly last: Float64Array;

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
  private readonly terms: Float64Array;

  /** A: (L+2)×L scores of label j after label i; row L is the sentence's start, row L+1 its end. Copied. */
  constructor(
    private readonly L: number,
    A: MatrixData,
  ) {
    this.rows = relativeToLargest(Float64Array.from(A.subarray(0, L * L)), L);
    this.columns = relativeToLargest(
      Float64Array.from({ length: L * L }, (_, n) => A[(n % L) * L + Math.floor(n / L)]),
      L,
    );
    this.first = Float64Array.from(A.subarray(L * L, (L + 1) * L));
    this.last = Float64Array.from(A.subarray((L + 1) * L, (L + 2) * L));
    this.row = new Float64Array(L);
    this.terms = new Float64Array(L);
  }

  /**
   * Takes in a sentence of T tokens, z being T×L from `offset` on; the other methods speak of the last one
   * taken in. Returns log Z, the logarithm of the sum of exp(score) over all sequences; where it is −∞ there
   * are no probabilities.
   */
  take(z: MatrixData, offset: number, T: number): number {
    const { L, first, last, row } = this;
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
      this.sweep(this.columns, alpha, t * L);
      for (let n = t * L; n < (t + 1) * L; n++) alpha[n] += this.z[n];
    }
    for (let i = 0; i < L; i++) beta[(T - 1) * L + i] = last[i];
    for (let t = T - 2; t >= 0; t--) {
      for (let j = 0; j < L; j++) row[j] = this.z[(t + 1) * L + j] + beta[(t + 1) * L + j];
      this.sweep(this.rows, beta, t * L);
    }
    for (let j = 0; j < L; j++) row[j] = alpha[(T - 1) * L + j];
    this.total = logSum(row, last, 0);
    return this.total;
  }

  /** Σ_t z_t(y_t) + A(y_{t−1}, y_t) of a sequence of the sentence's labels, `labels` from `offset` on. */
  score(labels: ArrayLike<number>, offset: number): number {
    const { T, L, z, rows, first, last } = this;
    let score = 0;
    for (let t = 0; t < T; t++) {
      const label = labels[offset + t];
      score += z[t * L + label] + (t === 0 ? first[label] : rows.values[labels[offset + t - 1] * L + label]);
    }
    return T === 0 ? 0 : score + last[labels[offset + T - 1]];
  }

  /** Writes the probability of each label at each token, T×L, from `out[outOffset]` on. */
  marginals(out: MatrixData, outOffset: number): void {
    for (let n = 0; n < this.T * this.L; n++)
      out[outOffset + n] = Math.exp(this.alpha[n] + this.beta[n] - this.total);
  }

  /**
   * The probability that the tokens from `start` to `end`, exclusive, carry their labels in `labels` (the
   * sentence's, from
   * `offset` on), that the token before, if there is one, carries none that is marked in `notBefore`, and the
   * token behind none that is marked in `notBehind` (L each, 1 for those that are marked).
   */
  runProbability(
    start: number,
    end: number,
    labels: Uint16Array,
    offset: number,
    notBefore: Uint8Array,
    notBehind: Uint8Array,
  ): number {
    const { L, T, row, z } = this;
    const from = labels[offset + start];
    const to = labels[offset + end - 1];
    let score = z[start * L + from];
    for (let t = start + 1; t < end; t++)
      score +=
        this.rows.values[labels[offset + t - 1] * L + labels[offset + t]] + z[t * L + labels[offset + t]];
    for (let i = 0; i < L && start > 0; i++)
      row[i] = notBefore[i] ? -Infinity : this.alpha[(start - 1) * L + i];
    score += start > 0 ? logSum(row, this.columns.values, from * L) : this.first[from];
    for (let j = 0; j < L && end < T; j++)
      row[j] = notBehind[j] ? -Infinity : z[end * L + j] + this.beta[end * L + j];
    score += end < T ? logSum(row, this.rows.values, to * L) : this.last[to];
    return Math.exp(score - this.total);
  }

  /**
   * Writes log Σ_i exp(row_i + scores_ji) for each j from `to[offset]` on: as a product of the exponentials,
   * each relative to the largest of its kind, where that loses nothing.
   */
  private sweep({ values, exponentials, largest }: Scores, to: Float64Array, offset: number): void {
    const { L, row, terms } = this;
    let most = row[0];
    for (let i = 1; i < L; i++) most = Math.max(most, row[i]);
    for (let i = 0; i < L; i++) terms[i] = Math.exp(row[i] - most);
    for (let j = 0; j < L; j++) {
      let sum = 0;
      for (let i = 0; i < L; i++) sum += terms[i] * exponentials[j * L + i];
      to[offset + j] = sum > leastSum ? most + largest[j] + Math.log(sum) : logSum(row, values, j * L);
    }
  }
}

/** L×L scores, their exponentials relative to the largest of each row, and these largest. */
interface Scores {
  readonly values: Float64Array;
  readonly exponentials: Float64Array;
  readonly largest: Float64Array;
}

function relativeToLargest(values: Float64Array, L: number): Scores {
  const largest = Float64Array.from({ length: L }, (_, j) =>
    values.subarray(j * L, (j + 1) * L).reduce((a, b) => Math.max(a, b), -Infinity),
  );
  const exponentials = values.map((value, n) =>
    value === -Infinity ? 0 : Math.exp(value - largest[Math.floor(n / L)]),
  );
  return { values, exponentials, largest };
}

/** log Σ_i exp(row_i + scores_{offset+i}). */
function logSum(row: Float64Array, scores: Float64Array, offset: number): number {
  let most = -Infinity;
  for (let i = 0; i < row.length; i++) most = Math.max(most, row[i] + scores[offset + i]);
  if (most === -Infinity) return most;
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += Math.exp(row[i] + scores[offset + i] - most);
  return most + Math.log(sum);
}
