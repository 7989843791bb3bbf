/**
 * A hidden layer, in each of its directions:
 *
 *     s_t = U h_{t-1} + W x_t + b      h_t = f(s_t)
 *
 * Rows of a matrix are tokens, R = T·B of them, so that W x_t of all t is one matrix, and so on. Of several
 * layers, h_t of one is x_t of the next, for each direction one that has a W of its own.
 */
import type { Kernels, Matrix, Tape } from '../../kernels/kernels';
import { listDirections, mapDirections } from '../parameters';
import type { ByDirection, RecurrentParameters } from '../parameters';
import type { Network } from '../sizes';
import type { ForwardBatch } from './programShapes';

/** What a layer reads. */
export interface LayerInput {
  /** R×E or R×H: each is multiplied by a W of its own. */
  readonly x: readonly Matrix[];
  /** With one-hot input, R×H for each direction: W x_t. */
  readonly Wx?: readonly Matrix[];
}

/** What is left of the way forward, in one direction. */
export interface RecurrentStates {
  readonly x: readonly Matrix[];
  /** R×H: W x_t + b. */
  readonly p: Matrix;
  /** R×H, with its dropout where there is one: what is read above. */
  readonly h: Matrix;
  /** B×H: the state after the last step. */
  readonly hLast: Matrix;
  /** R×H. */
  readonly drop: Matrix | undefined;
  readonly tape: Tape;
}

/** `layer`: its number from 0, of which h_0 is taken. */
export function recurrentForward(
  kernels: Kernels,
  { activation, truncation }: Network,
  parameters: ByDirection<RecurrentParameters<Matrix>>,
  { x, Wx }: LayerInput,
  { mask, h0, zeros }: ForwardBatch<Matrix>,
  layer: number,
  drops: ByDirection<Matrix> | undefined,
): ByDirection<RecurrentStates> {
  return mapDirections(parameters, ({ U, W, b }, direction, index) => {
    // W x_t + b
    const start = Wx ? kernels.add(Wx[index], b) : b;
    const p = x.reduce((sum, input, n) => kernels.affine(input, W[n], sum), start);
    // s_t = U h_{t-1} + W x_t + b, h_t = f(s_t)
    const before = direction === 'rightToLeft' && zeros ? zeros : h0[layer];
    const options = { activation, direction, truncation };
    const { h, hLast, tape } = kernels.recur(p, U, before, mask, options);
    const drop = drops?.[direction];
    return { x, p, h: drop ? kernels.multiply(h, drop) : h, hLast, drop, tape };
  });
}

export interface RecurrentGradients {
  readonly gradients: ByDirection<RecurrentParameters<Matrix>>;
  /** δ_t, R×H, by direction. */
  readonly deltas: readonly Matrix[];
  /** ∂E/∂x_t of each input, of its shape. */
  readonly dx: readonly Matrix[];
}

/**
 * The way back, from ∂E/∂h_t (`dh`, R×H by direction):
 *
 *     δ_T = ∂E/∂h_T ∘ f′(s_T)          δ_t = (∂E/∂h_t + Uᵀ δ_{t+1}) ∘ f′(s_t)
 *     ∂E/∂U = Σ_t δ_t ⊗ h_{t-1}        ∂E/∂W = Σ_t δ_t ⊗ x_t        ∂E/∂b = Σ_t δ_t
 *     ∂E/∂x_t = Wᵀ δ_t, summed over the directions
 *
 * δ_t is ∂E/∂s_t: the derivation's δ_k summed over the errors of all later steps, so that one sweep is
 * enough. ∂E/∂h_t of the last layer is Vᵀ(ŷ_t − y_t); of a layer below it is ∂E/∂x_t of the one above.
 */
export function recurrentBackward(
  kernels: Kernels,
  parameters: ByDirection<RecurrentParameters<Matrix>>,
  states: ByDirection<RecurrentStates>,
  dh: readonly Matrix[],
): RecurrentGradients {
  const deltas = listDirections(states).map(({ drop, tape }, index) =>
    kernels.recurBackward(drop ? kernels.multiply(dh[index], drop) : dh[index], tape),
  );
  const gradients = mapDirections(states, ({ x, tape }, _, index) => ({
    U: kernels.outerSum(deltas[index], kernels.previous(tape)),
    b: kernels.columnSums(deltas[index]),
    W: x.map((input) => kernels.outerSum(deltas[index], input)),
  }));
  const byDirection = listDirections(parameters).map(({ W }, index) =>
    W.map((matrix) => kernels.product(deltas[index], matrix)),
  );
  const dx = byDirection.reduce((sum, part) => sum.map((matrix, index) => kernels.add(matrix, part[index])));
  return { gradients, deltas, dx };
}
