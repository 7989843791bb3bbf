import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../common/problem';
import type { LabelColumn } from '../../corpus/corpus';
import { findColumn } from '../../corpus/formats/columnNames';
import { splitOfPath } from '../../corpus/splits';
import { resolveSettings } from '../../training/settings';
import type { Engine } from '../engine';
import { fromEngineError } from '../errors';
import type { CorpusSummary, RunFacts, SourceFile, TrainerEvent, TrainingData } from '../protocol';
import { corpusFiles, readSourceFile, writeAtomically } from './files';
import { describeScores, printProblems, ProgressLine, scoresJson } from './report';
import type { Command } from './usage';

type TrainCommand = Command & { name: 'train' };

/** Trains, shows progress on stderr, writes the model, prints the result. Gives the exit code. */
export async function trainCommand(command: TrainCommand, engine: Engine): Promise<number> {
  if (command.model !== undefined) await checkWritable(command.model);
  const data = await trainingData(command, engine);
  const settings = resolveSettings(command.settings);
  const run = engine.train(data, settings);
  const line = new ProgressLine();
  let facts: RunFacts | undefined;
  let model: Uint8Array | undefined;
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    run.stop();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const end = await new Promise<TrainerEvent & { type: 'ended' }>((resolve, reject) => {
      run.onEvent((event) => {
        switch (event.type) {
          case 'started':
            facts = event.facts;
            line.print(describeFacts(data, event.facts));
            break;
          case 'problems':
            line.clear();
            printProblems(event.problems);
            break;
          case 'progress':
            line.draw(
              facts ? event.step / (facts.stepsPerEpoch * facts.epochs) : 0,
              `epoch ${event.epoch}/${settings.epochs}  loss ${event.losses.at(-1)?.toFixed(3) ?? ''}  ${Math.round(event.tokensPerSecond).toLocaleString('en')} tokens/s  ${Math.ceil(event.secondsLeft)} s left`,
            );
            break;
          case 'epoch':
            line.print(
              `epoch ${event.epoch}/${settings.epochs}: training loss ${event.loss.toFixed(4)}` + (event.development ? `; development ${describeScores(event.development)}` : ''),
            );
            break;
          case 'checkpoint':
            if (event.best || !model || facts?.tokens.development === 0) model = event.bytes;
            break;
          case 'failed':
            reject(fromEngineError(event.error));
            break;
          case 'ended':
            resolve(event);
            break;
          case 'paused':
          case 'resumed':
            break;
        }
      });
    });
    line.clear();
    if (command.model !== undefined && model) {
      await writeAtomically(command.model, model);
      line.print(`Model: ${command.model}`);
    }
    if (end.reason === 'diverged') throw new InputError(end.message ?? 'Training diverged.');
    if (end.test) line.print(`test: ${describeScores(end.test)}`);
    if (command.json) process.stdout.write(`${JSON.stringify(result(end, facts))}\n`);
    return interrupted ? 130 : 0;
  } finally {
    line.clear();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    run.dispose();
  }
}

function result(end: TrainerEvent & { type: 'ended' }, facts: RunFacts | undefined): Record<string, unknown> {
  return {
    device: facts?.device,
    tokens: facts?.tokens.training,
    epochs: end.epoch,
    seconds: end.seconds,
    tokensPerSecond: end.tokensPerSecond,
    ...(end.development && { dev: scoresJson(end.development) }),
    ...(end.test && { test: scoresJson(end.test) }),
  };
}

function describeFacts(data: TrainingData, facts: RunFacts): string {
  const count = (n: number): string => n.toLocaleString('en');
  const heldOut = facts.heldOut ? ' (held out)' : '';
  return (
    `${data.corpusName} · ${data.column}: ${count(facts.tokens.training)} training, ${count(facts.tokens.development)} development${heldOut}, ${count(facts.tokens.test)} test tokens; ` +
    `${facts.labels.length} labels, ${count(facts.vocabulary)} words; ${facts.deviceDescription}`
  );
}

/** The files that the paths name, as one corpus with one label column. */
async function trainingData(command: TrainCommand, engine: Engine): Promise<TrainingData> {
  const files: (SourceFile & { split?: 'training' | 'development' | 'test' })[] = [];
  const given = await Promise.all(command.paths.map(corpusFiles));
  for (const [i, found] of given.entries()) {
    const folder = (await isFolder(command.paths[i])) ? command.paths[i] : path.dirname(command.paths[i]);
    for (const file of found) {
      const source = await readSourceFile(file, folder);
      // One file that is named is what to train on, whatever its name.
      const alone = command.paths.length === 1 && found.length === 1;
      files.push({ ...source, split: alone ? 'training' : splitOfPath(source.path) });
    }
  }
  for (const [file, split] of [[command.dev, 'development'], [command.test, 'test']] as const) {
    if (file === undefined) continue;
    const same = files.findIndex((other) => path.resolve(other.file) === path.resolve(file));
    if (same >= 0) files.splice(same, 1);
    if (command.dev !== undefined && split === 'development') drop(files, 'development');
    if (split === 'test') drop(files, 'test');
    files.push({ ...(await readSourceFile(file, path.dirname(file))), split });
  }
  const corpus = await theCorpus(files, command, engine);
  const column = chooseColumn(corpus, command.column);
  return { corpus: corpus.id, corpusName: corpus.name, column: column.name, files, replaceInvalidBytes: command.replaceInvalidBytes };
}

/** A set that is named takes the place of the one found by file name. */
function drop(files: { split?: string }[], split: string): void {
  for (let i = files.length - 1; i >= 0; i--) if (files[i].split === split) files.splice(i, 1);
}

async function isFolder(target: string): Promise<boolean> {
  return (await stat(target)).isDirectory();
}

/** What is known of the files together, so that a column can be chosen. */
async function theCorpus(files: readonly SourceFile[], command: TrainCommand, engine: Engine): Promise<CorpusSummary> {
  const reader = engine.createReader();
  try {
    // Files named one by one are one corpus, wherever they are: told from one folder.
    const folders = new Set(files.map(({ path: below }) => below.split('/')[0]));
    const together = folders.size > 1 || command.dev !== undefined || command.test !== undefined;
    const changed = together ? files.map((file) => ({ ...file, path: `corpus/${path.basename(file.file)}` })) : files;
    const { corpora, problems } = await reader.scan({ changed, removed: [], replaceInvalidBytes: command.replaceInvalidBytes });
    if (corpora.length === 0) {
      printProblems(problems.flatMap(({ problems: found }) => found));
      throw new InputError('Nothing here could be read as a corpus.', { file: command.paths[0], hint: 'RNN Tagger reads CoNLL-U and columns: one token a line, blank lines between sentences.' });
    }
    if (corpora.length > 1) {
      throw new InputError(`There are ${corpora.length} corpora here: ${corpora.map(({ name }) => name).join(', ')}.`, { file: command.paths[0], hint: 'Name the files or the folder of one.' });
    }
    return corpora[0];
  } finally {
    reader.dispose();
  }
}

function chooseColumn(corpus: CorpusSummary, wanted: string | undefined): LabelColumn {
  if (corpus.columns.length === 0) {
    throw new InputError('There is no label column to learn: one with at least two values.', { file: corpus.files[0]?.file });
  }
  if (wanted === undefined) return corpus.columns[0];
  const name = findColumn(corpus.format, wanted);
  const column = corpus.columns.find((candidate) => candidate.name === name);
  if (!column) {
    throw new InputError(`There is no label column ${JSON.stringify(wanted)}.`, { file: corpus.files[0]?.file, hint: `On offer: ${corpus.columns.map((candidate) => candidate.name).join(', ')}.` });
  }
  return column;
}

/** Says before the training, not after it, that the model cannot be written. */
async function checkWritable(file: string): Promise<void> {
  if (await isFolder(file).catch(() => false)) throw new InputError('This is a folder: name a file for the model.', { file });
  const folder = path.dirname(path.resolve(file));
  await access(folder, constants.W_OK).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new InputError('The model cannot be written there.', { file });
  });
}
