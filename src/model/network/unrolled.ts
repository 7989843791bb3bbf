/**
 * The network unrolled over one sentence: all that the derivation has a symbol for, step by step.
 *
 *     s_t = U h_{t−1} + W x_t + b      h_t = f(s_t)      z_t = V h_t + c
 *     δ_t = Vᵀ(ŷ_t − y_t) ∘ f′(s_t)    δ_k = Uᵀ δ_{k+1} ∘ f′(s_k)      ‖δ_k‖ ≤ γ^{t−k} ‖δ_t‖
 *
 * δ is that of the error at one step t. As in `gradientFlow.ts` it goes straight down through the layers at t
 * and from there back through time in each layer and direction by itself, and right to left, back means to the
 * tokens after t. `wholeNorms` has every way besides. Nothing is dropped, neither units nor (truncated BPTT) Uᵀδ.
 */
import { activations } from '../../kernels/activation';
import type { Device } from '../../kernels/device';
import type { Direction, Kernels, Matrix, MatrixData, Shape } from '../../kernels/kernels';
import { ChainMarginals } from '../decoding/marginals';
import { MatrixScores } from '../decoding/transitionScores';
import { listDirections, mapDirections, tablesOf, withoutTables } from '../parameters';
import type { ByDirection, NetworkParameters, RecurrentParameters } from '../parameters';
import type { Network } from '../sizes';
import { flowShapes, saturationOf, wholeNetwork } from './gradientFlow';
import type { FlowBatch } from './gradientFlow';
import { networkForward, networkLoss } from './network';
import { outputBackward } from './output';
import { weightShapes } from './programShapes';
import { recurrentBackward } from './recurrent';
import { spectralNorm } from './spectralNorm';

/** Of one layer and direction. */
export interface UnrolledSweep {
  /** From 1. */
  readonly layer: number;
  readonly direction: Direction;
  /** T×H: s_t, h_t and δ_t. */
  readonly s: MatrixData;
  readonly h: MatrixData;
  readonly delta: MatrixData;
  /** T: ‖U h_{t−1}‖ and ‖W x_t‖, the two sums that with b make s_t. */
  readonly recurrentNorms: Float64Array<ArrayBuffer>;
  readonly inputNorms: Float64Array<ArrayBuffer>;
  /** ‖b‖ and ‖U‖₂. */
  readonly biasNorm: number;
  readonly spectralNorm: number;
  /** γ = ‖U‖₂ · max f′. */
  readonly bound: number;
  /** By distance from t, 0 first, as far as the sentence goes: ‖δ_k‖. */
  readonly norms: readonly number[];
  /**
   * T: ‖∂E_t/∂s_k‖ over every way from s_k to E_t, also those that change layers between the two. In the top
   * layer as ‖δ_k‖.
   */
  readonly wholeNorms: Float64Array<ArrayBuffer>;
  /** T: how many of the H units are saturated. */
  readonly saturated: Int32Array<ArrayBuffer>;
}

export interface UnrolledNetwork {
  /** T×E: x_t, the sum of the rows of a token's features. Empty with one-hot input. */
  readonly x: MatrixData;
  /** From the lowest layer up, left to right first. */
  readonly sweeps: readonly UnrolledSweep[];
  /** T×L. */
  readonly z: MatrixData;
  /** T×L: ŷ_t = softmax(z_t), or with a CRF its marginals, as training has them: without a temperature. */
  readonly yHat: MatrixData;
  /** L: ŷ_t − y_t of the step with the error. */
  readonly residual: MatrixData;
}

/** A sentence as the input table's rows, and its error. */
export interface UnrolledSentence {
  /** T + 1: where the rows of each token begin in `ids`. */
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  /** t, from 0. */
  readonly at: number;
  /** The number of the label y_t. */
  readonly label: number;
}

type SweepMatrix = 's' | 'p' | 'h' | 'delta' | 'whole';

/** By layer, from the lowest, and direction. */
interface UnrolledResults<M> {
  readonly layers: readonly ByDirection<{
    readonly s: M;
    readonly p: M;
    readonly h: M;
    readonly delta: M;
    readonly whole: M;
  }>[];
  readonly z: M;
  readonly residual: M;
}

interface UnrolledInputs<M> {
  readonly weights: NetworkParameters<M>;
  readonly sums: readonly M[];
  readonly batch: FlowBatch<M>;
}

/**
 * Computes it on a device.
 * @param parameters in the device's memory; read when it runs.
 */
export async function unrollNetwork(
  device: Device,
  parameters: NetworkParameters<MatrixData>,
  network: Network,
  sentence: UnrolledSentence,
): Promise<UnrolledNetwork> {
  const T = sentence.starts.length - 1;
  const { E, H, L } = network;
  const width = E > 0 ? E : H;
  const batch = flowShapes(network, T, 1);
  const tables = tablesOf(parameters);
  const shapes: UnrolledInputs<Shape> = {
    weights: weightShapes(network),
    sums: tables.map(() => ({ rows: T, columns: width })),
    batch,
  };
  const filled = (shape: Shape, value: number): MatrixData =>
    new Float64Array(shape.rows * shape.columns).fill(value);
  const one = filled(batch.at, 0);
  one[sentence.at] = 1;
  const sums = tables.map((table) => sumsOf(table, width, sentence));
  const plan = await device.compile((kernels, inputs) => unroll(kernels, network, inputs), shapes);
  try {
    const { layers, z, residual } = await plan.run({
      weights: withoutTables(parameters),
      sums,
      batch: {
        mask: filled(batch.mask, 1),
        h0: batch.h0.map((shape) => filled(shape, 0)),
        ...(batch.zeros && { zeros: filled(batch.zeros, 0) }),
        y: filled(batch.y, sentence.label),
        drops: {},
        at: one,
      },
    });
    const yHat = parameters.A ? marginalsOf(z, parameters.A, L) : softmaxOf(z, L);
    return {
      x: E > 0 ? Float64Array.from(sums[0]) : new Float64Array(0),
      sweeps: layers.flatMap((directions, below) =>
        listDirections(
          mapDirections(directions, (result, direction, index) =>
            sweepOf(
              result,
              listDirections(parameters.layers[below])[index],
              { layer: below + 1, direction },
              network,
              sentence.at,
            ),
          ),
        ),
      ),
      z: Float64Array.from(z),
      yHat,
      residual: Float64Array.from(residual.subarray(sentence.at * L, (sentence.at + 1) * L)),
    };
  } finally {
    plan.dispose();
  }
}

/** A CRF's marginals, T×L: in float64 they are exact where they are next to 0, too. */
function marginalsOf(z: MatrixData, A: MatrixData, L: number): Float64Array<ArrayBuffer> {
  const chain = new ChainMarginals(new MatrixScores(L, A));
  const yHat = new Float64Array(z.length);
  chain.take(z, 0, z.length / L);
  chain.marginals(yHat, 0);
  return yHat;
}

/** softmax(z_t) of each row. From z it is exact where it is next to 0, too, whose log E_t takes. */
function softmaxOf(z: MatrixData, L: number): Float64Array<ArrayBuffer> {
  const yHat = Float64Array.from(z);
  for (let from = 0; from < yHat.length; from += L) {
    const row = yHat.subarray(from, from + L);
    const largest = row.reduce((most, value) => Math.max(most, value));
    const total = row.reduce((sum, value) => sum + Math.exp(value - largest), 0);
    row.forEach((value, l) => (row[l] = Math.exp(value - largest) / total));
  }
  return yHat;
}

/** As `flowProgram`, which keeps no more of it than the norms. */
function unroll(
  kernels: Kernels,
  network: Network,
  { weights, sums, batch }: UnrolledInputs<Matrix>,
): UnrolledResults<Matrix> {
  const states = networkForward(kernels, wholeNetwork(network), weights, sums, batch);
  // ŷ − y of all steps
  const residual = networkLoss(kernels, weights, states.z, batch).dz;
  // Vᵀ(ŷ_t − y_t), of t alone
  let { dh } = outputBackward(kernels, weights, states.h, kernels.multiply(residual, batch.at));
  // ∂E_t/∂h_k of all k, where layers are changed on the way
  let dhWhole = dh;
  const layers: ByDirection<Record<SweepMatrix, Matrix>>[] = [];
  for (let n = weights.layers.length - 1; n >= 0; n--) {
    const parameters = listDirections(weights.layers[n]);
    const { deltas, dx } = recurrentBackward(kernels, weights.layers[n], states.layers[n], dh);
    const whole =
      dhWhole === dh
        ? { deltas, dx }
        : recurrentBackward(kernels, weights.layers[n], states.layers[n], dhWhole);
    layers[n] = mapDirections(states.layers[n], ({ p, h, tape }, _, index) => ({
      // s_t = U h_{t−1} + (W x_t + b)
      s: kernels.affine(kernels.previous(tape), parameters[index].U, p),
      p,
      h,
      delta: deltas[index],
      whole: whole.deltas[index],
    }));
    dhWhole = whole.dx;
    // Wᵀδ_t, of t alone
    dh = dx.map((matrix) => kernels.multiply(matrix, batch.at));
  }
  return { layers, z: states.z, residual };
}

/** T×width: for each token the sum of its rows of a table. */
function sumsOf(table: MatrixData, width: number, { starts, ids }: UnrolledSentence): MatrixData {
  const sums = new Float64Array((starts.length - 1) * width);
  for (let t = 0; t + 1 < starts.length; t++)
    for (let n = starts[t]; n < starts[t + 1]; n++)
      for (let i = 0; i < width; i++) sums[t * width + i] += table[ids[n] * width + i];
  return sums;
}

function sweepOf(
  result: Record<SweepMatrix, MatrixData>,
  { U, b }: RecurrentParameters<MatrixData>,
  { layer, direction }: Pick<UnrolledSweep, 'layer' | 'direction'>,
  { activation, H }: Network,
  at: number,
): UnrolledSweep {
  const [s, p, h, delta, whole] = [result.s, result.p, result.h, result.delta, result.whole].map((matrix) =>
    Float64Array.from(matrix),
  );
  const T = h.length / H;
  const normsOf = (value: (i: number, unit: number) => number): Float64Array<ArrayBuffer> =>
    Float64Array.from({ length: T }, (_, t) => {
      let sum = 0;
      for (let unit = 0; unit < H; unit++) sum += value(t * H + unit, unit) ** 2;
      return Math.sqrt(sum);
    });
  const deltaNorms = normsOf((i) => delta[i]);
  const back = direction === 'leftToRight' ? -1 : 1;
  const norms: number[] = [];
  for (let k = at; k >= 0 && k < T; k += back) norms.push(deltaNorms[k]);
  const isSaturated = saturationOf(activation);
  const norm = spectralNorm(U, H);
  return {
    layer,
    direction,
    s,
    h,
    delta,
    recurrentNorms: normsOf((i) => s[i] - p[i]),
    inputNorms: normsOf((i, unit) => p[i] - b[unit]),
    biasNorm: Math.hypot(...b),
    spectralNorm: norm,
    bound: norm * activations[activation].largestDerivative,
    norms,
    wholeNorms: normsOf((i) => whole[i]),
    saturated: Int32Array.from({ length: T }, (_, t) =>
      h.subarray(t * H, (t + 1) * H).reduce((count, value) => count + (isSaturated(value) ? 1 : 0), 0),
    ),
  };
}
