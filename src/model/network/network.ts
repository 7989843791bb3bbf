/**
 * The recurrent network, forward and back, in the symbols and the order of the derivation (BPTT through a
 * recurrent network with a softmax at each step): its input, its hidden layers and its output put together.
 * R = T·B rows, K features, E numbers to the row of a feature, H hidden units, L labels.
 */
import type { Kernels, Matrix } from '../../kernels/kernels';
import type { SessionProgram } from '../../kernels/session';
import { listDirections } from '../parameters';
import type { ByDirection, NetworkParameters } from '../parameters';
import type { Network } from '../sizes';
import { chainLoss } from './crf';
import { inputBackward, inputForward } from './input';
import { outputBackward, outputForward, softmaxLoss } from './output';
import type { Loss } from './output';
import type {
  DropoutMasks,
  ForwardBatch,
  ForwardResults,
  TrainingBatch,
  TrainingResults,
} from './programShapes';
import { recurrentBackward, recurrentForward } from './recurrent';
import type { LayerInput, RecurrentGradients, RecurrentStates } from './recurrent';

type Weights = NetworkParameters<Matrix>;

export interface NetworkStates {
  /** From the lowest layer. */
  readonly layers: readonly ByDirection<RecurrentStates>[];
  /** h_t of the last layer, R×H by direction. */
  readonly h: readonly Matrix[];
  /** R×L. */
  readonly z: Matrix;
}

/** From the tables' sums to z_t. */
export function networkForward(
  kernels: Kernels,
  network: Network,
  weights: Weights,
  sums: readonly Matrix[],
  batch: ForwardBatch<Matrix>,
  drops: DropoutMasks<Matrix> = {},
): NetworkStates {
  const layers: ByDirection<RecurrentStates>[] = [];
  let input: LayerInput = inputForward(kernels, network, sums, drops.e);
  for (const [n, layer] of weights.layers.entries()) {
    layers[n] = recurrentForward(kernels, network, layer, input, batch, n, drops.h?.[n]);
    input = { x: listDirections(layers[n]).map(({ h }) => h) };
  }
  return { layers, h: input.x, z: outputForward(kernels, weights, input.x) };
}

/** E_t and ∂E/∂z_t, and with a CRF ∂E/∂A. */
export function networkLoss(
  kernels: Kernels,
  { A }: Weights,
  z: Matrix,
  { y, mask, h0 }: TrainingBatch<Matrix>,
): Loss {
  return A ? chainLoss(kernels, z, y, mask, A, h0[0].rows) : softmaxLoss(kernels, z, y, mask);
}

const lastStates = ({ layers }: NetworkStates): Matrix[] =>
  layers.map(({ leftToRight }) => leftToRight.hLast);

export type ForwardProgram = SessionProgram<Weights, ForwardBatch<Matrix>, ForwardResults<Matrix>>;

export function forwardProgram(network: Network): ForwardProgram {
  return (kernels, { weights, sums, batch }) => {
    const states = networkForward(kernels, network, weights, sums, batch);
    const yHat = network.transitions ? states.z : kernels.softmax(states.z);
    return { results: { yHat, hLast: lastStates(states) } };
  };
}

export type TrainingProgram = SessionProgram<Weights, TrainingBatch<Matrix>, TrainingResults<Matrix>>;

/** Gives E_t, and the gradients of E, the sum over all rows. */
export function trainingProgram(network: Network): TrainingProgram {
  return (kernels, { weights, sums, batch }) => {
    const states = networkForward(kernels, network, weights, sums, batch, batch.drops);
    const { loss, dz, dA } = networkLoss(kernels, weights, states.z, batch);
    const output = outputBackward(kernels, weights, states.h, dz);
    const layers: RecurrentGradients[] = [];
    let dh = output.dh;
    for (let n = weights.layers.length - 1; n >= 0; n--) {
      layers[n] = recurrentBackward(kernels, weights.layers[n], states.layers[n], dh);
      dh = layers[n].dx;
    }
    const gradients = {
      weights: { A: dA, ...output.gradients, layers: layers.map((layer) => layer.gradients) },
      sums: inputBackward(kernels, network, layers[0], batch.drops.e),
    };
    return { gradients, results: { loss, hLast: lastStates(states) } };
  };
}
