import type { Activation } from '../kernels/activation';
import type { Direction } from '../kernels/kernels';

/** What fixes the shapes of a network's parameters. */
export interface Sizes {
  /**
   * K: rows of the table, one for each input feature; with one-hot input, one for each word (the unknown one
   * included).
   */
  readonly K: number;
  /**
   * E: numbers to a row of the table, summed to e_t. 0: one-hot input, where the table is W of the first
   * layer itself.
   */
  readonly E: number;
  /** H: hidden units of each layer and direction. */
  readonly H: number;
  /** L: labels. */
  readonly L: number;
  readonly layers: number;
  /** The directions in which each layer goes through a sentence: left to right, or that and back. */
  readonly directions: readonly Direction[];
  /** A CRF over the labels: there are scores of transitions. */
  readonly transitions: boolean;
}

/** What fixes a network's programs: its sizes, but for the number of features, and how it is computed. */
export interface Network extends Omit<Sizes, 'K'> {
  readonly activation: Activation;
  /** τ: the backward sweep drops Uᵀδ at every τ-th step (truncated BPTT); 0: nowhere. */
  readonly truncation: number;
  /** Whether training drops entries of e_t, and of h_t. */
  readonly dropsInput: boolean;
  readonly dropsStates: boolean;
}
