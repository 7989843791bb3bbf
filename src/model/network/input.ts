/**
 * The input x_t, looked up in a table before the program: `sums`, for each table a row for each token.
 *
 * With features x_t is multi-hot: e_t, R×E, is the sum of the rows of a token's features, and the first layer
 * multiplies it by W. With one-hot input, exactly the derivation, W x_t is a column of W, which is the table:
 * R×H for each direction.
 */
import type { Kernels, Matrix } from '../../kernels/kernels';
import type { Network } from '../sizes';
import type { LayerInput, RecurrentGradients } from './recurrent';

/** x_t of the first layer: e_t, with dropout in training, or the columns of W. */
export function inputForward(
  kernels: Kernels,
  { E }: Network,
  sums: readonly Matrix[],
  drop: Matrix | undefined,
): LayerInput {
  if (E === 0) return { x: [], Wx: sums };
  return { x: drop ? sums.map((e) => kernels.multiply(e, drop)) : sums };
}

/**
 * The gradients of the tables' sums, of their shapes: ∂E/∂e_t = Wᵀ δ_t, which is added to the row of each of
 * the token's features; with one-hot input δ_t, which δ_t ⊗ x_t adds to the column of the token's word.
 */
export function inputBackward(
  kernels: Kernels,
  { E }: Network,
  { deltas, dx }: RecurrentGradients,
  drop: Matrix | undefined,
): readonly Matrix[] {
  if (E === 0) return deltas;
  return drop ? dx.map((de) => kernels.multiply(de, drop)) : dx;
}
