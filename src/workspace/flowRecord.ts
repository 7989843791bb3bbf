import type { GradientFlow } from '../run/epochRecord';

/** Whether what a history on disk says of an epoch's gradient can be shown. */
export function isGradientFlow(value: unknown): value is GradientFlow {
  const { gradientNorm, sweeps } = fieldsOf(value);
  const { mean, largest } = fieldsOf(gradientNorm);
  return isNumber(mean) && isNumber(largest) && Array.isArray(sweeps) && sweeps.every(isSweep);
}

function isSweep(value: unknown): boolean {
  const { layer, direction, norms, bound, saturated } = fieldsOf(value);
  const named = Number.isInteger(layer) && (direction === 'leftToRight' || direction === 'rightToLeft');
  return named && Array.isArray(norms) && norms.every(isNumber) && isNumber(bound) && isNumber(saturated);
}

/** A number from 0: all that is told of a gradient are. */
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
