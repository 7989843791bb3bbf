/**
 * The step that is measured, as PyTorch's script has it: look up the words in a table, Elman RNN with tanh
 * over whole sentences, softmax with cross-entropy (mean over the tokens), full BPTT, SGD on all parameters,
 * of the table only the rows of words that occurred. Everything that the contenders start from is here, so
 * that they compute the same numbers.
 */
import { hash32, uniform } from '../../src/common/random';

/** B sentences of T words; E inputs (a row of the table), H hidden units, L labels, K words. */
export interface StepShape {
  readonly B: number;
  readonly T: number;
  readonly E: number;
  readonly H: number;
  readonly L: number;
  readonly K: number;
}

/** How a step's input is made: rows of a table times W (E inputs), or one-hot words, where W is the table. */
export type StepInput = 'table' | 'one-hot';

/** λ, for the mean loss of a step's tokens. */
export const learningRate = 0.1;

/**
 * Multiplications and additions of one step: the products with W, U and V, each forward, back, and for its
 * gradient.
 */
export function floatingPointOperations({ B, T, E, H, L }: StepShape, input: StepInput): number {
  return 3 * 2 * B * T * H * ((input === 'table' ? E : 0) + H + L);
}

/** What a step trains: table K×E, W H×E, b H, U H×H, V L×H, c L. */
export interface StepParameters {
  readonly table: Float32Array<ArrayBuffer>;
  readonly W: Float32Array<ArrayBuffer>;
  readonly b: Float32Array<ArrayBuffer>;
  readonly U: Float32Array<ArrayBuffer>;
  readonly V: Float32Array<ArrayBuffer>;
  readonly c: Float32Array<ArrayBuffer>;
}

/** The same parameters for every contender: the table with variance 1, the rest uniform within ±1/√H. */
export function initialStepParameters({ E, H, L, K }: StepShape): StepParameters {
  const random = (length: number, bound: number, stream: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length }, (_, i) => bound * (2 * uniform(7, stream, i) - 1));
  const bound = 1 / Math.sqrt(H);
  return {
    table: random(K * E, Math.sqrt(3), 1),
    W: random(H * E, bound, 2),
    b: random(H, bound, 3),
    U: random(H * H, bound, 4),
    V: random(L * H, bound, 5),
    c: random(L, bound, 6),
  };
}

/** One step's words and labels, time-major: token t of sentence β at t·B + β. */
export interface StepBatch {
  readonly words: Uint32Array;
  readonly labels: Uint32Array;
}

/** Random words and labels, others in each step: drawn before anything is timed. */
export class StepData {
  private readonly batches: StepBatch[] = [];
  private next = 0;

  /** @param distinct so many batches, then they come again; without it as many as touch the whole table. */
  constructor({ B, T, L, K }: StepShape, distinct = Math.ceil(2 ** 17 / (B * T))) {
    const R = B * T;
    for (let n = 0; n < distinct; n++) {
      const draw = (stream: number, below: number): Uint32Array =>
        Uint32Array.from({ length: R }, (_, r) => hash32(11, stream, n, r) % below);
      this.batches.push({ words: draw(1, K), labels: draw(2, L) });
    }
  }

  batch(): StepBatch {
    const batch = this.batches[this.next];
    this.next = (this.next + 1) % this.batches.length;
    return batch;
  }
}
