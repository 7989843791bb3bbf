import { cutsWords } from '../corpus/labels/segmentation';
import type { Labelling } from '../model/labelling';
import { writeModel } from '../model/modelFile';
import type { TaggerModel } from '../model/taggerModel';
import type { Learned } from '../run/learned';
import { evaluateInDetail } from './evaluate';
import type { Evaluation, Evidence } from './evaluate';
import { learnedOf } from './learned';
import type { TrainingOptions, TrainingResult } from './run';
import { TrainingWords } from './trainingWords';

/**
 * Ends a run that is done: scores its model label by label and emits it. A stop in between
 * leaves out the scores that are missing, not the model.
 *
 * @param labelling with the model's parameters.
 * @param at the run's last step.
 * @param goOn asked often.
 */
export async function finish(
  found: TaggerModel,
  labelling: Labelling,
  { corpus, hooks, checkpoints = true }: Pick<TrainingOptions, 'corpus' | 'hooks' | 'checkpoints'>,
  at: { readonly epoch: number; readonly step: number },
  goOn: () => boolean | Promise<boolean>,
): Promise<Pick<TrainingResult, 'model' | 'test' | 'details' | 'learned'>> {
  let learned: Learned | undefined;
  const inspect = (evidence: Evidence): void => {
    learned = learnedOf(corpus, evidence);
  };
  const trainingWords = cutsWords(corpus)
    ? new TrainingWords(corpus.splits.training, corpus, (number) => corpus.words[number])
    : undefined;
  const scored = async (
    split: 'development' | 'test',
    temperature?: number,
  ): Promise<Evaluation | undefined> =>
    corpus.splits[split].tokens > 0
      ? evaluateInDetail(
          labelling,
          corpus.splits[split],
          corpus,
          {
            trainingWords,
            ...(temperature !== undefined && { temperature }),
            ...(split === 'development' && { inspect }),
          },
          goOn,
        )
      : undefined;
  const development = await scored('development');
  const calibration = development?.details.calibration;
  const model = {
    ...found,
    ...(calibration && { calibration }),
    ...(development && { developmentLabels: development.details.labels }),
  };
  if (checkpoints)
    hooks.emit({ type: 'checkpoint', bytes: writeModel(model), ...at, best: true, latest: false });
  const test = await scored('test', calibration?.temperature);
  const details = {
    ...(development && { development: development.details }),
    ...(test && { test: test.details }),
  };
  return { model, ...(test && { test: test.scores }), details, ...(learned && { learned }) };
}
