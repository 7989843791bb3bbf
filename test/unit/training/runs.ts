import assert from 'node:assert/strict';
import type { TrainingCorpus } from '../../../src/corpus/dataset';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import type { EpochRecord } from '../../../src/run/epochRecord';
import type { RunProgress, RunResult } from '../../../src/run/runEvent';
import { factsOf } from '../../../src/training/corpusFacts';
import { train } from '../../../src/training/trainer';
import type { TrainerHooks, TrainingOptions, TrainingResult } from '../../../src/training/trainer';
import { corpusOf, smallLanguage } from './corpora';
import { emitTo } from './hooks';
import { resolved } from './resolved';

export const names = { corpus: 'ws/small#columns', corpusName: 'small', column: 'LABEL' };

export interface Checkpoint {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly epoch: number;
  readonly step: number;
  readonly best: boolean;
  readonly latest: boolean;
  readonly ms: number;
}

/** All that a run told. */
export interface Told {
  readonly result: TrainingResult;
  readonly checkpoints: Checkpoint[];
  readonly epochs: EpochRecord[];
  readonly progress: (RunProgress & { readonly ms: number })[];
  readonly started: { stepsPerEpoch: number; epoch: number; step: number }[];
  /** Learning rates that it was given on its way. */
  readonly rates: { step: number; learningRate: number }[];
}

export interface RunOptions extends Partial<TrainingOptions> {
  readonly yieldToHost?: TrainerHooks['yieldToHost'];
  readonly adjustments?: TrainerHooks['adjustments'];
  readonly msPerLook?: number;
  /** What it takes to do something with a checkpoint, by the run's clock. */
  readonly msPerCheckpoint?: number;
}

/** Runs a small training with a clock that gains `msPerLook` at each look, and notes all that it tells. */
export async function run(
  corpus: TrainingCorpus,
  given: Partial<TrainingSettings>,
  more: RunOptions = {},
): Promise<Told> {
  const {
    yieldToHost = () => 'continue' as const,
    adjustments,
    msPerLook = 1,
    msPerCheckpoint = 0,
    ...options
  } = more;
  let now = 0;
  let ended: RunResult | undefined;
  const checkpoints: Checkpoint[] = [];
  const epochs: EpochRecord[] = [];
  const progress: (RunProgress & { ms: number })[] = [];
  const started: { stepsPerEpoch: number; epoch: number; step: number }[] = [];
  const rates: { step: number; learningRate: number }[] = [];
  const hooks: TrainerHooks = {
    emit: emitTo({
      started: ({ facts, epoch, step }) => started.push({ stepsPerEpoch: facts.stepsPerEpoch, epoch, step }),
      learningRate: ({ step, learningRate }) => rates.push({ step, learningRate }),
      progress: ({ type: _, ...message }) => progress.push({ ...message, ms: now }),
      epoch: ({ type: _, ...record }) => epochs.push(record),
      checkpoint: ({ type: _, ...checkpoint }) => {
        checkpoints.push({ ...checkpoint, ms: now });
        now += checkpoint.latest ? msPerCheckpoint : msPerCheckpoint / 4;
      },
      ended: ({ type: _, ...result }) => (ended = result),
    }),
    yieldToHost,
    adjustments,
    now: () => (now += msPerLook),
  };
  const settings = resolved({ hidden: 8, embedding: 8, batch: 4, epochs: 3, ...given }, corpus);
  const facts = factsOf(corpus);
  const device = createReferenceDevice();
  const result = await train({ corpus, facts, names, settings, device, hooks, ...options });
  const { model: _, ...end } = result;
  assert.deepEqual(ended, end, 'the last event is what the run came to');
  return { result, checkpoints, epochs, progress, started, rates };
}

/** Stops a run when it yields to its host for the given time. */
export function stopAt(turn: number): TrainerHooks['yieldToHost'] {
  let turns = 0;
  return () => (turns++ < turn ? 'continue' : 'stop');
}

/** Little data, large steps: development scores go up and down. */
export const wild: Partial<TrainingSettings> = {
  input: 'one-hot',
  hidden: 12,
  epochs: 12,
  learningRate: 1.5,
  clip: 0,
  batch: 2,
};
export const wildCorpus = (): TrainingCorpus =>
  corpusOf({ training: smallLanguage(12, 1), development: smallLanguage(40, 2) });

export const small = (): TrainingCorpus =>
  corpusOf({ training: smallLanguage(60, 1), development: smallLanguage(20, 2), test: smallLanguage(20, 3) });

/** Whose labels make spans. */
export function spans(training: number, development: number): TrainingCorpus {
  const marked = (sentences: ReturnType<typeof smallLanguage>) =>
    sentences.map((sentence) =>
      sentence.map(
        ([word, label]) => [word, label === 'DET' ? 'B-NP' : label === 'NOUN' ? 'I-NP' : 'O'] as const,
      ),
    );
  return corpusOf({
    training: marked(smallLanguage(training, 1)),
    development: marked(smallLanguage(development, 2)),
    scheme: 'IOB2',
  });
}
