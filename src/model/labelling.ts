import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import type { LabelScheme } from '../corpus/corpus';
import type { MatrixData } from '../kernels/kernels';
import { logProbability } from './decoding/logProbability';
import { ChainMarginals } from './decoding/marginals';
import { MatrixScores } from './decoding/transitionScores';
import { Decoder } from './decoding/viterbi';
import type { ForwardPass } from './forwardPass';
import { plainArrays } from './parameters';
import type { Allocate } from './parameters';
import type { Sentences } from './tokenRows';

/** Sentences whose scores are held at a time, and scores (64 MB) unless one sentence has more. */
const sentencesAtOnce = 1024;
const scoresAtOnce = 2 ** 24;

/** A sentence and its labels. It holds until the call that it is given to returns. */
export interface LabelledSentence {
  /**
   * T: the number of each token's label; with another {@link OutsideBias} than the labelling's own where one
   * is given.
   */
  labels(outsideBias?: OutsideBias): Uint16Array;
  /** Whether its scores are numbers of which probabilities can be made: not where the network overflowed. */
  readonly sound: boolean;
  /** T×L: z_t of a network with a CRF. */
  readonly z?: MatrixData;
  /** T×L: the probability of each label at each token. The bias does not touch it. */
  probabilities(): MatrixData;
  /**
   * Σ_t −log ŷ_t of the sentence's gold labels, `gold` from `first` on, in nats. With a CRF −log p of all of
   * them together, or where one is unknown (below 0) the sum of those that are known, each by itself.
   */
  loss(gold: Int32Array, first: number): number;
}

/**
 * What is subtracted from the score of O, a log-probability, before the best labels are looked for. Above 0
 * it finds more spans, and more that are none: where spans are rare the most probable labels are not those of
 * the best F1 (Lipton, Elkan and Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1
 * measure").
 */
export type OutsideBias = number;

type SentenceVisitor = (sentence: LabelledSentence, first: number, tokens: number) => void;

/** From the forward pass to labels: the best sequence of each sentence that the scheme allows. */
export class Labelling {
  private readonly decoder: Decoder;
  private readonly chain: ChainMarginals | undefined;
  private readonly L: number;
  private readonly allocate: Allocate;
  /** The number of O; −1 where there is none. */
  private readonly outside: number;
  private biased: MatrixData = new Float32Array(0);

  /** `A`: scores of transitions, of networks with a CRF; copied. The forward pass stays the caller's. */
  constructor(
    private readonly forward: ForwardPass,
    labels: readonly string[],
    scheme: LabelScheme,
    A: MatrixData | undefined,
    private readonly outsideBias: OutsideBias = 0,
  ) {
    this.L = labels.length;
    this.allocate = plainArrays(forward.precision);
    this.decoder = new Decoder(labels, scheme, A);
    this.chain = A && new ChainMarginals(new MatrixScores(this.L, A));
    this.outside = labels.indexOf('O');
  }

  /**
   * Visits each sentence that has tokens once, in order: its labels, its first token, and how many it has.
   * See {@link ForwardPass.run}.
   */
  async run(
    { start, words, columns }: Sentences,
    visit: SentenceVisitor,
    between?: () => boolean | Promise<boolean>,
  ): Promise<boolean> {
    const { L } = this;
    let scores = this.allocate(0);
    for (let from = 0, to = 0; from + 1 < start.length; from = to) {
      to = this.endOfPart(start, from);
      const part = start.subarray(from, to + 1);
      const first = part[0];
      const tokens = part[part.length - 1] - first;
      if (scores.length < tokens * L) scores = this.allocate(tokens * L);
      const done = await this.forward.run(
        { start: part, words, columns },
        (token, yHat, offset) => {
          const at = (token - first) * L;
          for (let l = 0; l < L; l++) scores[at + l] = yHat[offset + l];
        },
        between,
      );
      if (!done) return false;
      for (let s = 0; s + 1 < part.length; s++) {
        const T = part[s + 1] - part[s];
        if (T === 0) continue;
        visit(this.sentence(scores, (part[s] - first) * L, T), part[s], T);
        const goOn = between?.() ?? true;
        if (!(goOn instanceof Promise ? await goOn : goOn)) return false;
      }
    }
    return true;
  }

  /** Behind the last of the sentences from `from` on whose scores are held at a time. */
  private endOfPart(start: Uint32Array, from: number): number {
    const most = Math.min(start.length - 1, from + sentencesAtOnce);
    let to = from + 1;
    while (to < most && (start[to + 1] - start[from]) * this.L <= scoresAtOnce) to++;
    return to;
  }

  private sentence(scores: MatrixData, offset: number, T: number): LabelledSentence {
    const { L, chain } = this;
    const rows = scores.subarray(offset, offset + T * L);
    const labels = (outsideBias = this.outsideBias): Uint16Array => this.decode(rows, T, outsideBias);
    if (chain) return new ChainSentence(labels, rows, T, L, chain);
    return {
      labels,
      get sound() {
        return areWithin(rows, largestScore);
      },
      probabilities: () => rows,
      loss: (gold, first) => sumOfLosses(rows, L, gold, first),
    };
  }

  private decode(rows: MatrixData, T: number, outsideBias: number): Uint16Array {
    const { L, outside, decoder, chain } = this;
    const labels = new Uint16Array(T);
    let scores = rows;
    if (outsideBias !== 0 && outside >= 0) {
      if (this.biased.length < rows.length) this.biased = this.allocate(2 * rows.length);
      scores = this.biased.subarray(0, rows.length);
      scores.set(rows);
      const factor = Math.exp(-outsideBias);
      for (let at = outside; at < rows.length; at += L)
        scores[at] = chain ? rows[at] - outsideBias : rows[at] * factor;
    }
    if (chain) decoder.decode(scores, 0, T, labels, 0);
    else decoder.decodeProbabilities(scores, 0, T, labels, 0);
    return labels;
  }
}

/** Sums of larger scores are too coarse for probabilities: float64 holds 16 digits. */
const largestScore = 1e9;

function areWithin(numbers: MatrixData, most: number): boolean {
  for (let i = 0; i < numbers.length; i++) {
    // Not true of NaN.
    if (!(Math.abs(numbers[i]) <= most)) return false;
  }
  return true;
}

/** What is wrong with a model whose scores are not {@link LabelledSentence.sound}. */
export function overflowError(): InputError {
  return new InputError(
    l10n.t('The model’s numbers overflow on this text, so that there are no probabilities.'),
    {
      hint: l10n.t('Its weights are too large. Train anew with a lower learning rate or with clipping.'),
    },
  );
}

/** A sentence of a CRF. */
class ChainSentence implements LabelledSentence {
  private marginals: MatrixData | undefined;
  private logZ = 0;

  constructor(
    readonly labels: LabelledSentence['labels'],
    readonly z: MatrixData,
    private readonly T: number,
    private readonly L: number,
    private readonly chain: ChainMarginals,
  ) {}

  get sound(): boolean {
    return areWithin(this.z, largestScore);
  }

  probabilities(): MatrixData {
    if (!this.marginals) {
      const { T, chain, z } = this;
      this.logZ = chain.take(z, 0, T);
      this.marginals = z instanceof Float64Array ? new Float64Array(z.length) : new Float32Array(z.length);
      chain.marginals(this.marginals, 0);
    }
    return this.marginals;
  }

  loss(gold: Int32Array, first: number): number {
    const probabilities = this.probabilities();
    for (let t = 0; t < this.T; t++)
      if (gold[first + t] < 0) return sumOfLosses(probabilities, this.L, gold, first);
    return this.logZ - this.chain.score(gold, first);
  }
}

/** Σ −log ŷ_t of gold labels, those below 0 left out. */
function sumOfLosses(probabilities: MatrixData, L: number, gold: Int32Array, first: number): number {
  let loss = 0;
  for (let t = 0; t * L < probabilities.length; t++) {
    const label = gold[first + t];
    // E_t = −y_tᵀ log ŷ_t
    if (label >= 0) loss -= logProbability(probabilities[t * L + label]);
  }
  return loss;
}
