/**
 * Finds labels that may be wrong. Each is judged by a model that was trained on other documents (k-fold cross
 * validation), so that none can have learned the mistake from the very place that it is judged at.
 */
import { InputError } from '../common/errors';
import type { LabelScheme, SplitName } from '../corpus/corpus';
import type { Dataset, TrainingCorpus } from '../corpus/dataset';
import { foldsOf } from '../corpus/folds';
import type { SentenceRef } from '../corpus/heldOut';
import { encodeSplits } from '../corpus/trainingCorpus';
import type { ReadColumns } from '../corpus/trainingCorpus';
import type { Device } from '../kernels/device';
import { largest } from '../model/decoding/largest';
import { logProbability } from '../model/decoding/logProbability';
import { ForwardPass } from '../model/forwardPass';
import { Labelling } from '../model/labelling';
import { copyParameters, listParameters } from '../model/parameters';
import { networkOf } from '../model/settings/networkOf';
import type { TrainingSettings } from '../model/settings/settings';
import type { TaggerModel } from '../model/taggerModel';
import { factsOf } from './corpusFacts';
import { encoderOf } from './features';
import { rankSuspects } from './rankSuspects';
import type { SuspectLabel } from './rankSuspects';
import { resolveSettings } from './resolveSettings';
import type { TrainerHooks } from './run';
import { train } from './trainer';

export interface LabelErrorOptions {
  /** How many models are trained; each judges a part of the corpus. */
  readonly folds: number;
  readonly settings: Partial<TrainingSettings>;
  readonly device: Device;
  readonly hooks: Pick<TrainerHooks, 'yieldToHost' | 'now'> & {
    /** Told of the share that is done, from 0 to 1. */
    progress?(share: number): void;
  };
}

/**
 * The labels that models which have not seen them take for less probable than another, the surest mistake
 * first; undefined where the host stopped it.
 * @throws {InputError} there are fewer sentences than folds, one label only, or training diverges.
 */
export async function findLabelErrors(
  sentences: readonly SentenceRef[],
  columns: ReadColumns,
  options: LabelErrorOptions,
): Promise<SuspectLabel[] | undefined> {
  const { folds: count, settings, hooks } = options;
  const { seed = 1 } = settings;
  if (sentences.length < count) {
    throw new InputError(
      `There are too few sentences to look for label errors: ${sentences.length}, and ${count} are needed at least.`,
      { file: sentences[0]?.file.file },
    );
  }
  const folds = foldsOf(sentences, count, seed);
  const found: SuspectLabel[] = [];
  let scheme: LabelScheme = 'none';
  for (const [i, fold] of folds.entries()) {
    const progress = (share: number): void => hooks.progress?.((i + share) / count);
    const corpus = encodeSplits(
      { training: folds.filter((other) => other !== fold).flat(), development: [], test: fold },
      columns,
    );
    ({ scheme } = corpus);
    const model = await trainOn(corpus, options, progress);
    if (!model) return undefined;
    if (!(await judge(model, corpus, fold, options, found))) return undefined;
  }
  // Of those that are as sure, the order of the corpus.
  const order = new Map([...new Set(sentences.map(({ file }) => file))].map((file, i) => [file, i]));
  const place = ({ file }: SuspectLabel): number => order.get(file) ?? 0;
  found.sort((a, b) => place(a) - place(b) || a.token - b.token);
  return rankSuspects(found, sentences, columns, scheme);
}

/** A model of the corpus's training sentences; undefined where it was stopped. */
async function trainOn(
  corpus: TrainingCorpus,
  { settings, device, hooks }: LabelErrorOptions,
  progress: (share: number) => void,
): Promise<TaggerModel | undefined> {
  // What is judged is not to be scored.
  const { training, development } = corpus.splits;
  const splits: Readonly<Record<SplitName, Dataset>> = { training, development, test: development };
  const { reason, message, model } = await train({
    corpus: { ...corpus, splits },
    facts: factsOf({ ...corpus, splits }),
    names: { corpus: '', corpusName: '', column: '' },
    settings: resolveSettings(settings, {
      scheme: corpus.scheme,
      labels: corpus.labels,
      sentences: { training: training.sentences },
    }),
    device,
    hooks: {
      yieldToHost: () => hooks.yieldToHost(),
      now: () => hooks.now(),
      emit(event) {
        if (event.type === 'progress') progress(event.seconds / (event.seconds + event.secondsLeft));
      },
    },
  });
  if (reason === 'diverged') throw new InputError(message ?? 'Training diverged.');
  return reason === 'stopped' ? undefined : model;
}

/** Adds the suspect labels of a fold; false where it was stopped. */
async function judge(
  model: TaggerModel,
  corpus: TrainingCorpus,
  fold: readonly SentenceRef[],
  { device, hooks }: LabelErrorOptions,
  found: SuspectLabel[],
): Promise<boolean> {
  const { test } = corpus.splits;
  const L = model.labels.length;
  const parameters = copyParameters(model.parameters, (length) => device.allocate(length));
  const forward = new ForwardPass(
    device,
    parameters,
    networkOf(model.settings, L),
    encoderOf(corpus, model.features),
  );
  try {
    const labelling = new Labelling(forward, model.labels, model.scheme, model.parameters.A);
    const sentenceAt = new Map(fold.map((ref, i) => [test.start[i], ref]));
    return await labelling.run(
      test,
      (sentence, first, tokens) => {
        const { file, sentence: number } = sentenceAt.get(first)!;
        const yHat = sentence.probabilities();
        for (let t = 0; t < tokens; t++) {
          const label = test.labels[first + t];
          const best = largest(yHat, t * L, L);
          if (best === label) continue;
          const log = (l: number): number => logProbability(l < 0 ? 0 : yHat[t * L + l]);
          found.push({
            file,
            token: file.sentenceStart[number] + t,
            label: test.gold.values[test.gold.ids[first + t]],
            suggested: model.labels[best],
            margin: log(best) - log(label),
          });
        }
      },
      async () => (await hooks.yieldToHost()) === 'continue',
    );
  } finally {
    forward.dispose();
    for (const { leaf } of listParameters(parameters)) device.release(leaf);
  }
}
