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
import { activations } from '../kernels/activation';
import type { Direction, Matrix, MatrixData, Program, Shape } from '../kernels/kernels';
import { errors, forward, trainingShapes } from './network';
import type { Network } from './network';
import { arrow } from './parameters';
import type { Parameters } from './parameters';
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

/** The network without all that training leaves out at random or for speed. */
const whole = (network: Network): Network => ({
  ...network,
  truncation: 0,
  dropsInput: false,
  dropsStates: false,
});

const sweepsOf = ({
  layers,
  directions,
}: Network): { readonly layer: number; readonly direction: Direction; readonly name: string }[] =>
  Array.from({ length: layers }, (_, below) =>
    directions.map((direction) => ({ layer: below + 1, direction, name: `${below + 1}${arrow[direction]}` })),
  ).flat();

/**
 * The training program's inputs, its dropout masks left out, and `at` R×1: 1 in each sentence's row t, else
 * 0. Gives for each layer and direction, as `norms1>` R×1 and `h1>` R×H, ‖δ_k‖ and h_k.
 */
export function flowProgram(network: Network): Program<string, string> {
  return (kernels, inputs) => {
    const swept = forward(kernels, inputs, whole(network), false);
    // ŷ_t − y_t, of t alone
    const dz = kernels.multiply(errors(kernels, swept.z, inputs, {}), inputs.at);
    // Vᵀ(ŷ_t − y_t)
    let dh = network.directions.map((direction) => kernels.product(dz, inputs[`V${arrow[direction]}`]));
    const out: Record<string, Matrix> = {};
    for (let layer = network.layers; layer >= 1; layer--) {
      const deltas = swept.layers[layer - 1].map(({ direction, x: h, tape }, index) => {
        const name = `${layer}${arrow[direction]}`;
        // δ_k = Uᵀ δ_{k+1} ∘ f′(s_k)
        const delta = kernels.recurBackward(dh[index], tape);
        out[`norms${name}`] = kernels.rowNorms(delta);
        out[`h${name}`] = h;
        return { name, delta };
      });
      if (layer === 1) break;
      // Wᵀδ_t, of t alone, summed over the directions of this layer
      const down = (from: string): Matrix =>
        deltas
          .map(({ name, delta }) => kernels.product(delta, inputs[`W${name}${from}`]))
          .reduce((sum, part) => kernels.add(sum, part));
      dh = network.directions.map((direction) => kernels.multiply(down(arrow[direction]), inputs.at));
    }
    return out;
  };
}

/** The shapes of its inputs for T steps of B sentences. */
export function flowShapes(network: Network, T: number, B: number): Record<string, Shape> {
  return { ...trainingShapes(whole(network), T, B), at: { rows: T * B, columns: 1 } };
}

/** Where the errors are, in B sentences side by side. */
export interface FlowSentences {
  /** By sentence: its tokens; 0 where there is none. */
  readonly lengths: Int32Array;
  /** By sentence: t, from 0. */
  readonly at: Int32Array;
}

/** What the program's outputs show of each layer and direction, from the lowest layer up. */
export function readFlow(
  outputs: Readonly<Record<string, MatrixData>>,
  network: Network,
  { values }: Parameters,
  sentences: FlowSentences,
): SweepFlow[] {
  const { largestDerivative } = activations[network.activation];
  return sweepsOf(network).map(({ layer, direction, name }) => ({
    layer,
    direction,
    norms: normsByDistance(outputs[`norms${name}`], direction, sentences).map(rounded),
    bound: rounded(spectralNorm(values[`U${name}`], network.H) * largestDerivative),
    saturated: rounded(saturation(outputs[`h${name}`], network, sentences)),
  }));
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
  const { derivative, largestDerivative } = activations[activation];
  const least = saturatedBelow * largestDerivative;
  let saturated = 0;
  let units = 0;
  for (let beta = 0; beta < B; beta++) {
    for (let t = 0; t < lengths[beta]; t++) {
      const from = (t * B + beta) * H;
      for (let i = from; i < from + H; i++) if (derivative(h[i]) < least) saturated++;
      units += H;
    }
  }
  return units > 0 ? saturated / units : 0;
}

/** To three significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
