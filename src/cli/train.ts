import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../common/errors';
import { formatCount } from '../common/figures';
import { shownLine, shownNames } from '../common/shownText';
import type { LabelColumn, SplitName, Corpus } from '../corpus/corpus';
import { findColumn } from '../corpus/formats/layout';
import { isUnlikely, maximumLabels, mostListedLabels } from '../corpus/labels/columns';
import { splitsOfPaths } from '../corpus/splits';
import type { Engine } from '../engine/engine';
import type { SourceFile } from '../engine/sourceFile';
import type { TrainingData } from '../engine/trainerProtocol';
import { completeSettings } from '../training/defaults';
import { readSourceFile, sourcesAt } from './files';
import { checkNothingOpen } from './openQuestions';
import { checkNoInput, checkWritable, writeWhole } from './outputFile';
import { describeScores, printProblems, ProgressLine } from './report';
import { checkRunFolder, RunKeeper } from './runFolder';
import { followRun, resultJson } from './runReport';
import { checkOutput, writeOutput } from './standardStreams';
import type { Command } from './usage';

type TrainCommand = Command & { name: 'train' };

/** Trains, shows progress on stderr, writes the model, prints the result. Gives the exit code. */
export async function trainCommand(command: TrainCommand, engine: Engine): Promise<number> {
  if (command.model !== undefined) await checkWritable(command.model);
  if (command.run !== undefined) await checkRunFolder(command.run);
  const data = await trainingData(command, engine);
  const settings = completeSettings(command.settings);
  const keeper = command.run === undefined ? undefined : new RunKeeper(command.run, data, settings);
  const run = engine.train(data, settings);
  const line = new ProgressLine();
  let interrupts = 0;
  const interrupt = (): void => {
    interrupts++;
    // Asked twice, it ends at once with the newest checkpoint; asked again, without.
    if (interrupts === 1) run.stop();
    else if (interrupts === 2) run.stopNow();
    else process.exit(130);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const { end, error, state, model } = await followRun(run, data, settings.epochs, line, keeper);
    line.clear();
    if (command.model !== undefined) {
      if (model) await writeWhole(command.model, model);
      line.print(
        model
          ? `Model: ${shownLine(command.model, 400)}`
          : 'No model was written: training ended before its first checkpoint.',
      );
    }
    await keeper?.finish();
    if (error) throw error;
    if (end?.reason === 'diverged') throw new InputError(end.message ?? 'Training diverged.');
    if (end?.reason === 'done' && end.message !== undefined) line.print(end.message);
    if (end?.details?.development && end.development)
      line.print(`development: ${describeScores(end.development, end.details.development)}`);
    if (end?.test) line.print(`test: ${describeScores(end.test, end.details?.test)}`);
    if (command.json && end) await writeOutput(`${JSON.stringify(resultJson(end, state.facts))}\n`);
    return interrupts > 0 ? 130 : 0;
  } finally {
    line.clear();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    run.dispose();
  }
}

type SplitFile = SourceFile & { readonly split?: SplitName };

/** The files that the command names, as one corpus with one label column. */
async function trainingData(command: TrainCommand, engine: Engine): Promise<TrainingData> {
  const found = await sourcesAt(command.paths, command.stated);
  const chosen = [command.dev, command.test].filter((file) => file !== undefined);
  const inputs = [...found.map(({ file }) => file), ...chosen];
  if (command.model !== undefined) await checkNoInput(command.model, inputs);
  if (command.json) await checkOutput(inputs);
  const named = splitsOfPaths(found.map((file) => file.path));
  // One file that is named is what to train on, whatever its name.
  let files: SplitFile[] = found.map((file, i) => ({
    ...file,
    split: found.length === 1 ? 'training' : named[i],
  }));
  for (const [file, split] of [
    [command.dev, 'development'],
    [command.test, 'test'],
  ] as const) {
    if (file === undefined) continue;
    const source = {
      ...(await readSourceFile(file, path.dirname(file))),
      stated: command.stated,
      chosen: true,
    };
    const same = await realpath(file);
    // A set that is named takes the place of the one found by file name.
    const kept = await Promise.all(
      files.map(async (other) => other.split !== split && (await realpath(other.file)) !== same),
    );
    files = [...files.filter((_, i) => kept[i]), { ...source, split }];
  }
  const corpus = await theCorpus(files, command, engine);
  checkNothingOpen(corpus, files, command.column, command.replaceInvalidBytes);
  const column = chooseColumn(corpus, command.column);
  return {
    corpus: corpus.id,
    corpusName: corpus.name,
    column: column.name,
    files,
    replaceInvalidBytes: command.replaceInvalidBytes,
    allowLeftOut: command.allowLeftOut,
  };
}

/**
 * What is known of the files together, so that a column can be chosen.
 * @throws {InputError} where they are not one corpus, or a file that the command names cannot be read as a
 * part of it.
 */
async function theCorpus(
  files: readonly SourceFile[],
  command: TrainCommand,
  engine: Engine,
): Promise<Corpus> {
  const reader = engine.createReader();
  try {
    // Files named one by one are one corpus, wherever they are: told from one folder.
    const folders = new Set(files.map(({ path: below }) => below.split('/')[0]));
    const together = folders.size > 1 || command.dev !== undefined || command.test !== undefined;
    // The reader takes the bytes over; the trainer needs them too.
    const copies = files.map((file) => ({
      ...file,
      content: typeof file.content === 'string' ? file.content : file.content.slice(),
    }));
    const changed = together
      ? copies.map((file, i) => ({ ...file, path: `corpus/${i}-${path.basename(file.file)}` }))
      : copies;
    const { corpora, problems } = await reader.scan({
      changed,
      removed: [],
      replaceInvalidBytes: command.replaceInvalidBytes,
    });
    if (corpora.length === 0) {
      printProblems(problems.flatMap(({ problems: found }) => found));
      throw new InputError('Nothing here could be read as a corpus.', {
        file: command.paths[0],
        hint: 'docs/corpora.md lists the formats that RNN Tagger reads, first of all CoNLL-U and columns: one token a line, blank lines between sentences. --columns, --delimiter, --header and --encoding say how a file is laid out; --replace-invalid reads invalid UTF-8 too.',
      });
    }
    if (corpora.length > 1) {
      throw new InputError(
        `There are ${corpora.length} corpora here: ${shownNames(corpora.map(({ name, layout }) => `${name} (${layout.columns.join(' ')})`))}.`,
        {
          file: command.paths[0],
          hint: 'Name the files or the folder of one.',
        },
      );
    }
    const [corpus] = corpora;
    const missing = [...command.paths, command.dev, command.test].find(
      (named) =>
        named !== undefined &&
        files.some(({ file }) => file === named) &&
        !corpus.files.some(({ file }) => file === named),
    );
    if (missing !== undefined) {
      printProblems(problems.filter(({ file }) => file === missing).flatMap(({ problems: found }) => found));
      throw new InputError('This file could not be read as a part of the corpus.', { file: missing });
    }
    if (corpus.columns.length === 0) printProblems(problems.flatMap(({ problems: found }) => found));
    return corpus;
  } finally {
    reader.dispose();
  }
}

function chooseColumn(corpus: Corpus, wanted: string | undefined): LabelColumn {
  if (corpus.columns.length === 0) {
    throw new InputError(
      `There is no label column to learn: one with 2 to ${formatCount(mostListedLabels)} different values, and fewer than words.`,
      { file: corpus.files[0]?.file, hint: `Its columns are ${shownNames(corpus.layout.columns)}.` },
    );
  }
  if (wanted === undefined) {
    const [first] = corpus.columns;
    if (!isUnlikely(corpus.layout, first)) return first;
    throw new InputError(`No column has 2 to ${maximumLabels} different values, as labels do.`, {
      file: corpus.files[0]?.file,
      hint: `Say which to learn with --column: ${shownNames(corpus.columns.map(({ name, labels }) => `${name} (${formatCount(labels.length)} values)`))}.`,
    });
  }
  const name = findColumn(corpus.layout, wanted);
  const column = corpus.columns.find((candidate) => candidate.name === name);
  if (!column) {
    throw new InputError(`There is no label column ${JSON.stringify(wanted)}.`, {
      file: corpus.files[0]?.file,
      hint: `On offer: ${shownNames(corpus.columns.map((candidate) => candidate.name))}.`,
    });
  }
  return column;
}
