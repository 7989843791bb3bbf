/**
 * The output, with a softmax at each token:
 *
 *     z_t = V h_t + c      ŷ_t = softmax(z_t)      E_t = −y_tᵀ log ŷ_t      E = Σ_t E_t
 *
 * Rows of a matrix are tokens, R = T·B of them. `h`: h_t of the last layer, R×H for each direction.
 */
import type { Kernels, Matrix } from '../../kernels/kernels';
import type { NetworkParameters } from '../parameters';

type OutputParameters = Pick<NetworkParameters<Matrix>, 'V' | 'c'>;

/** z_t = V h_t + c, R×L. */
export function outputForward(kernels: Kernels, { V, c }: OutputParameters, h: readonly Matrix[]): Matrix {
  return h.reduce((sum, states, index) => kernels.affine(states, V[index], sum), c);
}

/**
 * From ∂E/∂z_t (`dz`, R×L), which is ŷ_t − y_t:
 *
 *     ∂E/∂V = Σ_t (ŷ_t − y_t) ⊗ h_t      ∂E/∂c = Σ_t (ŷ_t − y_t)      ∂E/∂h_t = Vᵀ(ŷ_t − y_t)
 */
export function outputBackward(
  kernels: Kernels,
  { V }: OutputParameters,
  h: readonly Matrix[],
  dz: Matrix,
): { readonly gradients: OutputParameters; readonly dh: readonly Matrix[] } {
  return {
    gradients: { c: kernels.columnSums(dz), V: h.map((states) => kernels.outerSum(dz, states)) },
    dh: V.map((matrix) => kernels.product(dz, matrix)),
  };
}

/** What is minimised, at each token. */
export interface Loss {
  /** R×1: E_t. */
  readonly loss: Matrix;
  /** R×L: ∂E/∂z_t. */
  readonly dz: Matrix;
  /** (L+2)×L: ∂E/∂A, with a CRF. */
  readonly dA?: Matrix;
}

/** ŷ_t = softmax(z_t), E_t = −y_tᵀ log ŷ_t, ∂E/∂z_t = ŷ_t − y_t. `y`: R×1, the numbers of the labels. */
export function softmaxLoss(kernels: Kernels, z: Matrix, y: Matrix, mask: Matrix): Loss {
  const { loss, dz } = kernels.softmaxCrossEntropy(z, y, mask);
  return { loss, dz };
}
