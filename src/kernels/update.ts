/** How parameters are updated. `hostUpdate.ts` does it on the host, `simd` in its memory. */

/** Stochastic gradient descent, with momentum, or Adam. */
export type UpdateMethod = 'sgd' | 'momentum' | 'adam';

/** How many sets of numbers like the parameters each remembers from step to step. */
export const momentsOf: Readonly<Record<UpdateMethod, number>> = { sgd: 0, momentum: 1, adam: 2 };

export interface UpdateOptions {
  readonly method: UpdateMethod;
  /** λ, and that of the tables. */
  readonly learningRate: number;
  readonly tableRate: number;
  /** Largest gradient norm; 0 does not clip. */
  readonly clip: number;
  /** What the sums of gradients are divided by. */
  readonly sentences: number;
  /**
   * β₁: what momentum and Adam keep of the gradients' mean; β₂: what Adam keeps of their squares' mean; ε.
   */
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The number of this update, from 1. */
  readonly step: number;
}
