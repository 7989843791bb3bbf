import type { MatrixData } from '../kernels/kernels';
import { momentsOf } from '../kernels/update';
import { mapParameters } from './parameters';
import type { Allocate, NetworkParameters } from './parameters';
import type { OptimizerName } from './settings/settings';

/** What an optimiser remembers from step to step. */
export interface OptimiserState {
  /** Updates done. */
  steps: number;
  /** SGD: none. Momentum: the velocity. Adam: the running means of the gradient and of its square. */
  readonly moments: readonly NetworkParameters<MatrixData>[];
}

export function createOptimiserState(
  parameters: NetworkParameters<MatrixData>,
  optimizer: OptimizerName,
  allocate: Allocate,
): OptimiserState {
  const zeros = () => mapParameters(parameters, ({ length }) => allocate(length));
  return { steps: 0, moments: Array.from({ length: momentsOf[optimizer] }, zeros) };
}
