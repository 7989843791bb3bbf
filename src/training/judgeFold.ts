/** One of the models by which labels are judged that it has not seen. */
import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import type { CorpusFile, LabelScheme, SplitName } from '../corpus/corpus';
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
import type { ResolvedSettings, TrainingSettings } from '../model/settings/settings';
import type { TaggerModel } from '../model/taggerModel';
import { factsOf } from './corpusFacts';
import { encoderOf } from './features';
import { resolveSettings } from './resolveSettings';
import type { ResolvingFacts } from './resolveSettings';
import type { TrainerHooks } from './run';
import { train } from './trainer';

export interface FoldOptions {
  /** How many models are trained; each judges a part of the corpus. */
  readonly folds: number;
  readonly settings: Partial<TrainingSettings>;
  readonly device: Device;
  readonly hooks: Pick<TrainerHooks, 'yieldToHost' | 'now'>;
}

/** A label that a model takes for less probable than another. */
export interface FoldSuspect {
  /** Its number among the files of all sentences, in the order of these. */
  readonly file: number;
  /** Counted in the file. */
  readonly token: number;
  /** As it stands in the file. */
  readonly label: string;
  /** The most probable one. */
  readonly suggested: string;
  /** How much more probable that is, in nats. */
  readonly margin: number;
}

export interface JudgedFold {
  readonly suspects: readonly FoldSuspect[];
  /** Of the labels. */
  readonly scheme: LabelScheme;
}

/** In the order of their first sentences: by that, {@link FoldSuspect} numbers them. */
export function filesOf(sentences: readonly SentenceRef[]): CorpusFile[] {
  return [...new Set(sentences.map(({ file }) => file))];
}

/**
 * Trains on all folds but one, and judges that. The same to the bit in whichever thread it is done; undefined where
 * the host stopped it.
 *
 * @param fold counted from 0.
 * @throws {InputError} there is one label only, or training diverges.
 */
export async function judgeFold(
  sentences: readonly SentenceRef[],
  columns: ReadColumns,
  fold: number,
  options: FoldOptions,
  progress: (share: number) => void,
): Promise<JudgedFold | undefined> {
  const folds = foldsOf(sentences, options.folds, options.settings.seed ?? 1);
  const judged = folds[fold];
  const corpus = encodeSplits(
    { training: folds.filter((other) => other !== judged).flat(), development: [], test: judged },
    columns,
    { conventions: false },
  );
  const model = await trainOn(corpus, options, progress);
  if (!model) return undefined;
  const numbers = new Map(filesOf(sentences).map((file, number) => [file, number]));
  const suspects = await judge(model, corpus, judged, numbers, options);
  return suspects && { suspects, scheme: corpus.scheme };
}

/** A model of the corpus's training sentences; undefined where it was stopped. */
async function trainOn(
  corpus: TrainingCorpus,
  { settings, device, hooks }: FoldOptions,
  progress: (share: number) => void,
): Promise<TaggerModel | undefined> {
  // What is judged is not to be scored.
  const { training, development } = corpus.splits;
  const splits: Readonly<Record<SplitName, Dataset>> = { training, development, test: development };
  // Its features are gathered once for the same object.
  const learned = { ...corpus, splits };
  const { reason, message, model } = await train({
    corpus: learned,
    facts: factsOf(learned),
    names: { corpus: '', corpusName: '', column: '' },
    settings: foldSettings(settings, { ...corpus, sentences: { training: training.sentences } }),
    device,
    checkpoints: false,
    hooks: {
      yieldToHost: () => hooks.yieldToHost(),
      now: () => hooks.now(),
      emit(event) {
        if (event.type === 'progress') progress(event.seconds / (event.seconds + event.secondsLeft));
      },
    },
  });
  if (reason === 'diverged') throw new InputError(message ?? l10n.t('Training diverged.'));
  return reason === 'stopped' ? undefined : model;
}

/** After so many updates, and epochs, more change little in which labels look wrong: see docs/benchmarks.md. */
const enoughUpdates = 2000;
const fewestEpochs = 3;

/** Where no epochs are given, fewer than of a model that is to be used: those of a large corpus are many updates. */
export function foldSettings(given: Partial<TrainingSettings>, facts: ResolvingFacts): ResolvedSettings {
  const settings = resolveSettings(given, facts);
  const { epochs, batch } = settings;
  if ((given.epochs ?? 0) > 0 || batch === 0) return settings;
  const enough = Math.ceil((enoughUpdates * batch) / facts.sentences.training);
  return { ...settings, epochs: Math.min(epochs, Math.max(fewestEpochs, enough)) };
}

/** The suspect labels of a fold; undefined where it was stopped. */
async function judge(
  model: TaggerModel,
  corpus: TrainingCorpus,
  fold: readonly SentenceRef[],
  fileNumbers: ReadonlyMap<CorpusFile, number>,
  { device, hooks }: FoldOptions,
): Promise<FoldSuspect[] | undefined> {
  const { test } = corpus.splits;
  const L = model.labels.length;
  const parameters = copyParameters(model.parameters, (length) => device.allocate(length));
  const forward = new ForwardPass(
    device,
    parameters,
    networkOf(model.settings, L),
    encoderOf(corpus, model.features),
  );
  const found: FoldSuspect[] = [];
  try {
    const labelling = new Labelling(forward, model.labels, model.scheme, model.parameters.A);
    const sentenceAt = new Map(fold.map((ref, i) => [test.start[i], ref]));
    const isDone = await labelling.run(
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
            file: fileNumbers.get(file)!,
            token: file.sentenceStart[number] + t,
            label: test.gold.values[test.gold.ids[first + t]],
            suggested: model.labels[best],
            margin: log(best) - log(label),
          });
        }
      },
      async () => (await hooks.yieldToHost()) === 'continue',
    );
    return isDone ? found : undefined;
  } finally {
    forward.dispose();
    for (const { leaf } of listParameters(parameters)) device.release(leaf);
  }
}
