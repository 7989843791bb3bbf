import type { Kernels } from '../kernels';
import { crf } from './operations/crf';
import { elementwise } from './operations/elementwise';
import { linear } from './operations/linear';
import { recurrence } from './operations/recurrence';
import { softmax } from './operations/softmax';
import type { Recorder } from './recorder';

/** The operations as kernel calls on a recorder: the same for all modes, inside a pipeline and in a chain. */
export function gpuKernels(recorder: Recorder): Kernels {
  return {
    ...linear(recorder),
    ...elementwise(recorder),
    ...recurrence(recorder),
    ...softmax(recorder),
    ...crf(recorder),
  };
}
