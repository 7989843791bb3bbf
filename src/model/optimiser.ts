import { globalNorm } from './gradients';
import type { Gradients } from './gradients';
import type { Parameters } from './parameters';

export interface StepOptions {
  /** λ. */
  readonly learningRate: number;
  /** Largest global gradient norm; 0 does not clip. */
  readonly clip: number;
  /**
   * How many sentences the gradients are summed over. One: the derivation's SGD by sentence, whose sum over t is taken as
   * it is. More: the sum is divided by their number.
   */
  readonly sentences: number;
}

/**
 * One step of gradient descent: U := U − λ ∂E/∂U, and so on; of W only the columns of words that occurred. Where the norm
 * of all gradients together is over `clip`, they are scaled down to it (Pascanu, Mikolov and Bengio 2013, "On the
 * difficulty of training recurrent neural networks").
 *
 * Returns the norm before clipping. Where it is not a finite number, the parameters are left alone.
 */
export function descend(parameters: Parameters, gradients: Gradients, { learningRate, clip, sentences }: StepOptions): number {
  const norm = globalNorm(gradients) / sentences;
  if (!Number.isFinite(norm)) return norm;
  const rate = (clip > 0 && norm > clip ? (learningRate * clip) / norm : learningRate) / sentences;
  subtract(parameters.U, gradients.dU, rate);
  subtract(parameters.V, gradients.dV, rate);
  subtract(parameters.b, gradients.db, rate);
  subtract(parameters.c, gradients.dc, rate);
  const { W } = parameters;
  const { count, words, values, H } = gradients.dW;
  for (let n = 0; n < count; n++) {
    const column = words[n] * H;
    for (let i = 0; i < H; i++) W[column + i] -= rate * values[n * H + i];
  }
  return norm;
}

function subtract(parameter: Parameters['U'], gradient: Gradients['dU'], rate: number): void {
  for (let i = 0; i < parameter.length; i++) parameter[i] -= rate * gradient[i];
}
