import type { Direction } from '../kernels/kernels';
import type { ParameterPlace } from './parameters';

/** From left to right, and from right to left. */
const arrow: Readonly<Record<Direction, '>' | '<'>> = { leftToRight: '>', rightToLeft: '<' };

/**
 * A parameter's name in a model file: the derivation's symbol, the layer, and the direction. U1>, from
 * h_{t-1} to s_t of the first layer, left to right; W2><, to s_t of the second layer, left to right, from h_t
 * of the first, right to left; b1>; V>, from h_t of the last layer to z_t; c; A; table.
 */
export function parameterName({ symbol, layer, direction, from }: ParameterPlace): string {
  return [symbol, layer ?? '', direction ? arrow[direction] : '', from ? arrow[from] : ''].join('');
}
