/** Networks, parameters and sentences that are small enough to be checked number by number. */
import { uniform } from '../../../src/common/random';
import type { Direction } from '../../../src/kernels/kernels';
import { dropoutInputs } from '../../../src/model/network';
import type { Network } from '../../../src/model/network';
import { allocateParameters, plainArrays } from '../../../src/model/parameters';
import type { Parameters, Sizes } from '../../../src/model/parameters';
import { sizesOf } from '../../../src/model/settings/networkOf';

export const oneWay: readonly Direction[] = ['leftToRight'];
export const bothWays: readonly Direction[] = ['leftToRight', 'rightToLeft'];

/** A sentence by the numbers of each token's features: one with one-hot input. */
export interface LabelledSentence {
  readonly features: readonly (readonly number[])[];
  readonly labels: readonly number[];
  /** Dropout masks of the sentence alone, T rows, by the names of the training program. */
  readonly drops?: Readonly<Record<string, Float64Array>>;
}

/** The derivation's network, tiny, but for what is given. */
export function networkWith(given: Partial<Network> = {}): Network {
  return {
    E: 0,
    H: 3,
    L: 3,
    layers: 1,
    directions: oneWay,
    transitions: false,
    activation: 'tanh',
    truncation: 0,
    dropsInput: false,
    dropsStates: false,
    ...given,
  };
}

/** `network` with its parameters over K features, drawn uniformly from −bound to bound. */
export function randomParameters(network: Network, K: number, seed: number, bound = 0.8): Parameters {
  return randomNumbers(sizesOf(network, K), seed, bound);
}

export function randomNumbers(sizes: Sizes, seed: number, bound = 0.8): Parameters {
  const parameters = allocateParameters(sizes, plainArrays('float64'));
  Object.values(parameters.values).forEach((values, n) =>
    values.forEach((_, i) => (values[i] = bound * (2 * uniform(seed, n, i) - 1))),
  );
  return parameters;
}

/**
 * T tokens with up to four features each, none included; with one-hot input, one. Masks where the network
 * drops.
 */
export function randomSentence(network: Network, K: number, T: number, seed: number): LabelledSentence {
  const draw = (n: number, t: number, stream: number): number => Math.floor(uniform(seed, t, stream) * n);
  const some = (t: number): number[] => [
    ...new Set(Array.from({ length: draw(5, t, 3) }, (_, n) => draw(K, t, 10 + n))),
  ];
  return {
    features: Array.from({ length: T }, (_, t) => (network.E === 0 ? [draw(K, t, 1)] : some(t))),
    labels: Array.from({ length: T }, (_, t) => draw(network.L, t, 2)),
    drops: randomDrops(network, T, seed),
  };
}

/** A third of the entries dropped. */
function randomDrops(network: Network, T: number, seed: number): Record<string, Float64Array> {
  const masks = dropoutInputs(network).map(({ name, columns }, n): [string, Float64Array] => {
    return [
      name,
      Float64Array.from({ length: T * columns }, (_, i) => (uniform(seed, 50 + n, i) < 1 / 3 ? 0 : 1.5)),
    ];
  });
  return Object.fromEntries(masks);
}

/** Largest magnitude of `a − b`, relative to that of b. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return largest === 0 ? difference : difference / largest;
}
