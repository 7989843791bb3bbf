import type { TrainingCorpus } from '../../src/corpus/dataset';
import type { Device } from '../../src/kernels/device';
import type { ResolvedSettings } from '../../src/model/settings/settings';
import { factsOf } from '../../src/training/corpusFacts';
import { train } from '../../src/training/trainer';
import { emitTo } from '../unit/training/hooks';

/**
 * Trains a run to its end: the mean training loss of each epoch. The batches follow from corpus and settings
 * alone.
 */
export async function epochLosses(
  device: Device,
  corpus: TrainingCorpus,
  settings: ResolvedSettings,
): Promise<number[]> {
  const losses: number[] = [];
  await train({
    corpus,
    facts: factsOf(corpus),
    names: { corpus: 'test', corpusName: 'test', column: 'LABEL' },
    settings,
    device,
    hooks: {
      now: () => performance.now(),
      yieldToHost: () => 'continue',
      emit: emitTo({ epoch: ({ loss }) => losses.push(loss) }),
    },
  });
  return losses;
}
