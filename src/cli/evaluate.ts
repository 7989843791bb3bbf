import { availableParallelism } from 'node:os';
import path from 'node:path';
import { InputError } from '../common/errors';
import { formatCount } from '../common/figures';
import { shownLine, shownNames } from '../common/shownText';
import type { CorpusFile, SplitName } from '../corpus/corpus';
import type { Dataset } from '../corpus/dataset';
import { encodeDataset } from '../corpus/encodeDataset';
import type { ModelNumbers } from '../corpus/encodeDataset';
import { FeatureEncoder } from '../corpus/features/encoder';
import { cutsWords } from '../corpus/labels/segmentation';
import { splitsOfPaths } from '../corpus/splits';
import { openDevice } from '../engine/devices';
import { threadsFor } from '../engine/node/threads';
import { readSource } from '../engine/source';
import { ForwardPass } from '../model/forwardPass';
import { Labelling, overflowError } from '../model/labelling';
import { readModel } from '../model/modelFile';
import { copyParameters } from '../model/parameters';
import { networkOf } from '../model/settings/networkOf';
import type { TaggerModel } from '../model/taggerModel';
import { evaluateInDetail } from '../training/evaluate';
import { TrainingWords } from '../training/trainingWords';
import { describeDetails } from './detailReport';
import { corpusFiles, readBytes, readSourceFile } from './files';
import { describeScores, printMissingColumns, printNotice, printProblems, scoresJson } from './report';
import { checkOutput, writeOutput } from './standardStreams';
import type { Command } from './usage';

type EvaluateCommand = Command & { name: 'evaluate' };

/**
 * Scores a model on a file, or on a folder's test set (else its development set, else all of it). Gives the
 * exit code.
 */
export async function evaluateCommand(command: EvaluateCommand): Promise<number> {
  if (command.json) await checkOutput([command.model, ...(await corpusFiles(command.path))]);
  const model = readModel(await readBytes(command.model), command.model);
  const words = new Words(model);
  const trainingWords = await readTrainingWords(command, model, words);
  const dataset = await readDataset(command.path, ['test', 'development'], command, model, words);
  printMissingColumns(words.columns.filter((_, column) => !dataset.columns[column]));
  const known = new Set(model.labels);
  const unknown = dataset.gold.values.filter((label) => !known.has(label));
  if (unknown.length > 0) {
    process.stderr.write(
      `The model does not know these labels, so that each token with one counts as an error: ${shownNames(unknown)}\n`,
    );
  }
  const device = await openDevice(
    command.device,
    threadsFor(command.threads, availableParallelism(), printNotice),
  );
  const forward = new ForwardPass(
    device,
    copyParameters(model.parameters, (length) => device.allocate(length)),
    networkOf(model.settings, model.labels.length),
    words.encoder,
  );
  const labelling = new Labelling(forward, model.labels, model.scheme, model.parameters.A, model.outsideBias);
  try {
    const before = performance.now();
    const evaluation = await evaluateInDetail(labelling, dataset, model, {
      trainingWords,
      temperature: model.calibration?.temperature ?? 1,
    });
    if (!evaluation) throw new Error('The evaluation ended early.');
    if (Number.isNaN(evaluation.scores.loss)) throw overflowError();
    const seconds = (performance.now() - before) / 1000;
    const { scores, details } = evaluation;
    process.stderr.write(
      `${shownLine(command.path)}: ${formatCount(dataset.tokens)} tokens, ${describeScores(scores, details)}\n${describeDetails(details)}`,
    );
    if (command.json) {
      const { labels, confusions } = details;
      const speed = { seconds, tokensPerSecond: dataset.tokens / seconds };
      const result = {
        device: device.name,
        tokens: dataset.tokens,
        epochs: 0,
        ...speed,
        test: scoresJson(scores, details),
        labels,
        confusions,
      };
      await writeOutput(`${JSON.stringify(result)}\n`);
    }
    return 0;
  } finally {
    forward.dispose();
    device.dispose();
  }
}

/** Words, and the values of further columns, by the encoder's numbers. */
class Words implements ModelNumbers {
  readonly encoder: FeatureEncoder;
  readonly byNumber: string[] = [];

  constructor({ features }: TaggerModel) {
    this.encoder = new FeatureEncoder(features);
  }

  numberOf(word: string): number {
    const number = this.encoder.typeOf(word);
    this.byNumber[number] = word;
    return number;
  }

  get columns(): readonly string[] {
    return this.encoder.columns;
  }

  columnNumberOf(column: number, value: string): number {
    return this.encoder.columnTypeOf(column, value);
  }
}

/**
 * The words that the model was trained on, where its training data is named: the model itself knows
 * characters only.
 */
async function readTrainingWords(
  command: EvaluateCommand,
  model: TaggerModel,
  words: Words,
): Promise<TrainingWords | undefined> {
  if (command.training === undefined) return undefined;
  if (!cutsWords(model)) {
    process.stderr.write(
      '--training makes no difference here: the labels of this model do not cut text into words.\n',
    );
    return undefined;
  }
  return new TrainingWords(
    await readDataset(command.training, ['training'], command, model, words),
    model,
    (number) => words.byNumber[number],
  );
}

/** A file, or of a folder the files for the first of these splits that it has; else all of it. */
async function readDataset(
  target: string,
  splits: readonly SplitName[],
  command: EvaluateCommand,
  { labels, layout, column }: TaggerModel,
  words: Words,
): Promise<Dataset> {
  const files: CorpusFile[] = [];
  for (const file of await filesFor(target, splits)) {
    const source = {
      ...(await readSourceFile(file, path.dirname(file))),
      stated: command.stated,
      chosen: true,
    };
    const read = readSource(source, command.replaceInvalidBytes);
    printProblems(read.problems);
    if (read.file) files.push(read.file);
  }
  if (files.length === 0) throw new InputError('Nothing here could be read as a corpus.', { file: target });
  return encodeDataset(files, { labels, layout, numbers: words }, column, command.column);
}

async function filesFor(target: string, splits: readonly SplitName[]): Promise<string[]> {
  const files = await corpusFiles(target);
  const named = splitsOfPaths(files.map((file) => path.relative(target, file).split(path.sep).join('/')));
  for (const split of splits) {
    const found = files.filter((_, i) => (named[i] ?? 'training') === split);
    if (found.length > 0) return found;
  }
  return files;
}
