/** What formulas say of one layer and direction, in the derivation's symbols. */
import type { UnrolledText, UnrolledTextSweep } from '../../../engine/unrollProtocol';

/** The step that s_t comes from: the one before, or from right to left the one after. */
export const stepBefore = ({ direction }: UnrolledTextSweep): string =>
  direction === 'leftToRight' ? 't−1' : 't+1';

/** C: how many numbers x_t has in the sweep's layer. */
export function inputSize({ layer }: UnrolledTextSweep, { sizes }: UnrolledText): number {
  if (layer > 1) return sizes.directions * sizes.H;
  return sizes.E > 0 ? sizes.E : sizes.K;
}

/** f′ in terms of h. */
export const derivatives: Readonly<Record<UnrolledText['activation'], string>> = {
  tanh: 'f′(s) = 1 − h ∘ h',
  sigmoid: 'f′(s) = h ∘ (1 − h)',
  relu: 'f′(s) = [h > 0]',
};

export const column = (size: number): string => `${size}×1`;

export function normOf(matrix: Float32Array, width: number, t: number): number {
  return Math.hypot(...matrix.subarray(t * width, (t + 1) * width));
}
