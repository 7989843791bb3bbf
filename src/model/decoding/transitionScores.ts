/** The scores of one label after another in a chain, and sums over them, in float64 and in logarithms. */
import type { MatrixData } from '../../kernels/kernels';
import type { Neighbours, Transitions } from './transitions';

export interface TransitionScores {
  readonly L: number;
  /** L each: the scores of beginning and ending with a label. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** The score of label j after label i. */
  of(i: number, j: number): number;
  /** Writes log Σ_i exp(row_i + the score of j after i) for each label j, `to[offset]` on. */
  sumBefore(row: Float64Array, to: Float64Array, offset: number): void;
  /** Writes log Σ_j exp(row_j + the score of j after i) for each label i, `to[offset]` on. */
  sumBehind(row: Float64Array, to: Float64Array, offset: number): void;
  /** {@link sumBefore} of one label. */
  sumBeforeLabel(row: Float64Array, j: number): number;
  /** {@link sumBehind} of one label. */
  sumBehindLabel(row: Float64Array, i: number): number;
}

/**
 * A sum of exponentials below it is taken again, relative to its own largest term: parts of it may have been
 * lost.
 */
const leastSum = 1e-250;

/** Learned scores, one for each pair of labels: L×L numbers, and as many steps to each sum. May hold −∞. */
export class MatrixScores implements TransitionScores {
  readonly first: Float64Array;
  readonly last: Float64Array;
  private readonly values: Float64Array;
  private readonly rows: Exponentials;
  private readonly columns: Exponentials;
  private readonly terms: Float64Array;

  /** A: (L+2)×L scores of label j after label i; row L is the sentence's start, row L+1 its end. Copied. */
  constructor(
    readonly L: number,
    A: MatrixData,
  ) {
    this.values = Float64Array.from(A.subarray(0, L * L));
    this.first = Float64Array.from(A.subarray(L * L, (L + 1) * L));
    this.last = Float64Array.from(A.subarray((L + 1) * L, (L + 2) * L));
    this.rows = exponentialsOf(this.values, L, L, 1);
    this.columns = exponentialsOf(this.values, L, 1, L);
    this.terms = new Float64Array(L);
  }

  of(i: number, j: number): number {
    return this.values[i * this.L + j];
  }

  sumBefore(row: Float64Array, to: Float64Array, offset: number): void {
    this.sum(this.columns, row, to, offset, 1, this.L);
  }

  sumBehind(row: Float64Array, to: Float64Array, offset: number): void {
    this.sum(this.rows, row, to, offset, this.L, 1);
  }

  sumBeforeLabel(row: Float64Array, j: number): number {
    return logSum(row, this.values, j, this.L);
  }

  sumBehindLabel(row: Float64Array, i: number): number {
    return logSum(row, this.values, i * this.L, 1);
  }

  /**
   * A product of the exponentials, each relative to the largest of its kind, where that loses nothing. The
   * scores of label j begin at j·`begin`, `step` apart.
   */
  private sum(
    { exponentials, largest }: Exponentials,
    row: Float64Array,
    to: Float64Array,
    offset: number,
    begin: number,
    step: number,
  ): void {
    const { L, terms, values } = this;
    let most = row[0];
    for (let i = 1; i < L; i++) most = Math.max(most, row[i]);
    for (let i = 0; i < L; i++) terms[i] = Math.exp(row[i] - most);
    for (let j = 0; j < L; j++) {
      let sum = 0;
      for (let i = 0; i < L; i++) sum += terms[i] * exponentials[j * L + i];
      to[offset + j] =
        sum > leastSum ? most + largest[j] + Math.log(sum) : logSum(row, values, j * begin, step);
    }
  }
}

/** L×L exponentials of scores, relative to the largest of each row or column, and these largest. */
interface Exponentials {
  readonly exponentials: Float64Array;
  readonly largest: Float64Array;
}

function exponentialsOf(values: Float64Array, L: number, begin: number, step: number): Exponentials {
  const exponentials = new Float64Array(L * L);
  const largest = new Float64Array(L).fill(-Infinity);
  for (let j = 0; j < L; j++) {
    for (let i = 0; i < L; i++) largest[j] = Math.max(largest[j], values[j * begin + i * step]);
    for (let i = 0; i < L; i++) {
      const value = values[j * begin + i * step];
      exponentials[j * L + i] = value === -Infinity ? 0 : Math.exp(value - largest[j]);
    }
  }
  return { exponentials, largest };
}

/** Scores of 0 where one label may follow another, and −∞ where not: about L numbers, and L steps to a token. */
export class RuleScores implements TransitionScores {
  readonly L: number;
  readonly first: Float64Array;
  readonly last: Float64Array;
  private readonly sums: Float64Array;

  constructor(private readonly transitions: Transitions) {
    const score = (mark: number): number => (mark === 0 ? -Infinity : 0);
    this.L = transitions.L;
    this.first = Float64Array.from(transitions.begins, score);
    this.last = Float64Array.from(transitions.ends, score);
    this.sums = new Float64Array(Math.max(transitions.before.sets.length, transitions.behind.sets.length));
  }

  of(i: number, j: number): number {
    return this.transitions.mayFollow(i, j) ? 0 : -Infinity;
  }

  sumBefore(row: Float64Array, to: Float64Array, offset: number): void {
    this.sum(this.transitions.before, row, to, offset);
  }

  sumBehind(row: Float64Array, to: Float64Array, offset: number): void {
    this.sum(this.transitions.behind, row, to, offset);
  }

  sumBeforeLabel(row: Float64Array, j: number): number {
    return sumOfSet(this.transitions.before, row, j);
  }

  sumBehindLabel(row: Float64Array, i: number): number {
    return sumOfSet(this.transitions.behind, row, i);
  }

  private sum(
    { setOf, sets, common }: Neighbours,
    row: Float64Array,
    to: Float64Array,
    offset: number,
  ): void {
    const { L, sums } = this;
    const ofCommon = common.map((labels) => logSumOf(row, labels));
    sets.forEach((set, number) => {
      sums[number] = logOfBoth(ofCommon[set.common], logSumOf(row, set.own));
    });
    for (let label = 0; label < L; label++) to[offset + label] = sums[setOf[label]];
  }
}

function sumOfSet({ setOf, sets, common }: Neighbours, row: Float64Array, label: number): number {
  const set = sets[setOf[label]];
  return logOfBoth(logSumOf(row, common[set.common]), logSumOf(row, set.own));
}

/** log Σ_i exp(row_i + scores), these from `offset` on, `step` apart. */
export function logSum(row: Float64Array, scores: Float64Array, offset: number, step: number): number {
  let most = -Infinity;
  for (let i = 0; i < row.length; i++) most = Math.max(most, row[i] + scores[offset + i * step]);
  if (most === -Infinity) return most;
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += Math.exp(row[i] + scores[offset + i * step] - most);
  return most + Math.log(sum);
}

/** log Σ exp(row_i) over some labels. */
function logSumOf(row: Float64Array, labels: Uint16Array): number {
  let most = -Infinity;
  for (const i of labels) most = Math.max(most, row[i]);
  if (most === -Infinity) return most;
  let sum = 0;
  for (const i of labels) sum += Math.exp(row[i] - most);
  return most + Math.log(sum);
}

/** log (exp a + exp b). */
function logOfBoth(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
}
