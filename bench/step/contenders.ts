/** All that are measured. */
import { availableParallelism } from 'node:os';
import { contenderId } from './contender';
import type { Contender } from './contender';
import { productStep } from './productStep';
import { tableStep } from './tableStep';

const cores = availableParallelism();
/** Beyond this, float64 and plain JavaScript take seconds a step. */
const slow = 128;

/** On one thread and on all cores. */
function onSimd(step: (name: 'simd', threads: number) => Contender): Contender[] {
  return (cores > 1 ? [1, cores] : [1]).map((threads) => step('simd', threads));
}

export const contenders: readonly Contender[] = [
  ...onSimd(tableStep),
  tableStep('webasm', 1),
  tableStep('cpu', 1, 256),
  tableStep('reference', 1, slow),
  ...onSimd(productStep),
  productStep('webasm', 1),
  productStep('cpu', 1, slow),
  productStep('reference', 1, slow),
];

/** What the others' losses are held against. */
export const judges = { table: tableStep('reference', 1), 'one-hot': productStep('reference', 1) } as const;

/** What GPUs are held against: no more threads on a machine with more cores. */
export const besideGpus = tableStep('simd', 2);

export function contenderOf(id: string): Contender {
  const found = [...contenders, besideGpus].find((contender) => contenderId(contender) === id);
  if (!found) throw new Error(`There is no contender ${id}.`);
  return found;
}
