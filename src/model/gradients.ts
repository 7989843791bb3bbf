import type { MatrixData } from '../kernels/kernels';
import type { Sizes } from './parameters';

/** ∂E/∂U, ∂E/∂V, ∂E/∂b, ∂E/∂c, and ∂E/∂W by the columns of the words that occurred. */
export interface Gradients {
  readonly dU: MatrixData;
  readonly dV: MatrixData;
  readonly db: MatrixData;
  readonly dc: MatrixData;
  readonly dW: WordColumns;
}

/** The gradients that are matrices; dW is the sparse one. */
export const denseGradients = ['dU', 'dV', 'db', 'dc'] as const;

/**
 * ∂E/∂W = Σ_t δ_t ⊗ x_t, of which only the columns of words that occurred are not 0: those, each H long, in the order in
 * which the words were met.
 */
export class WordColumns {
  /** How many columns there are. */
  count = 0;
  /** The word of each column. */
  words = new Uint32Array(256);
  /** The columns, one after the other. Summed in float64: a frequent word adds up thousands of small numbers. */
  values: Float64Array;
  private readonly slots: Int32Array;

  constructor(
    K: number,
    readonly H: number,
  ) {
    this.slots = new Int32Array(K).fill(-1);
    this.values = new Float64Array(256 * H);
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.slots[this.words[i]] = -1;
    this.count = 0;
  }

  /** Adds δ_t of each row to the column of the row's word; rows whose word is −1 are padding. `delta` is R×H. */
  add(delta: MatrixData, words: Int32Array): void {
    const { H } = this;
    for (let r = 0; r < words.length; r++) {
      if (words[r] < 0) continue;
      const to = this.slotOf(words[r]) * H;
      const from = r * H;
      for (let i = 0; i < H; i++) this.values[to + i] += delta[from + i];
    }
  }

  private slotOf(word: number): number {
    let slot = this.slots[word];
    if (slot >= 0) return slot;
    slot = this.count++;
    if (slot === this.words.length) this.grow();
    this.slots[word] = slot;
    this.words[slot] = word;
    this.values.fill(0, slot * this.H, (slot + 1) * this.H);
    return slot;
  }

  private grow(): void {
    const words = new Uint32Array(2 * this.words.length);
    words.set(this.words);
    this.words = words;
    const values = new Float64Array(2 * this.values.length);
    values.set(this.values);
    this.values = values;
  }
}

/** The sum of the gradients of several chunks, in the order in which they are added: the whole training set as one step. */
export class GradientSum implements Gradients {
  readonly dU: Float64Array<ArrayBuffer>;
  readonly dV: Float64Array<ArrayBuffer>;
  readonly db: Float64Array<ArrayBuffer>;
  readonly dc: Float64Array<ArrayBuffer>;

  constructor(
    { H, L }: Sizes,
    readonly dW: WordColumns,
  ) {
    this.dU = new Float64Array(H * H);
    this.dV = new Float64Array(L * H);
    this.db = new Float64Array(H);
    this.dc = new Float64Array(L);
  }

  clear(): void {
    for (const name of denseGradients) this[name].fill(0);
    this.dW.clear();
  }

  /** Adds a chunk's matrices; its δ goes to `dW`. */
  add(chunk: Readonly<Record<(typeof denseGradients)[number], MatrixData>>): void {
    for (const name of denseGradients) {
      const sum = this[name];
      const part = chunk[name];
      for (let i = 0; i < sum.length; i++) sum[i] += part[i];
    }
  }
}

/** The Euclidean norm of all gradients together. NaN or infinite where one of them is. */
export function globalNorm(gradients: Gradients): number {
  let sum = 0;
  for (const name of denseGradients) sum += sumOfSquares(gradients[name], gradients[name].length);
  return Math.sqrt(sum + sumOfSquares(gradients.dW.values, gradients.dW.count * gradients.dW.H));
}

function sumOfSquares(values: MatrixData | Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[i] * values[i];
  return sum;
}
