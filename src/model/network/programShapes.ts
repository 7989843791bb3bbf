/** What the network's programs take and give, for T steps of B sentences: R = T·B rows. */
import type { Shape } from '../../kernels/kernels';
import { parameterShapes, withoutTables } from '../parameters';
import type { ByDirection, NetworkParameters } from '../parameters';
import type { Network } from '../sizes';

/** What the forward program takes of a shard of a sweep, besides the weights and the tables' sums. */
export interface ForwardBatch<M> {
  /** R×1: 1 where there is a token, 0 where there is padding. */
  readonly mask: M;
  /** B×H for each layer: h_0 from left to right, which a long sentence carries from window to window. */
  readonly h0: readonly M[];
  /** B×H: h_0 from right to left. */
  readonly zeros?: M;
}

/** What the forward program gives. */
export interface ForwardResults<M> {
  /** R×L: ŷ_t, or with a CRF z_t, which the host decodes. */
  readonly yHat: M;
  /** B×H by layer, left to right: the states after the last step, h_0 of the sentences' next window. */
  readonly hLast: readonly M[];
}

/** What the training program takes. */
export interface TrainingBatch<M> extends ForwardBatch<M> {
  /** R×1: the numbers of the labels. */
  readonly y: M;
  readonly drops: DropoutMasks<M>;
}

/** What the training program gives besides gradients. */
export interface TrainingResults<M> {
  /** R×1: E_t. */
  readonly loss: M;
  readonly hLast: readonly M[];
}

/** Of 0 and 1/(1 − p), where the network drops anything. */
export interface DropoutMasks<M> {
  /** R×E. */
  readonly e?: M;
  /** R×H by layer. */
  readonly h?: readonly ByDirection<M>[];
}

/** The shapes of the weights: all parameters but the tables. */
export function weightShapes(network: Network): NetworkParameters<Shape> {
  return withoutTables(parameterShapes({ ...network, K: 1 }));
}

export function forwardShapes({ layers, directions, H }: Network, T: number, B: number): ForwardBatch<Shape> {
  const state = { rows: B, columns: H };
  return {
    mask: { rows: T * B, columns: 1 },
    h0: Array.from({ length: layers }, () => state),
    ...(directions.includes('rightToLeft') && { zeros: state }),
  };
}

export function trainingShapes(network: Network, T: number, B: number): TrainingBatch<Shape> {
  return {
    ...forwardShapes(network, T, B),
    y: { rows: T * B, columns: 1 },
    drops: dropoutShapes(network, T * B),
  };
}

function dropoutShapes(
  { E, H, layers, directions, dropsInput, dropsStates }: Network,
  R: number,
): DropoutMasks<Shape> {
  const states = { rows: R, columns: H };
  return {
    ...(dropsInput && E > 0 && { e: { rows: R, columns: E } }),
    ...(dropsStates && {
      h: Array.from({ length: layers }, () => ({
        leftToRight: states,
        ...(directions.includes('rightToLeft') && { rightToLeft: states }),
      })),
    }),
  };
}
