/** Networks, parameters and sentences that are small enough to be checked number by number. */
import { uniform } from '../../../src/common/random';
import type { Direction, MatrixData, Shape } from '../../../src/kernels/kernels';
import { mapLeaves } from '../../../src/kernels/tree';
import { trainingShapes } from '../../../src/model/network/programShapes';
import type { DropoutMasks } from '../../../src/model/network/programShapes';
import { mapParameters, parameterShapes, tablesOf } from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import { sizesOf } from '../../../src/model/settings/networkOf';
import type { Network, Sizes } from '../../../src/model/sizes';

export const oneWay: readonly Direction[] = ['leftToRight'];
export const bothWays: readonly Direction[] = ['leftToRight', 'rightToLeft'];

/** A sentence by the numbers of each token's features: one with one-hot input. */
export interface LabelledSentence {
  readonly features: readonly (readonly number[])[];
  readonly labels: readonly number[];
  /** Dropout masks of the sentence alone, T rows. */
  readonly drops?: DropoutMasks<MatrixData>;
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
export function randomParameters(
  network: Network,
  K: number,
  seed: number,
  bound = 0.8,
): NetworkParameters<MatrixData> {
  return randomNumbers(sizesOf(network, K), seed, bound);
}

export function randomNumbers(sizes: Sizes, seed: number, bound = 0.8): NetworkParameters<MatrixData> {
  const shapes = parameterShapes(sizes);
  // The tables are drawn first.
  let table = 0;
  let weight = tablesOf(shapes).length;
  return mapParameters(shapes, ({ rows, columns }, { symbol, layer }) => {
    const isTable = symbol === 'table' || (!shapes.table && symbol === 'W' && layer === 1);
    const n = isTable ? table++ : weight++;
    return Float64Array.from({ length: rows * columns }, (_, i) => bound * (2 * uniform(seed, n, i) - 1));
  });
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
function randomDrops(network: Network, T: number, seed: number): DropoutMasks<MatrixData> {
  return mapLeaves(trainingShapes(network, T, 1).drops, ({ rows, columns }: Shape, n): MatrixData =>
    Float64Array.from({ length: rows * columns }, (__, i) => (uniform(seed, 50 + n, i) < 1 / 3 ? 0 : 1.5)),
  );
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
