import { cutsWords } from '../corpus/labels/segmentation';
import type { Labelling } from '../model/labelling';
import { writeModel } from '../model/modelFile';
import type { TaggerModel } from '../model/taggerModel';
import { evaluateInDetail } from './evaluate';
import type { Evaluation } from './evaluate';
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
  { corpus, hooks }: Pick<TrainingOptions, 'corpus' | 'hooks'>,
  at: { readonly epoch: number; readonly step: number },
  goOn: () => boolean | Promise<boolean>,
): Promise<Pick<TrainingResult, 'model' | 'test' | 'details'>> {
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
          { trainingWords, ...(temperature !== undefined && { temperature }) },
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
  hooks.emit({ type: 'checkpoint', bytes: writeModel(model), ...at, best: true, latest: false });
  const test = await scored('test', calibration?.temperature);
  const details = {
    ...(development && { development: development.details }),
    ...(test && { test: test.details }),
  };
  return { model, ...(test && { test: test.scores }), details };
}
