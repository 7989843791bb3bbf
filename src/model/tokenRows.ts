/** What goes into a sweep, time-major: token t of sentence β is row t·B + β. */
import type { MatrixData } from '../kernels/kernels';
import type { Sweep } from './batches';

/**
 * Sentences as numbers of words: `start` holds each one's first token and, at its end, how many tokens there
 * are.
 */
export interface Sentences {
  readonly start: Uint32Array;
  /** By {@link FeatureSource}'s numbers. */
  readonly words: ArrayLike<number>;
  /**
   * The same of further columns: one for each that {@link FeatureSource} reads, undefined where there is none
   * here.
   */
  readonly columns?: readonly (ArrayLike<number> | undefined)[];
  /** By token: 1 where its word is withheld. */
  readonly withheld?: Uint8Array;
}

/** Gives the features of a token: see `corpus/features/encoder.ts`. */
export interface FeatureSource {
  /**
   * Writes the numbers of the features of word `at` of a sentence, the words from `first` to `end`, from `to`
   * on; gives the end.
   */
  write(
    words: ArrayLike<number>,
    first: number,
    end: number,
    at: number,
    out: Int32Array,
    to: number,
    withheld?: ArrayLike<number>,
    columns?: Sentences['columns'],
  ): number;
  /** At most so many have the words from `first` to `end` together, which may be a part of a sentence. */
  roomFor(words: ArrayLike<number>, first: number, end: number, columns?: Sentences['columns']): number;
}

/** T tokens of B sentences of a sweep, from its sentence `first` on. */
export interface SweepPart {
  readonly sweep: Sweep;
  readonly first: number;
  readonly B: number;
  readonly T: number;
}

/** Features, mask and label of the token of each row. */
export class TokenRows {
  /** R + 1: where each row's features begin in `ids`; padding has none. */
  starts = new Int32Array(1);
  ids = new Int32Array(1024);

  constructor(private readonly features: FeatureSource) {}

  /**
   * `mask` and `y` are R numbers to be filled in. What it holds afterwards counts until it is filled again.
   */
  fill(
    { sweep, first, B, T }: SweepPart,
    sentences: Sentences,
    mask: MatrixData,
    y?: MatrixData,
    labels?: Int32Array,
  ): void {
    const { start, words, columns, withheld } = sentences;
    const R = T * B;
    if (this.starts.length !== R + 1) this.starts = new Int32Array(R + 1);
    this.reserve(sweep.sentences.subarray(first, first + B), sweep.offset, T, sentences);
    const { starts, features } = this;
    let at = 0;
    for (let t = 0, r = 0; t < T; t++) {
      for (let beta = 0; beta < B; beta++, r++) {
        starts[r] = at;
        const sentence = first + beta < sweep.sentences.length ? sweep.sentences[first + beta] : -1;
        const token = sentence < 0 ? 0 : start[sentence] + sweep.offset + t;
        const present = sentence >= 0 && token < start[sentence + 1];
        mask[r] = present ? 1 : 0;
        if (y) y[r] = present && labels ? labels[token] : 0;
        if (present)
          at = features.write(
            words,
            start[sentence],
            start[sentence + 1],
            token,
            this.ids,
            at,
            withheld,
            columns,
          );
      }
    }
    starts[R] = at;
  }

  /** How many ids there are. */
  get count(): number {
    return this.starts[this.starts.length - 1];
  }

  /** Room for the window's tokens alone: a sentence may have thousands of windows. */
  private reserve(
    numbers: Int32Array,
    offset: number,
    T: number,
    { start, words, columns }: Sentences,
  ): void {
    let room = 0;
    for (const sentence of numbers) {
      if (sentence < 0) continue;
      const from = start[sentence] + offset;
      const end = Math.min(from + T, start[sentence + 1]);
      if (from < end) room += this.features.roomFor(words, from, end, columns);
    }
    if (room > this.ids.length) this.ids = new Int32Array(2 * room);
  }
}
