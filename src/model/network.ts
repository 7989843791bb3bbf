/**
 * The recurrent network, forward and back, in the symbols and the order of the derivation (BPTT through a
 * recurrent network with a softmax at each step). Rows of a matrix are tokens, so that W x_t of all t is one
 * matrix, and so on:
 *
 *     s_t = U h_{t-1} + W x_t + b      h_t = f(s_t)      z_t = V h_t + c      ŷ_t = softmax(z_t)
 *     E_t = −y_tᵀ log ŷ_t              E = Σ_t E_t
 *
 * Of several layers, h_t of one is x_t of the next. Each layer may go through the sentence in both
 * directions, with U, W, b of their own; then each W x_t, and V h_t, is a sum over the directions below. R =
 * T·B rows, K features, E numbers to the row of a feature, H hidden units, L labels.
 *
 * The input is multi-hot: e_t, the sum of the rows of a token's features in a table, is x_t of the first
 * layer. With one-hot input, exactly the derivation, W x_t is a column of W. Either is looked up on the host
 * or by the device, before the program.
 */
import type { Activation, Direction, Kernels, Matrix, Program, Shape, Tape } from '../kernels/kernels';
import { arrow, denseShapes, tablesOf } from './parameters';
import type { Sizes } from './parameters';

/** What fixes a network's programs, besides the number of features. */
export interface Network extends Omit<Sizes, 'K'> {
  readonly activation: Activation;
  /** τ: the backward sweep drops Uᵀδ at every τ-th step (truncated BPTT); 0: nowhere. */
  readonly truncation: number;
  /** Whether training drops entries of e_t, and of h_t. */
  readonly dropsInput: boolean;
  readonly dropsStates: boolean;
}

/** A hidden layer's states in one direction, as the layer above sees them. */
export interface States {
  readonly direction: Direction;
  /** R×H, h ∘ its dropout where there is one. */
  readonly x: Matrix;
  readonly hLast: Matrix;
  readonly tape: Tape;
}

export interface Forward {
  /** e_t with its dropout, R×E; undefined for one-hot input. */
  readonly e: Matrix | undefined;
  /** By layer, from the lowest. */
  readonly layers: readonly (readonly States[])[];
  /** z_t, R×L. */
  readonly z: Matrix;
}

export type Inputs = Readonly<Record<string, Matrix>>;

/** Names of a layer's dropout masks, R×H of 0 and 1/(1 − p), and of that of e_t, R×E. */
const dropName = (layer: number, direction: Direction): string => `drop${layer}${arrow[direction]}`;

/** From the input's sums to z_t, with every layer's states; dropout in training only. */
export function forward(kernels: Kernels, inputs: Inputs, network: Network, training: boolean): Forward {
  const { layers, directions, E, activation, truncation } = network;
  const e =
    E === 0
      ? undefined
      : training && network.dropsInput
        ? kernels.multiply(inputs.e, inputs.dropE)
        : inputs.e;
  const all: States[][] = [];
  for (let layer = 1; layer <= layers; layer++) {
    const below = all.at(-1);
    const states = directions.map((direction): States => {
      const name = `${layer}${arrow[direction]}`;
      const b = inputs[`b${name}`];
      // W x_t + b
      const p = below
        ? below.reduce(
            (sum, { direction: from, x }) => kernels.affine(x, inputs[`W${name}${arrow[from]}`], sum),
            b,
          )
        : e
          ? kernels.affine(e, inputs[`W${name}`], b)
          : kernels.add(inputs[`Wx${arrow[direction]}`], b);
      // s_t = U h_{t-1} + W x_t + b, h_t = f(s_t)
      const h0 = direction === 'leftToRight' ? inputs[`h0.${layer}`] : inputs.zeros;
      const { h, hLast, tape } = kernels.recur(p, inputs[`U${name}`], h0, inputs.mask, {
        activation,
        direction,
        truncation,
      });
      return {
        direction,
        x: training && network.dropsStates ? kernels.multiply(h, inputs[dropName(layer, direction)]) : h,
        hLast,
        tape,
      };
    });
    all.push(states);
  }
  // z_t = V h_t + c
  const z = all[layers - 1].reduce(
    (sum, { direction, x }) => kernels.affine(x, inputs[`V${arrow[direction]}`], sum),
    inputs.c,
  );
  return { e, layers: all, z };
}

/**
 * hLast.1, … B×H: the states after the last step of each layer, left to right: h0.1, … of the sentence's next
 * window.
 */
function lastStates({ layers }: Forward): Record<string, Matrix> {
  const last: Record<string, Matrix> = {};
  layers.forEach((states, index) => {
    for (const { direction, hLast } of states)
      if (direction === 'leftToRight') last[`hLast.${index + 1}`] = hLast;
  });
  return last;
}

/**
 * From the input's sums to ŷ_t (or with a CRF to z_t, which the host decodes). Gives yHat R×L and {@link
 * lastStates}.
 */
export function forwardProgram(network: Network): Program<string, string> {
  return (kernels, inputs) => {
    const swept = forward(kernels, inputs, network, false);
    // ŷ_t = softmax(z_t)
    return { yHat: network.transitions ? swept.z : kernels.softmax(swept.z), ...lastStates(swept) };
  };
}

/**
 * From the input's sums and y_t to the gradients of E, summed over all rows:
 *
 *     ∂E/∂z_t = ŷ_t − y_t              ∂E/∂V = Σ_t (ŷ_t − y_t) ⊗ h_t      ∂E/∂c = Σ_t (ŷ_t − y_t)
 *     δ_T = Vᵀ(ŷ_T − y_T) ∘ f′(s_T)    δ_t = (Vᵀ(ŷ_t − y_t) + Uᵀ δ_{t+1}) ∘ f′(s_t)
 *     ∂E/∂U = Σ_t δ_t ⊗ h_{t-1}        ∂E/∂b = Σ_t δ_t                    ∂E/∂W = Σ_t δ_t ⊗ x_t
 *
 * δ_t is ∂E/∂s_t: the derivation's δ_k summed over the errors of all later steps, so that one sweep is
 * enough. In a layer below, Wᵀδ_t of the layer above, summed over its directions, takes the place of Vᵀ(ŷ_t −
 * y_t).
 *
 * Gives `d` + the name of each parameter that is no table, of its shape; the gradients of the sums that the
 * tables gave, `de` (R×E), or with one-hot input `dWx>` and `dWx<` (R×H, δ_t, which δ_t ⊗ x_t adds to the
 * column of the token's word); loss R×1 (E_t); and {@link lastStates}.
 */
export function trainingProgram(network: Network): Program<string, string> {
  return (kernels, inputs) => {
    const swept = forward(kernels, inputs, network, true);
    const out: Record<string, Matrix> = {};
    const dz = errors(kernels, swept.z, inputs, out);
    // ∂E/∂c = Σ_t (ŷ_t − y_t)
    out.dc = kernels.columnSums(dz);
    const top = swept.layers[network.layers - 1];
    // ∂E/∂V = Σ_t (ŷ_t − y_t) ⊗ h_t
    for (const { direction, x } of top) out[`dV${arrow[direction]}`] = kernels.outerSum(dz, x);
    // Vᵀ(ŷ_t − y_t)
    let dx = top.map(({ direction }) => kernels.product(dz, inputs[`V${arrow[direction]}`]));
    for (let layer = network.layers; layer >= 1; layer--)
      dx = layerBackward(kernels, inputs, network, swept, layer, dx, out);
    return { ...out, ...lastStates(swept) };
  };
}

/** ∂E/∂z_t and, in `out`, the losses; with a CRF also ∂E/∂A. */
export function errors(kernels: Kernels, z: Matrix, inputs: Inputs, out: Record<string, Matrix>): Matrix {
  if (inputs.A) {
    // E = −log p(y|z), p(y|z) ∝ exp Σ_t z_t(y_t) + A(y_{t−1}, y_t)
    const { dz, dA, loss } = kernels.crf(z, inputs.y, inputs.mask, inputs.A, inputs['h0.1'].rows);
    out.dA = dA;
    out.loss = loss;
    return dz;
  }
  // ŷ_t = softmax(z_t), E_t = −y_tᵀ log ŷ_t, ∂E/∂z_t = ŷ_t − y_t
  const { dz, loss } = kernels.softmaxCrossEntropy(z, inputs.y, inputs.mask);
  out.loss = loss;
  return dz;
}

/**
 * One layer back: from ∂E/∂x of the layer above (as it sees this layer's states, by direction) to that of the
 * layer below; of the first layer nothing is below. The gradients of its parameters, and of the input's sums,
 * go to `out`.
 */
function layerBackward(
  kernels: Kernels,
  inputs: Inputs,
  network: Network,
  swept: Forward,
  layer: number,
  dx: readonly Matrix[],
  out: Record<string, Matrix>,
): Matrix[] {
  const states = swept.layers[layer - 1];
  const below = swept.layers[layer - 2];
  const deltas = states.map(({ direction, tape }, index) => {
    const name = `${layer}${arrow[direction]}`;
    const dh = network.dropsStates
      ? kernels.multiply(dx[index], inputs[dropName(layer, direction)])
      : dx[index];
    // δ_t = (Vᵀ(ŷ_t − y_t) + Uᵀ δ_{t+1}) ∘ f′(s_t)
    const delta = kernels.recurBackward(dh, tape);
    // ∂E/∂U = Σ_t δ_t ⊗ h_{t-1}
    out[`dU${name}`] = kernels.outerSum(delta, kernels.previous(tape));
    // ∂E/∂b = Σ_t δ_t
    out[`db${name}`] = kernels.columnSums(delta);
    // ∂E/∂W = Σ_t δ_t ⊗ x_t
    if (below)
      for (const { direction: from, x } of below) out[`dW${name}${arrow[from]}`] = kernels.outerSum(delta, x);
    else if (swept.e) out[`dW${name}`] = kernels.outerSum(delta, swept.e);
    else out[`dWx${arrow[direction]}`] = delta;
    return { name, delta };
  });
  // Wᵀδ_t, summed over the directions of this layer
  const down = (from: string): Matrix =>
    deltas
      .map(({ name, delta }) => kernels.product(delta, inputs[`W${name}${from}`]))
      .reduce((sum, part) => kernels.add(sum, part));
  if (below) return below.map(({ direction }) => down(arrow[direction]));
  if (swept.e) out.de = network.dropsInput ? kernels.multiply(down(''), inputs.dropE) : down('');
  return [];
}

/** The dropout masks of a training program: names, columns, and what they drop. */
export function dropoutInputs({
  E,
  H,
  layers,
  directions,
  dropsInput,
  dropsStates,
}: Network): { readonly name: string; readonly columns: number; readonly of: 'input' | 'states' }[] {
  const masks: { name: string; columns: number; of: 'input' | 'states' }[] = [];
  if (dropsInput && E > 0) masks.push({ name: 'dropE', columns: E, of: 'input' });
  if (!dropsStates) return masks;
  for (let layer = 1; layer <= layers; layer++)
    for (const direction of directions)
      masks.push({ name: dropName(layer, direction), columns: H, of: 'states' });
  return masks;
}

/** The shapes of the forward program's inputs for T steps of B sentences. */
export function forwardShapes(network: Network, T: number, B: number): Record<string, Shape> {
  const R = T * B;
  const shapes: Record<string, Shape> = {};
  for (const { input, width } of tablesOf(network)) shapes[input] = { rows: R, columns: width };
  Object.assign(shapes, denseShapes(network));
  delete shapes.A;
  shapes.mask = { rows: R, columns: 1 };
  for (let layer = 1; layer <= network.layers; layer++)
    shapes[`h0.${layer}`] = { rows: B, columns: network.H };
  if (network.directions.includes('rightToLeft')) shapes.zeros = { rows: B, columns: network.H };
  return shapes;
}

/** The shapes of the training program's inputs for T steps of B sentences. */
export function trainingShapes(network: Network, T: number, B: number): Record<string, Shape> {
  const R = T * B;
  const shapes: Record<string, Shape> = { ...forwardShapes(network, T, B), y: { rows: R, columns: 1 } };
  for (const { name, columns } of dropoutInputs(network)) shapes[name] = { rows: R, columns };
  if (network.transitions) shapes.A = denseShapes(network).A;
  return shapes;
}
