import { messageOf, InputError } from '../common/errors';
import { Emitter } from '../common/events';
import type { Disposable } from '../common/events';
import { emptyHistory } from '../run/history';
import type { History } from '../run/history';
import { historyUntil, modelVersion, newRunId, parseHistory, parseRun } from './runRecord';
import type { ModelVersion, Moment, RunRecord } from './runRecord';
import { BackgroundWriter, readText } from './storage';
import type { FileOperations } from './storage';

const root = 'runs';
const modelFiles = { latest: 'model.safetensors', best: 'best.safetensors' } as const satisfies Record<
  ModelVersion,
  string
>;

/** What a run begins with. */
export type NewRun = Pick<RunRecord, 'corpus' | 'corpusName' | 'column' | 'settings' | 'spans'>;

/** The model files of a run that are on the disk, and where they stand. */
type KeptModels = Pick<RunRecord, 'checkpoint' | 'best'>;

/** A run that was taken up again. */
export interface ReopenedRun {
  readonly record: RunRecord;
  /** As it was until now, for {@link RunStore.restore}. */
  readonly before: RunRecord;
  readonly history: History;
  readonly checkpoint?: Uint8Array<ArrayBuffer>;
}

/** What changes in a run while it goes on. */
export type RunChange = Partial<
  Omit<RunRecord, 'version' | 'id' | 'corpus' | 'corpusName' | 'column' | 'created'>
>;

export interface RunStoreOptions {
  /** How many runs are kept, read when one begins. */
  readonly keep: () => number;
  readonly log: (message: string) => void;
  /** Called when something could not be written. */
  readonly failed?: (path: string, error: unknown) => void;
  /** Least time between two writes of the same file, in ms. */
  readonly intervalMs?: number;
  readonly now?: () => Date;
  readonly random?: () => number;
}

/**
 * The runs of a workspace, one folder each: `run.json`, `history.json`, `model.safetensors` and
 * `best.safetensors`. What is known of a run changes at once in memory, and soon after on the disk.
 */
export class RunStore implements Disposable {
  private readonly writer: BackgroundWriter;
  private readonly change = new Emitter<void>();
  /** Newest first. */
  private list: RunRecord[] = [];
  private readonly kept = new Map<string, KeptModels>();

  /** Fires when a run begins, changes or is removed. */
  readonly onDidChange = this.change.event;

  constructor(
    private readonly files: FileOperations,
    private readonly options: RunStoreOptions,
  ) {
    const failed = (path: string, error: unknown) => {
      options.log(`Could not write ${path}: ${messageOf(error)}`);
      options.failed?.(path, error);
    };
    this.writer = new BackgroundWriter(files, options.intervalMs ?? 1000, failed);
  }

  /** All runs, newest first. */
  get runs(): readonly RunRecord[] {
    return this.list;
  }

  run(id: string): RunRecord | undefined {
    return this.list.find((run) => run.id === id);
  }

  /**
   * Finds the runs of earlier sessions. Damaged ones are left out; one that was going on has been
   * interrupted.
   */
  async load(): Promise<void> {
    let names: string[] = [];
    try {
      names = await this.files.folders(root);
    } catch (error) {
      this.options.log(`Could not read the folder of runs: ${messageOf(error)}`);
    }
    const found = await Promise.all(names.map((id) => this.loadRun(id)));
    this.list = [...this.list, ...found.filter((run) => run !== undefined)].sort((a, b) =>
      a.created < b.created ? 1 : a.created > b.created ? -1 : 0,
    );
    this.change.fire();
  }

  /** Begins a run, and removes the oldest where there are more than are kept. */
  create(run: NewRun): RunRecord {
    const now = this.options.now?.() ?? new Date();
    const id = newRunId(now, (this.options.random ?? Math.random)());
    const record: RunRecord = {
      version: 1,
      id,
      ...run,
      created: now.toISOString(),
      state: 'running',
      epoch: 0,
      step: 0,
      stepsPerEpoch: 0,
      seconds: 0,
    };
    this.list = [record, ...this.list];
    this.writeRecord(record);
    for (const old of this.list.slice(Math.max(1, this.options.keep()))) this.remove(old);
    this.change.fire();
    return record;
  }

  /** Changes what is known of a run. */
  update(id: string, change: RunChange): RunRecord {
    const run = this.run(id);
    if (!run) throw new Error(`There is no run ${id}`);
    return this.replace({ ...run, ...change });
  }

  /** Makes a run what it was before it was reopened: it did not go on after all. */
  restore(before: RunRecord): RunRecord {
    return this.replace(before);
  }

  /** Keeps a run's curves. The history is written as it is by then: it may go on growing. */
  saveHistory(id: string, history: History): void {
    this.writer.put(`${root}/${id}/history.json`, () => encode(JSON.stringify(history)));
  }

  /**
   * Keeps a checkpoint as the newest, as the best, or as both. `run.json` says that it is there only once its
   * file is written; where that fails, the last one holds.
   */
  saveCheckpoint(
    id: string,
    bytes: Uint8Array,
    { epoch, step, best, latest }: Moment & { readonly best: boolean; readonly latest: boolean },
  ): void {
    const moment = { epoch, step };
    this.update(id, { ...(latest && { checkpoint: moment }), ...(best && { best: moment }) });
    if (latest)
      this.writer.put(
        `${root}/${id}/${modelFiles.latest}`,
        () => bytes,
        (written) => this.settled(id, 'checkpoint', moment, written),
      );
    if (best)
      this.writer.put(
        `${root}/${id}/${modelFiles.best}`,
        () => bytes,
        (written) => this.settled(id, 'best', moment, written),
      );
  }

  /** A run's curves as far as they were kept; none where they are damaged. */
  async readHistory(id: string): Promise<History> {
    await this.writer.flush();
    try {
      return parseHistory(await readText(this.files, `${root}/${id}/history.json`));
    } catch (error) {
      this.options.log(`The curves of run ${id} cannot be read: ${messageOf(error)}`);
      return emptyHistory();
    }
  }

  /** A run's model file. Rejects where it cannot be read. */
  async readModel(id: string, version: ModelVersion): Promise<Uint8Array<ArrayBuffer>> {
    await this.writer.flush();
    return this.files.read(`${root}/${id}/${modelFiles[version]}`);
  }

  /** The newest model file that labels text, and which it is. */
  versionOf(id: string): ModelVersion | undefined {
    const run = this.run(id);
    return run && modelVersion(run);
  }

  /**
   * Takes a run up again: gives its last checkpoint, if there is one, and the curves up to there.
   * @throws InputError where the checkpoint cannot be read; from then on the run has none.
   */
  async reopen(id: string): Promise<ReopenedRun> {
    // What waits to be written may fail: then an older checkpoint holds.
    await this.flush();
    const before = this.run(id);
    if (!before) throw new Error(`There is no run ${id}`);
    const history = historyUntil(await this.readHistory(id), before.checkpoint);
    const change: RunChange = {
      state: 'running',
      message: undefined,
      notices: undefined,
      choice: undefined,
      test: undefined,
    };
    if (!before.checkpoint) {
      const fromStart = { epoch: 0, step: 0, seconds: 0, tokensPerSecond: undefined, development: undefined };
      return { record: this.update(id, { ...change, ...fromStart }), before, history };
    }
    const checkpoint = await this.readCheckpoint(id);
    const { epoch, step } = before.checkpoint;
    return { record: this.update(id, { ...change, epoch, step }), before, history, checkpoint };
  }

  /** Resolves once everything is on the disk. */
  async flush(): Promise<void> {
    await this.writer.flush();
    // A model file that was written, or could not be, changes its record.
    await this.writer.flush();
  }

  dispose(): void {
    this.change.dispose();
  }

  private async loadRun(id: string): Promise<RunRecord | undefined> {
    try {
      const run = parseRun(await readText(this.files, `${root}/${id}/run.json`), id);
      // It has just begun.
      if (this.run(id)) return undefined;
      this.kept.set(id, { checkpoint: run.checkpoint, best: run.best });
      if (run.state !== 'running') return run;
      const interrupted: RunRecord = { ...run, state: 'interrupted' };
      this.writeRecord(interrupted);
      return interrupted;
    } catch (error) {
      this.options.log(`The run in ${root}/${id} is left out, it cannot be read: ${messageOf(error)}`);
      return undefined;
    }
  }

  private async readCheckpoint(id: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await this.readModel(id, 'latest');
    } catch (error) {
      this.kept.set(id, { ...this.kept.get(id), checkpoint: undefined });
      this.update(id, { checkpoint: undefined });
      throw new InputError(
        `The run cannot go on: its last checkpoint cannot be read (${messageOf(error)}). Train a new model.`,
      );
    }
  }

  /** A model file was written, or could not be: then the one before it is still there. */
  private settled(id: string, file: keyof KeptModels, moment: Moment, written: boolean): void {
    const run = this.run(id);
    if (!run) return;
    const kept = this.kept.get(id);
    if (written) {
      this.kept.set(id, { ...kept, [file]: moment });
      this.writeRecord(run);
    } else if (run[file] === moment) {
      this.update(id, { [file]: kept?.[file] });
    }
  }

  private replace(record: RunRecord): RunRecord {
    const index = this.list.findIndex(({ id }) => id === record.id);
    if (index < 0) throw new Error(`There is no run ${record.id}`);
    this.list = this.list.with(index, record);
    this.writeRecord(record);
    this.change.fire();
    return record;
  }

  /** It tells only of model files that are on the disk. */
  private writeRecord(record: RunRecord): void {
    const content = () =>
      encode(
        JSON.stringify(
          { ...record, checkpoint: undefined, best: undefined, ...this.kept.get(record.id) },
          undefined,
          1,
        ),
      );
    this.writer.put(`${root}/${record.id}/run.json`, content);
  }

  private remove(run: RunRecord): void {
    this.list = this.list.filter((other) => other !== run);
    this.kept.delete(run.id);
    this.writer.forget(`${root}/${run.id}`);
    this.files
      .remove(`${root}/${run.id}`)
      .catch((error: unknown) => this.options.log(`Could not remove run ${run.id}: ${messageOf(error)}`));
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
