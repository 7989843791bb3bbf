import type { Kernels, Matrix } from '../../kernels/kernels';
import type { Loss } from './output';

/**
 * A linear-chain conditional random field over the labels of a sentence, in the place of the softmax:
 *
 *     p(y | z) ∝ exp Σ_t z_t(y_t) + A(y_{t−1}, y_t)      E = −log p(y | z)
 *     ∂E/∂z_t = p(y_t = l | z) − [y_t is l]              ∂E/∂A = expected − observed transitions
 *
 * z R×L, y R×1, A (L+2)×L, of B sentences. `loss` shares E out among the tokens.
 */
export function chainLoss(kernels: Kernels, z: Matrix, y: Matrix, mask: Matrix, A: Matrix, B: number): Loss {
  return kernels.crf(z, y, mask, A, B);
}
