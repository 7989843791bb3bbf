import type { BatchStep } from '../corpus/batches';
import type { Device, MatrixData } from '../kernels/kernels';

/** Sentences as vocabulary numbers: `start` holds each one's first token and, at its end, how many tokens there are. */
export interface Sentences {
  readonly start: Uint32Array;
  readonly words: Uint32Array;
}

/** The inputs that change from step to step, time-major: token t of sentence β is row t·B + β. */
export interface StepInputs {
  /** R×H: W x_t, and zeros in padding. */
  readonly Wx: MatrixData;
  /** R×1: label numbers, 0 in padding. */
  readonly y: MatrixData;
  /** R×1: 1 for a token, 0 for padding. */
  readonly mask: MatrixData;
  /** B×H: zeros, or where the step goes on with a long sentence, the state that its last window ended in. */
  readonly h0: MatrixData;
  /** R: the word of each row, −1 in padding. */
  readonly words: Int32Array;
}

/** Fills a step's inputs in arrays of the device's that are used again for the next step. */
export class Minibatch {
  private rows = 0;
  private sentences = 0;
  private Wx!: MatrixData;
  private y!: MatrixData;
  private mask!: MatrixData;
  private h0!: MatrixData;
  private words!: Int32Array;
  /** B×H: the final state of the last step, for a window that goes on from it. */
  private carried: Float64Array = new Float64Array(0);

  constructor(
    private readonly device: Device,
    private readonly H: number,
  ) {
    this.reserve(1, 1);
  }

  /** What {@link fill} gives holds until it is called again. `labels` are needed for training only. */
  fill(step: BatchStep, { start, words }: Sentences, W: MatrixData, labels?: Int32Array): StepInputs {
    const { H } = this;
    const B = step.sentences.length;
    const T = step.length;
    const R = T * B;
    this.reserve(R, B);
    const { Wx, y, mask, words: rowWords } = this;
    for (let beta = 0; beta < B; beta++) {
      const sentence = step.sentences[beta];
      const first = sentence < 0 ? 0 : start[sentence] + step.offset;
      const tokens = sentence < 0 ? 0 : Math.min(T, Math.max(0, start[sentence + 1] - first));
      for (let t = 0, r = beta; t < T; t++, r += B) {
        const to = r * H;
        if (t >= tokens) {
          rowWords[r] = -1;
          mask[r] = 0;
          y[r] = 0;
          for (let i = 0; i < H; i++) Wx[to + i] = 0;
          continue;
        }
        const word = words[first + t];
        rowWords[r] = word;
        mask[r] = 1;
        y[r] = labels ? labels[first + t] : 0;
        for (let i = 0, from = word * H; i < H; i++) Wx[to + i] = W[from + i];
      }
    }
    const h0 = this.h0.subarray(0, B * H);
    if (step.offset > 0) h0.set(this.carried.subarray(0, B * H));
    else h0.fill(0);
    return { Wx: Wx.subarray(0, R * H), y: y.subarray(0, R), mask: mask.subarray(0, R), h0, words: rowWords.subarray(0, R) };
  }

  /** Keeps a step's final state (B×H) for the window after it. */
  carry(hLast: ArrayLike<number>): void {
    if (this.carried.length < hLast.length) this.carried = new Float64Array(hLast.length);
    this.carried.set(hLast);
  }

  /** The state that was last carried: a checkpoint in the middle of a long sentence needs it. */
  get state(): Float64Array {
    return this.carried;
  }

  private reserve(rows: number, sentences: number): void {
    const { device, H } = this;
    if (rows > this.rows) {
      this.rows = rows;
      this.Wx = device.allocate(rows * H);
      this.y = device.allocate(rows);
      this.mask = device.allocate(rows);
      this.words = new Int32Array(rows);
    }
    if (sentences > this.sentences) {
      this.sentences = sentences;
      this.h0 = device.allocate(sentences * H);
    }
  }
}
