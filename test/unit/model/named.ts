/** Parameters by their names in model files, for tests that write formulas out with these names. */
import type { Direction, MatrixData } from '../../../src/kernels/kernels';
import { parameterName } from '../../../src/model/parameterNames';
import { listDirections, listParameters, tablesOf } from '../../../src/model/parameters';
import type { NetworkParameters } from '../../../src/model/parameters';
import type { Sizes } from '../../../src/model/sizes';

export const arrow: Readonly<Record<Direction, '>' | '<'>> = { leftToRight: '>', rightToLeft: '<' };

export function named<M>(parameters: NetworkParameters<M>): Record<string, M> {
  return Object.fromEntries(
    listParameters(parameters).map(({ place, leaf }) => [parameterName(place), leaf]),
  );
}

/** The tables' names. */
export function tableNames<M>(parameters: NetworkParameters<M>): string[] {
  const tables = new Set(tablesOf(parameters));
  return Object.entries(named(parameters)).flatMap(([name, leaf]) => (tables.has(leaf) ? [name] : []));
}

/** The sizes that parameters are of. */
export function sizesIn(parameters: NetworkParameters<MatrixData>): Sizes {
  const { table, layers, c, A } = parameters;
  const [first] = layers;
  const H = first.leftToRight.b.length;
  const E = table ? first.leftToRight.W[0].length / H : 0;
  return {
    K: tablesOf(parameters)[0].length / (E > 0 ? E : H),
    E,
    H,
    L: c.length,
    layers: layers.length,
    directions: listDirections(first).length === 2 ? ['leftToRight', 'rightToLeft'] : ['leftToRight'],
    transitions: A !== undefined,
  };
}
