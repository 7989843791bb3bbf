/** Gradients against finite differences, in float64. */
import assert from 'node:assert/strict';
import { uniform } from '../../../src/common/random';
import { activations } from '../../../src/kernels/activation';
import type { Activation } from '../../../src/kernels/activation';
import type { MatrixData } from '../../../src/kernels/kernels';
import type { Plan } from '../../../src/kernels/program';
import type { Leaves } from '../../../src/kernels/tree';

/** Largest deviation allowed, relative to the gradient's largest entry. */
const tolerance = 1e-7;
const epsilon = 1e-5;

/** Numbers in [−scale, scale). */
export function noise(count: number, scale: number, seed: number): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: count }, (_, i) => (2 * uniform(seed, i) - 1) * scale);
}

/**
 * Whether f, its slope or that one's slope jumps at 0, as ReLU's does: differences across 0 then say nothing,
 * and a test keeps s away from there.
 */
export function jumpsAtZero(activation: Activation): boolean {
  const { f, derivative } = activations[activation];
  const [below, at, above] = [-1e-3, 0, 1e-3].map((s) => derivative(f(s)));
  return Math.abs(below - 2 * at + above) > 1e-4;
}

/** Runs a plan of a device that computes at once. */
export function runNow<In, Out>(
  plan: Plan<In, Out>,
  inputs: Leaves<In, MatrixData>,
): Leaves<Out, MatrixData> {
  const outputs = plan.run(inputs);
  assert.ok(!(outputs instanceof Promise));
  return outputs;
}

export function total(data: MatrixData): number {
  let sum = 0;
  for (const value of data) sum += value;
  return sum;
}

/** Compares a gradient with central differences of `value` at no more than 40 entries of the input. */
export function compare(
  what: string,
  input: MatrixData,
  gradient: ArrayLike<number>,
  value: () => number,
): void {
  const largest = Array.from(gradient).reduce((a, g) => Math.max(a, Math.abs(g)), 0);
  const stride = Math.max(1, Math.floor(input.length / 40));
  for (let i = 0; i < input.length; i += stride) {
    const kept = input[i];
    input[i] = kept + epsilon;
    const above = value();
    input[i] = kept - epsilon;
    const below = value();
    input[i] = kept;
    const numeric = (above - below) / (2 * epsilon);
    assert.ok(
      Math.abs(numeric - gradient[i]) <= tolerance * largest,
      `${what}[${i}] is ${gradient[i]}, by differences ${numeric}`,
    );
  }
}
