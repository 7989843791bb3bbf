import type { MatrixData } from '../../kernels/kernels';

/** The index, from `offset`, of the largest of `length` numbers; of equal ones, the first. */
export function largest(values: MatrixData, offset: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) if (values[offset + i] > values[offset + best]) best = i;
  return best;
}
