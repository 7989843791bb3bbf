/** How the flow of the gradient is drawn: its curves, and the powers of ten of its axis. */
import * as l10n from '../common/l10n';
import type { Direction } from '../kernels/kernels';
import type { SweepFlow } from '../model/network/gradientFlow';

/** Below a millionth nothing is left of an error: the axis ends here. */
const least = 1e-6;

/** Layers that are drawn: of more than these the lowest, one in the middle, and the highest. */
const layersDrawn = 3;

const directions: readonly Direction[] = ['leftToRight', 'rightToLeft'];

/**
 * A curve for each layer that is drawn, in each direction; a layer by colour and marker, a direction by the
 * line.
 */
export const flowCurves = Array.from({ length: layersDrawn }, (_, place) =>
  directions.map((direction) => ({ place, direction })),
).flat();

export function sweepTitle({ layer, direction }: Pick<SweepFlow, 'layer' | 'direction'>): string {
  return direction === 'leftToRight'
    ? l10n.t('Layer {0}, left to right', layer)
    : l10n.t('Layer {0}, right to left', layer);
}

/** The layers that are drawn. */
export function layersOf(sweeps: readonly SweepFlow[]): number[] {
  const layers = [...new Set(sweeps.map(({ layer }) => layer))].sort((a, b) => a - b);
  return layers.length <= layersDrawn
    ? layers
    : [layers[0], layers[layers.length >> 1], layers[layers.length - 1]];
}

/** Whole powers of ten around the values, and at least one of them. */
export function powersAround(min: number | null, max: number | null): [number, number] {
  const high = Math.ceil(Math.log10(Math.max(1, max ?? 1)));
  const low = Math.floor(Math.log10(Math.max(least, min ?? 1)));
  return [10 ** Math.min(low, high - 1), 10 ** high];
}

/** Powers of ten for the axis, so few that their figures have room. */
export function powersFrom(min: number, max: number): number[] {
  const [low, high] = [min, max].map((value) => Math.round(Math.log10(value)));
  const step = Math.ceil((high - low) / 6);
  return Array.from(
    { length: Math.floor((high - low) / step) + 1 },
    (_, i) => 10 ** (high - i * step),
  ).reverse();
}

/** "0.01", "1e-6". */
export function formatPower(power: number): string {
  return power < 1e-3 || power >= 1e4 ? power.toExponential(0) : String(power);
}
