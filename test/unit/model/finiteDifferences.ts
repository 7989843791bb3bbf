import type { MatrixData } from '../../../src/kernels/kernels';
import type { NetworkParameters } from '../../../src/model/parameters';
import { named } from './named';

/** Central differences of E, of fourth order, for each number of each parameter. */
export function finiteDifferences(
  parameters: NetworkParameters<MatrixData>,
  E: () => number,
): Record<string, number[]> {
  const step = 1e-4;
  const at = (numbers: MatrixData, i: number, by: number): number => {
    const kept = numbers[i];
    numbers[i] = kept + by;
    const result = E();
    numbers[i] = kept;
    return result;
  };
  const of = (numbers: MatrixData): number[] =>
    Array.from(numbers, (_, i) => {
      const near = at(numbers, i, step) - at(numbers, i, -step);
      const far = at(numbers, i, 2 * step) - at(numbers, i, -2 * step);
      return (8 * near - far) / (12 * step);
    });
  return Object.fromEntries(Object.entries(named(parameters)).map(([name, numbers]) => [name, of(numbers)]));
}
