/** The network unrolled over a sentence, as the tagger gives it. Plain data. */
import type { Activation } from '../kernels/activation';
import type { Direction } from '../kernels/kernels';

export type Numbers = Float32Array<ArrayBuffer>;

export interface UnrolledToken {
  readonly form: string;
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
  /** What labelling gives, and its ŷ_t. */
  readonly label: string;
  readonly probability: number;
  /** How sure labelling is of it: ŷ_t by the temperature. */
  readonly confidence: number;
  /** The most probable labels by ŷ_t, most probable first. Like all ŷ_t here as training has it: without the temperature. */
  readonly best: readonly { readonly label: string; readonly probability: number }[];
  /** The label that a person gave. */
  readonly given?: string;
  /** E_t = −log ŷ_t of the label given. */
  readonly loss?: number;
  /** How many features of the token the model knows. */
  readonly features: number;
}

export interface UnrolledTextSweep {
  /** From 1. */
  readonly layer: number;
  readonly direction: Direction;
  /** T×H: s_t, h_t and δ_t. */
  readonly s: Numbers;
  readonly h: Numbers;
  readonly delta: Numbers;
  /** By step: ‖U h_{t−1}‖ and ‖W x_t‖, and how many units are saturated. */
  readonly recurrentNorms: readonly number[];
  readonly inputNorms: readonly number[];
  readonly saturated: readonly number[];
  readonly biasNorm: number;
  /** ‖U‖₂, and γ = ‖U‖₂ · max f′. */
  readonly spectralNorm: number;
  readonly bound: number;
  /** By distance from t, 0 first: ‖δ_k‖. */
  readonly norms: readonly number[];
  /** By step, ‖∂E_t/∂s_k‖ on every way through the layers. */
  readonly wholeNorms: readonly number[];
  /** H×H; not there where it is too large to be looked at. */
  readonly U?: Numbers;
  /**
   * H×C: what x_t is multiplied by, the inputs side by side. With one-hot input, in the first layer, only the columns
   * of {@link UnrolledText.wordColumns}. Not there where it is too large to be looked at.
   */
  readonly W?: Numbers;
}

/** A column of W with one-hot input, and what has it in a sentence. */
export interface WordColumn {
  /** Each once: a word may have the column of its lower-case form, and all unknown words have the same. */
  readonly forms: readonly string[];
  readonly isKnown: boolean;
}

export interface UnrolledText {
  readonly tokens: readonly UnrolledToken[];
  /** t, from 0. */
  readonly at: number;
  /** K, E (0: one-hot), H, L and the number of layers: see `model/sizes.ts`. */
  readonly sizes: {
    readonly K: number;
    readonly E: number;
    readonly H: number;
    readonly L: number;
    readonly layers: number;
    readonly directions: number;
  };
  readonly activation: Activation;
  /** There is a CRF: ŷ_t are its marginals. */
  readonly transitions: boolean;
  /** Of labelling's probabilities; 1 where there is none. */
  readonly temperature: number;
  /** T×E: x_t of the first layer. Empty with one-hot input. */
  readonly x: Numbers;
  /** With one-hot input: the columns of W that the sentence's words have, each once, as they are met. */
  readonly wordColumns?: readonly WordColumn[];
  /** From the lowest layer up, left to right first. */
  readonly sweeps: readonly UnrolledTextSweep[];
  /** All labels, by number. */
  readonly labels: readonly string[];
  /** L×H for each direction; not there where it is too large to be looked at. */
  readonly V?: readonly Numbers[];
  /** Of the error at t: its label y_t, that label's ŷ_t, and the norm of ŷ_t − y_t. */
  readonly error: {
    readonly label: string;
    readonly yHat: number;
    readonly residualNorm: number;
  };
}
