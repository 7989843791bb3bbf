import type { LabelScheme } from '../../corpus/corpus';
import type { MatrixData } from '../../kernels/kernels';
import { largest } from './largest';
import { logProbability } from './logProbability';
import { isAllowed, transitionsOf } from './transitions';
import type { Transitions } from './transitions';

/**
 * Stands for scores below it, −∞ and NaN included, so that a path that must take one can be told from no
 * path.
 */
const leastScore = -1e9;

/**
 * The best labels of a sentence: those with the largest sum of scores among the sequences that the labels'
 * scheme allows (Viterbi 1967). Where no sequence of the sentence's length is allowed, which takes a label
 * set without O, each token gets its best label. One sentence at a time: the buffers are used again.
 */
export class Decoder {
  private readonly L: number;
  private readonly transitions: Transitions;
  /** L×L, the transition scores by columns: of j after i at j·L + i. Absent where there are none. */
  private readonly columns?: Float64Array;
  /** L each: the scores of beginning and ending with a label. */
  private readonly first: Float64Array;
  private readonly last: Float64Array;

  /** Score of the best path that ends in each label, at this token and at the one before. */
  private best: Float64Array;
  private bestBefore: Float64Array;
  /** For each set of predecessors, the one with the best path; −1 where there is none. */
  private readonly bestOfSet: Int32Array;
  /** T×L: the label before on that path. */
  private back = new Uint16Array(0);
  private logs = new Float64Array(0);

  /** A: (L+2)×L scores of label j after label i; row L is the sentence's start, row L+1 its end. Copied. */
  constructor(labels: readonly string[], scheme: LabelScheme, A?: MatrixData) {
    const L = labels.length;
    this.L = L;
    this.transitions = transitionsOf(labels, scheme);
    this.first = A ? Float64Array.from(A.subarray(L * L, (L + 1) * L)) : new Float64Array(L);
    this.last = A ? Float64Array.from(A.subarray((L + 1) * L, (L + 2) * L)) : new Float64Array(L);
    if (A) this.columns = columnsOf(A, L);
    this.best = new Float64Array(L);
    this.bestBefore = new Float64Array(L);
    this.bestOfSet = new Int32Array(this.transitions.before.sets.length);
  }

  /**
   * Labels a sentence of T tokens by number, `out[outOffset]` on. `scores`: T×L from `offset` on,
   * log-probabilities or a CRF's z; of equal ones the lowest label is taken.
   */
  decode(scores: MatrixData, offset: number, T: number, out: Uint16Array, outOffset: number): void {
    this.takeLargest(scores, offset, T, out, outOffset);
    // Without A the largest scores make the best sequence, if it is allowed: mostly it is.
    if (!this.columns && isAllowed(this.transitions, out, outOffset, T)) return;
    this.search(scores, offset, T, out, outOffset);
  }

  /**
   * {@link decode} from ŷ instead of its logarithms, which are taken only where they are needed. For models
   * without A.
   */
  decodeProbabilities(
    yHat: MatrixData,
    offset: number,
    T: number,
    out: Uint16Array,
    outOffset: number,
  ): void {
    this.takeLargest(yHat, offset, T, out, outOffset);
    if (isAllowed(this.transitions, out, outOffset, T)) return;
    const length = T * this.L;
    if (this.logs.length < length) this.logs = new Float64Array(2 * length);
    for (let n = 0; n < length; n++) this.logs[n] = logProbability(yHat[offset + n]);
    this.search(this.logs, 0, T, out, outOffset);
  }

  private takeLargest(
    scores: MatrixData,
    offset: number,
    T: number,
    out: Uint16Array,
    outOffset: number,
  ): void {
    for (let t = 0; t < T; t++) out[outOffset + t] = largest(scores, offset + t * this.L, this.L);
  }

  /** Puts the best allowed sequence into `out`, and leaves it as it is where there is none. */
  private search(scores: MatrixData, offset: number, T: number, out: Uint16Array, outOffset: number): void {
    if (T === 0) return;
    const { L, first, last } = this;
    const { begins, ends } = this.transitions;
    if (this.back.length < T * L) this.back = new Uint16Array(2 * T * L);
    for (let j = 0; j < L; j++) this.best[j] = begins[j] ? first[j] + bounded(scores[offset + j]) : -Infinity;
    for (let t = 1; t < T; t++) {
      [this.best, this.bestBefore] = [this.bestBefore, this.best];
      if (this.columns) this.stepWith(this.columns, scores, offset + t * L, t * L);
      else this.step(scores, offset + t * L, t * L);
    }
    let label = -1;
    let highest = -Infinity;
    for (let j = 0; j < L; j++) {
      const score = ends[j] ? this.best[j] + last[j] : -Infinity;
      if (score > highest) {
        highest = score;
        label = j;
      }
    }
    if (label < 0) return;
    for (let t = T - 1; t >= 0; t--) {
      out[outOffset + t] = label;
      label = this.back[t * L + label];
    }
  }

  /** One token on, without A: labels that share a set of predecessors share the best of them. */
  private step(scores: MatrixData, offset: number, row: number): void {
    const { L, best, bestBefore, bestOfSet, back } = this;
    const { setOf, sets, common } = this.transitions.before;
    const bestOfCommon = common.map((labels) => bestOf(labels, bestBefore, -1));
    for (let s = 0; s < sets.length; s++)
      bestOfSet[s] = bestOf(sets[s].own, bestBefore, bestOfCommon[sets[s].common]);
    for (let j = 0; j < L; j++) {
      const from = bestOfSet[setOf[j]];
      best[j] = from < 0 ? -Infinity : bestBefore[from] + bounded(scores[offset + j]);
      back[row + j] = from;
    }
  }

  /** One token on, with A. */
  private stepWith(columns: Float64Array, scores: MatrixData, offset: number, row: number): void {
    const { L, best, bestBefore, back } = this;
    const { setOf, sets, common } = this.transitions.before;
    for (let j = 0; j < L; j++) {
      const set = sets[setOf[j]];
      let from = -1;
      let highest = -Infinity;
      for (const i of common[set.common]) {
        const score = bestBefore[i] + columns[j * L + i];
        if (score > highest) {
          highest = score;
          from = i;
        }
      }
      for (const i of set.own) {
        const score = bestBefore[i] + columns[j * L + i];
        if (score > highest || (score === highest && i < from)) {
          highest = score;
          from = i;
        }
      }
      best[j] = from < 0 ? -Infinity : highest + bounded(scores[offset + j]);
      back[row + j] = from;
    }
  }
}

/** The label with the best path among some and `from` (−1: none); of equal ones, the lowest. */
function bestOf(labels: Uint16Array, paths: Float64Array, from: number): number {
  let best = from;
  let highest = from < 0 ? -Infinity : paths[from];
  for (const i of labels) {
    if (paths[i] > highest || (paths[i] === highest && i < best)) {
      highest = paths[i];
      best = i;
    }
  }
  return best;
}

/** The L×L scores of A by columns. */
function columnsOf(A: MatrixData, L: number): Float64Array {
  const columns = new Float64Array(L * L);
  for (let i = 0; i < L; i++) for (let j = 0; j < L; j++) columns[j * L + i] = A[i * L + j];
  return columns;
}

function bounded(score: number): number {
  return score > leastScore ? score : leastScore;
}
