/** A folder with what is kept of a run: `run.json` and `history.json`, as VS Code keeps its runs. */
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError, messageOf } from '../common/errors';
import type { TrainingData } from '../engine/trainerProtocol';
import type { TrainingSettings } from '../model/settings/settings';
import { readHistory } from '../record/historyRecord';
import { readRunRecord } from '../record/readRunRecord';
import { newRecord, recordWith, stateOf } from '../record/runRecord';
import type { RunRecord } from '../record/runRecord';
import type { ReportedRun } from '../report/reportedRun';
import { emptyHistory } from '../run/history';
import type { RunState } from '../run/runState';
import { fileError } from './fileError';
import { checkWritable, writeWhole } from './outputFile';
import { printNotice } from './report';

const recordFile = 'run.json';
const historyFile = 'history.json';

/**
 * Says before a run that it can be kept in a folder: there is none yet, or an empty one.
 * @throws {InputError} where it is none, or there is something in it.
 */
export async function checkRunFolder(folder: string): Promise<void> {
  const info = await stat(folder).catch(() => undefined);
  if (info && !info.isDirectory())
    throw new InputError('This is a file: name a folder for the run.', { file: folder });
  const there = info
    ? await readdir(folder).catch((error: unknown) => {
        throw fileError(error, folder);
      })
    : [];
  if (there.length > 0)
    throw new InputError('This folder is not empty: a run is kept in one of its own.', {
      file: folder,
      hint: 'Name another behind --run.',
    });
  await checkWritable(path.join(folder, recordFile));
}

/** Keeps a run in a folder while it goes on: each write is whole, and one follows the other. */
export class RunKeeper {
  private record: RunRecord;
  private writing: Promise<void> = Promise.resolve();
  private fault: unknown;

  constructor(
    private readonly folder: string,
    { corpus, corpusName, column }: TrainingData,
    settings: TrainingSettings,
  ) {
    const id = path.basename(path.resolve(folder));
    this.record = newRecord(id, { corpus, corpusName, column, settings, spans: false }, new Date());
  }

  /** The run stands there now. What cannot be written is told at the end. */
  keep(state: RunState): void {
    this.record = recordWith(this.record, state);
    // Model files are none of what is kept here.
    const record = { ...this.record, checkpoint: undefined, best: undefined };
    const files: readonly (readonly [string, unknown])[] = [
      [historyFile, state.history],
      [recordFile, record],
    ];
    this.writing = this.writing.then(async () => {
      try {
        for (const [name, content] of files)
          await writeWhole(
            path.join(this.folder, name),
            new TextEncoder().encode(`${JSON.stringify(content)}\n`),
          );
        this.fault = undefined;
      } catch (error) {
        this.fault = error;
      }
    });
  }

  /**
   * Resolves once all is written.
   * @throws {InputError} where the last of it could not be.
   */
  async finish(): Promise<void> {
    await this.writing;
    if (this.fault !== undefined) throw this.fault;
  }
}

/** What is read of a run, by its folder or by the `run.json` in it. */
export function filesOfRun(named: string): string[] {
  const folders = [named, path.dirname(named)];
  return [
    named,
    ...folders.flatMap((folder) => [recordFile, historyFile].map((name) => path.join(folder, name))),
  ];
}

/**
 * Reads a run that was kept, by its folder or by the `run.json` in it; or one that was written as JSON. What
 * is damaged is told, and left out.
 * @throws {InputError} where there is none, or nothing of it can be read.
 */
export async function readRunFolder(named: string): Promise<ReportedRun> {
  const isFile = await lstat(named).then(
    (info) => info.isFile(),
    () => false,
  );
  const folder = isFile ? path.dirname(named) : named;
  const isWhole = isFile && path.basename(named) !== recordFile;
  const record = await readRecord(
    isWhole ? named : path.join(folder, recordFile),
    path.basename(path.resolve(folder)),
  );
  const history = await readCurves(isWhole ? named : path.join(folder, historyFile));
  // Nobody goes on with it that is known here.
  const state = stateOf(record.state === 'running' ? { ...record, state: 'interrupted' } : record, history);
  return { record, state };
}

async function readRecord(file: string, id: string): Promise<RunRecord> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fileError(error, file);
  });
  try {
    const { record, damaged } = readRunRecord(new TextDecoder().decode(bytes), id);
    // A folder may have got another name.
    const others = damaged.filter((name) => name !== 'id');
    if (others.length > 0) printNotice(`${file} is damaged, and used without: ${others.join(', ')}.`);
    return record;
  } catch (error) {
    throw new InputError(`This record of a run cannot be read: ${messageOf(error)}`, { file });
  }
}

async function readCurves(file: string): Promise<RunState['history']> {
  try {
    const { history, damaged } = await readHistory(new Uint8Array(await readFile(file)));
    if (damaged) printNotice(`${file} is damaged: what can be read of the curves is shown.`);
    return history;
  } catch (error) {
    printNotice(`The run is reported without its curves: ${messageOf(error)}`);
    return emptyHistory;
  }
}
