import { hash32, permutation } from '../common/random';
import type { Sweep } from '../model/batches';
import type { FlowSentences } from '../model/network/gradientFlow';

/** Sentences in which the gradient's flow is measured, each epoch others. */
export const sampledSentences = 8;

/** Of longer ones so many tokens. */
const mostTokens = 64;

/**
 * They are drawn from the longest tenth: in a short one nothing comes from far away. In a small corpus from
 * so many.
 */
const longestShare = 1 / 10;
const fewestDrawnFrom = 32;

/** Sentences to be measured, all padded to one T, the same in each epoch: one plan is enough. */
export interface FlowSample extends FlowSentences {
  readonly sweep: Sweep;
}

/**
 * Draws sentences and, in each, its middle token as the one with the error: it has equally many tokens on
 * both sides.
 */
export class FlowSampler {
  /** The longest sentences, the longest first. */
  private readonly candidates: Uint32Array;
  private readonly lengthOf: (sentence: number) => number;
  /** T. */
  readonly length: number;

  /** `start` holds each sentence's first token and, at its end, their number. */
  constructor(
    start: Uint32Array,
    private readonly seed: number,
  ) {
    this.lengthOf = (sentence) => Math.min(mostTokens, start[sentence + 1] - start[sentence]);
    const all = Uint32Array.from({ length: start.length - 1 }, (_, s) => s).filter(
      (s) => this.lengthOf(s) > 0,
    );
    all.sort((a, b) => this.lengthOf(b) - this.lengthOf(a) || a - b);
    this.candidates = all.subarray(0, Math.max(fewestDrawnFrom, Math.ceil(all.length * longestShare)));
    this.length = this.candidates.length > 0 ? this.lengthOf(this.candidates[0]) : 1;
  }

  /** Fixed by corpus, seed and epoch alone. */
  sample(epoch: number): FlowSample {
    const order = permutation(this.candidates.length, hash32(this.seed, epoch, 4));
    const drawn = Array.from(order.subarray(0, sampledSentences), (index) => this.candidates[index]);
    const sentences = new Int32Array(sampledSentences).fill(-1);
    sentences.set(drawn);
    const lengths = new Int32Array(sampledSentences);
    lengths.set(drawn.map((sentence) => this.lengthOf(sentence)));
    const tokens = lengths.reduce((sum, length) => sum + length, 0);
    return {
      sweep: { sentences, count: drawn.length, offset: 0, length: this.length, tokens },
      lengths,
      at: lengths.map((length) => length >> 1),
    };
  }
}
