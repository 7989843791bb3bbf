/** What formulas say of one layer and direction, in the derivation's symbols. */
import * as l10n from '../../../common/l10n';
import type { UnrolledText, UnrolledTextSweep } from '../../../engine/unrollProtocol';
import type { Direction } from '../../../kernels/kernels';

/** The step that s_t comes from: the one before, or from right to left the one after. */
export const stepBefore = ({ direction }: UnrolledTextSweep): string =>
  direction === 'leftToRight' ? 't−1' : 't+1';

/** C: how many numbers x_t has in the sweep's layer. */
export function inputSize({ layer }: UnrolledTextSweep, { sizes }: UnrolledText): number {
  if (layer > 1) return sizes.directions * sizes.H;
  return sizes.E > 0 ? sizes.E : sizes.K;
}

/** f′ in terms of h. */
export const derivatives: Readonly<Record<UnrolledText['activation'], () => string>> = {
  tanh: () => 'f′(s) = 1 − h ∘ h',
  sigmoid: () => 'f′(s) = h ∘ (1 − h)',
  relu: () => l10n.t('f′(s) = 1 where h > 0, else 0'),
};

/** γ^{t−k}, or from right to left γ^{k−t}. */
export const stepsBack = (direction: Direction): string => (direction === 'leftToRight' ? 't−k' : 'k−t');

/** ‖Σ_k δ_k ⊗ h_{k−1}‖, with h_{k+1} from right to left; what is before the first step read is 0. */
export function recurrentGradientNorm({ delta, h, direction }: UnrolledTextSweep, H: number): number {
  const T = h.length / H;
  const back = direction === 'leftToRight' ? -1 : 1;
  const dot = (matrix: Float32Array, a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < H; i++) sum += matrix[a * H + i] * matrix[b * H + i];
    return sum;
  };
  const steps = Array.from({ length: T }, (_, k) => k).filter(
    (k) => k + back >= 0 && k + back < T && dot(delta, k, k) > 0,
  );
  let square = 0;
  // ‖Σ_k δ_k ⊗ h_{k−1}‖² = Σ_k Σ_l (δ_k · δ_l)(h_{k−1} · h_{l−1})
  for (const k of steps) for (const l of steps) square += dot(delta, k, l) * dot(h, k + back, l + back);
  return Math.sqrt(Math.max(0, square));
}

export const column = (size: number): string => `${size}×1`;

export function normOf(matrix: Float32Array, width: number, t: number): number {
  return Math.hypot(...matrix.subarray(t * width, (t + 1) * width));
}
