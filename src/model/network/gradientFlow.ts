/**
 * How the gradient flows through time: the derivation's section six.
 *
 *     δ_k = ∏ diag(f′(s_i)) Uᵀ · δ_t, over i = k, …, t − 1        ‖δ_k‖ ≤ γ^{t−k} ‖δ_t‖, with γ = ‖U‖₂ · max
 *     f′
 *
 * Training's δ is summed over the errors of all steps, which does not show it. Here the error is that of one
 * step t of each sentence. It goes straight down through the layers at t, and from there back through time in
 * each layer and direction by itself: so each one's δ_k is this product, and γ bounds it, in a network of
 * several layers too. From right to left, back means to the tokens after t. Nothing is dropped, neither units
 * nor (truncated BPTT) Uᵀδ.
 */
import { activations } from '../../kernels/activation';
import type { Activation } from '../../kernels/activation';
import type { Direction, Matrix, MatrixData, Shape } from '../../kernels/kernels';
import type { SessionProgram } from '../../kernels/session';
import { listDirections, mapDirections } from '../parameters';
import type { ByDirection, NetworkParameters } from '../parameters';
import type { Network } from '../sizes';
import { networkForward, networkLoss } from './network';
import { outputBackward } from './output';
import { trainingShapes } from './programShapes';
import type { TrainingBatch } from './programShapes';
import { recurrentBackward } from './recurrent';
import { spectralNorm } from './spectralNorm';

/** Distances from 0 to one below this. */
const distances = 32;

/**
 * A unit is saturated where f′ is below this share of its largest value: tanh |h| > 0.975, sigmoid h < 0.013
 * or > 0.987, ReLU h = 0.
 */
const saturatedBelow = 0.05;

/** An error whose δ_t is smaller says nothing: what is left of it is lost to float32 after some steps. */
const leastNorm = 1e-20;

/** Of one layer and direction. Figures have three significant digits. */
export interface SweepFlow {
  /** From 1. */
  readonly layer: number;
  readonly direction: Direction;
  /**
   * By distance from t, 0 first: ‖δ_k‖ / ‖δ_t‖, the mean over the sentences, as far as half of them reach and
   * at most to 31. Empty where no sentence has an error.
   */
  readonly norms: readonly number[];
  /** γ. */
  readonly bound: number;
  /** The share of units, over all tokens, that are saturated. */
  readonly saturated: number;
}

/** What the program takes of a shard, its dropout masks left out. */
export interface FlowBatch<M> extends TrainingBatch<M> {
  /** R×1: 1 in each sentence's row t, else 0. */
  readonly at: M;
}

/** By layer, from the lowest, and direction. */
export type FlowResults<M> = readonly ByDirection<{
  /** R×1: ‖δ_k‖. */
  readonly norms: M;
  /** R×H: h_k. */
  readonly h: M;
}>[];

export type FlowProgram = SessionProgram<NetworkParameters<Matrix>, FlowBatch<Matrix>, FlowResults<Matrix>>;

/** The network without all that training leaves out at random or for speed. */
export const wholeNetwork = (network: Network): Network => ({
  ...network,
  truncation: 0,
  dropsInput: false,
  dropsStates: false,
});

export function flowProgram(network: Network): FlowProgram {
  return (kernels, { weights, sums, batch }) => {
    const states = networkForward(kernels, wholeNetwork(network), weights, sums, batch);
    // ŷ_t − y_t, of t alone
    const dz = kernels.multiply(networkLoss(kernels, weights, states.z, batch).dz, batch.at);
    // Vᵀ(ŷ_t − y_t)
    let { dh } = outputBackward(kernels, weights, states.h, dz);
    const results: ByDirection<{ norms: Matrix; h: Matrix }>[] = [];
    for (let n = weights.layers.length - 1; n >= 0; n--) {
      // δ_k = Uᵀ δ_{k+1} ∘ f′(s_k)
      const { deltas, dx } = recurrentBackward(kernels, weights.layers[n], states.layers[n], dh);
      results[n] = mapDirections(states.layers[n], ({ h }, _, index) => ({
        norms: kernels.rowNorms(deltas[index]),
        h,
      }));
      // Wᵀδ_t, of t alone
      dh = dx.map((matrix) => kernels.multiply(matrix, batch.at));
    }
    return { results };
  };
}

export function flowShapes(network: Network, T: number, B: number): FlowBatch<Shape> {
  return { ...trainingShapes(wholeNetwork(network), T, B), at: { rows: T * B, columns: 1 } };
}

/** Where the errors are, in B sentences side by side. */
export interface FlowSentences {
  /** By sentence: its tokens; 0 where there is none. */
  readonly lengths: Int32Array;
  /** By sentence: t, from 0. */
  readonly at: Int32Array;
}

/** Puts an error at t of each sentence. */
export function fillErrors(mask: MatrixData, { lengths, at }: FlowSentences): void {
  mask.fill(0);
  at.forEach((t, beta) => {
    if (lengths[beta] > 0) mask[t * lengths.length + beta] = 1;
  });
}

/** What the program's results show of each layer and direction, from the lowest layer up. */
export function readFlow(
  results: FlowResults<MatrixData>,
  network: Network,
  { layers }: NetworkParameters<MatrixData>,
  sentences: FlowSentences,
): SweepFlow[] {
  const { largestDerivative } = activations[network.activation];
  return results.flatMap((directions, below) => {
    const parameters = listDirections(layers[below]);
    const flows = mapDirections(directions, ({ norms, h }, direction, index): SweepFlow => ({
      layer: below + 1,
      direction,
      norms: normsByDistance(norms, direction, sentences).map(rounded),
      bound: rounded(spectralNorm(parameters[index].U, network.H) * largestDerivative),
      saturated: rounded(saturation(h, network, sentences)),
    }));
    return listDirections(flows);
  });
}

function normsByDistance(norms: MatrixData, direction: Direction, { lengths, at }: FlowSentences): number[] {
  const B = lengths.length;
  const back = direction === 'leftToRight' ? -1 : 1;
  const starts = Array.from(at, (t, beta) => ({ t, beta, length: lengths[beta] })).filter(
    ({ t, beta, length }) => length > 0 && norms[t * B + beta] >= leastNorm,
  );
  const result: number[] = [];
  for (let distance = 0; distance < distances; distance++) {
    let sum = 0;
    let reach = 0;
    for (const { t, beta, length } of starts) {
      const k = t + back * distance;
      if (k < 0 || k >= length) continue;
      sum += norms[k * B + beta] / norms[t * B + beta];
      reach++;
    }
    if (reach === 0 || reach < starts.length / 2 || !Number.isFinite(sum)) break;
    result.push(sum / reach);
  }
  return result;
}

function saturation(h: MatrixData, { activation, H }: Network, { lengths }: FlowSentences): number {
  const B = lengths.length;
  const isSaturated = saturationOf(activation);
  let saturated = 0;
  let units = 0;
  for (let beta = 0; beta < B; beta++) {
    for (let t = 0; t < lengths[beta]; t++) {
      const from = (t * B + beta) * H;
      for (let i = from; i < from + H; i++) if (isSaturated(h[i])) saturated++;
      units += H;
    }
  }
  return units > 0 ? saturated / units : 0;
}

/** Whether a unit with the state h is saturated: see {@link SweepFlow.saturated}. */
export function saturationOf(activation: Activation): (h: number) => boolean {
  const { derivative, largestDerivative } = activations[activation];
  const least = saturatedBelow * largestDerivative;
  return (h) => derivative(h) < least;
}

/** To three significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
