import { messageOf } from '../common/errors';
import { readModel } from '../model/modelFile';
import { readHistory } from '../record/historyRecord';
import { readRunRecord } from '../record/readRunRecord';
import type { ModelVersion, RunRecord } from '../record/runRecord';
import { emptyHistory } from '../run/history';
import type { History } from '../run/history';
import type { RunDetails } from '../run/learned';
import type { Moment } from '../run/runEvent';
import { detailsText, readDetails } from './detailsRecord';
import { BackgroundWriter, readText, removeTemporary } from './storage';
import type { FileOperations } from './storage';

const root = 'runs';
const modelFiles = { latest: 'model.safetensors', best: 'best.safetensors' } as const;
/** What `run.json` calls the moment of a model file. */
export const momentNames = { latest: 'checkpoint', best: 'best' } as const;

/** Where the model files that are on the disk stand. */
type KeptModels = Pick<RunRecord, 'checkpoint' | 'best'>;

export interface RunFolderOptions {
  readonly log: (message: string) => void;
  /** Called when something could not be written. */
  readonly failed?: (path: string, error: unknown) => void;
  /** Least time between two writes of the same file, in ms. */
  readonly intervalMs?: number;
}

/**
 * The folders of runs on the disk: `run.json`, `history.json`, `details.json`, `model.safetensors` and
 * `best.safetensors`.
 * They are written soon after the call; `run.json` tells only of model files that are there.
 */
export class RunFolders {
  private readonly writer: BackgroundWriter;
  private readonly kept = new Map<string, KeptModels>();
  /** The moment of the newest best model, written or not. */
  private readonly best = new Map<string, Moment | undefined>();
  /** What was said of damaged files. */
  private readonly said = new Set<string>();

  constructor(
    private readonly files: FileOperations,
    private readonly options: RunFolderOptions,
  ) {
    const failed = (path: string, error: unknown) => {
      options.log(`Could not write ${path}: ${messageOf(error)}`);
      options.failed?.(path, error);
    };
    this.writer = new BackgroundWriter(files, options.intervalMs ?? 1000, failed);
  }

  /** The folders of all runs, once what is known here is written. */
  async ids(): Promise<string[]> {
    await this.flush();
    try {
      return await this.files.folders(root);
    } catch (error) {
      this.options.log(`Could not read the folder of runs: ${messageOf(error)}`);
      return [];
    }
  }

  /**
   * A run's record; `none` where there is no file for it, undefined where it is damaged, which is said once:
   * its folder is left alone.
   */
  async readRecord(id: string): Promise<RunRecord | 'none' | undefined> {
    try {
      if (!(await this.files.files(`${root}/${id}`)).includes('run.json')) return 'none';
      const { record, damaged } = readRunRecord(await readText(this.files, `${root}/${id}/run.json`), id);
      if (damaged.length > 0)
        this.say(
          `The record of the run in ${root}/${id} is damaged, and used without: ${damaged.join(', ')}.`,
        );
      return record;
    } catch (error) {
      this.say(`The run in ${root}/${id} is left out, it cannot be read: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** From now on what the record on the disk tells of model files counts. */
  adopt({ id, checkpoint, best }: RunRecord): void {
    this.kept.set(id, { checkpoint, best });
    this.best.set(id, best);
  }

  /** Whether anything of the run was found on the disk or written there. */
  isKnown(id: string): boolean {
    return this.kept.has(id);
  }

  /** A run's curves; none where they are damaged. */
  async readHistory(id: string): Promise<History> {
    await this.writer.flush();
    try {
      const { history, damaged } = await readHistory(await this.files.read(`${root}/${id}/history.json`));
      if (damaged) this.say(`The curves of run ${id} are damaged: what can be read of them is shown.`);
      return history;
    } catch (error) {
      this.say(`The curves of run ${id} cannot be read: ${messageOf(error)}`);
      return emptyHistory;
    }
  }

  /** What lies behind a run's scores; undefined where there is no such file, or it is of no use. */
  async readDetails(id: string): Promise<RunDetails | undefined> {
    await this.writer.flush();
    try {
      if (!(await this.files.files(`${root}/${id}`)).includes('details.json')) return undefined;
      return readDetails(await readText(this.files, `${root}/${id}/details.json`));
    } catch (error) {
      this.say(
        `The details of run ${id} (${root}/${id}/details.json) are set aside, they cannot be read: ${messageOf(error)}`,
      );
      return undefined;
    }
  }

  /** A run's model file. Rejects where it cannot be read. */
  async readModel(id: string, version: ModelVersion): Promise<Uint8Array<ArrayBuffer>> {
    await this.writer.flush();
    return this.files.read(`${root}/${id}/${modelFiles[version]}`);
  }

  writeRecord(record: RunRecord): void {
    const content = () => {
      const { id, state } = record;
      // Until the model that a run has come to is there, its end is still to come.
      const soFar: RunRecord['state'] = state === 'done' && !this.hasFinalModel(id) ? 'interrupted' : state;
      const onDisk = {
        ...record,
        state: soFar,
        checkpoint: undefined,
        best: undefined,
        ...this.kept.get(id),
      };
      return encode(JSON.stringify(onDisk, undefined, 1));
    };
    this.writer.put(`${root}/${record.id}/run.json`, content);
  }

  /** The history is written as it is by then: it may go on growing. */
  writeHistory(id: string, history: () => History): void {
    this.writer.put(`${root}/${id}/history.json`, () => encode(JSON.stringify(history())));
  }

  writeDetails(id: string, details: RunDetails): void {
    this.writer.put(`${root}/${id}/details.json`, () => encode(detailsText(details)));
  }

  /**
   * Writes a model file in the place of the one before. `settled` is called with the moment of the file that
   * is there then: where it cannot be written, that of the one before.
   */
  writeModel(
    id: string,
    version: ModelVersion,
    bytes: Uint8Array,
    moment: Moment,
    settled: (there: Moment | undefined) => void,
  ): void {
    const written = (succeeded: boolean): void => {
      if (succeeded) this.setKept(id, version, moment);
      settled(this.kept.get(id)?.[momentNames[version]]);
    };
    if (version === 'best') this.best.set(id, moment);
    this.writer.put(`${root}/${id}/${modelFiles[version]}`, () => bytes, written);
  }

  /** Whether the run's newest checkpoint is on the disk, or was by the last time that it was written. */
  hasCheckpoint(id: string): boolean {
    return this.kept.get(id)?.checkpoint !== undefined;
  }

  /** The run's newest checkpoint is of no use. */
  forgetCheckpoint(id: string): void {
    this.setKept(id, 'latest', undefined);
  }

  /**
   * Removes what a crash left of files that were being written.
   * @param isGone whether the process is, by its number, that wrote a file.
   */
  removeTemporary(id: string, isGone: (pid: number | undefined) => boolean): Promise<void> {
    return removeTemporary(this.files, `${root}/${id}`, isGone).catch((error: unknown) =>
      this.options.log(`Could not clean up ${root}/${id}: ${messageOf(error)}`),
    );
  }

  /** Removes a folder without a record where nothing else of use is in it either. */
  async removeEmpty(id: string): Promise<void> {
    const files = await this.files.files(`${root}/${id}`);
    const folders = await this.files.folders(`${root}/${id}`);
    // On a disk that was full there may be curves.
    const isEmpty = folders.length === 0 && files.every((name) => name === 'history.json');
    if (isEmpty) return this.removePath(`${root}/${id}`);
    this.options.log(`The run in ${root}/${id} is left out: it has no run.json.`);
  }

  /**
   * Where the newest checkpoint stands, as its file says: the record may not have been written any more.
   * Undefined where there is no sound one.
   */
  async findCheckpoint(id: string): Promise<Moment | undefined> {
    try {
      if (!(await this.files.files(`${root}/${id}`)).includes(modelFiles.latest)) return undefined;
      const { state } = readModel(await this.readModel(id, 'latest'));
      if (!state) return undefined;
      const { epoch, stepInEpoch, step } = state;
      const moment = { epoch: Math.max(1, stepInEpoch > 0 ? epoch : epoch - 1), step };
      this.setKept(id, 'latest', moment);
      return moment;
    } catch (error) {
      this.options.log(`The checkpoint of run ${id} cannot be read: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** Whether the newest best model is on the disk. */
  hasFinalModel(id: string): boolean {
    const there = this.kept.get(id)?.best;
    return there !== undefined && there === this.best.get(id);
  }

  removeModel(id: string, version: ModelVersion): Promise<void> {
    return this.removePath(`${root}/${id}/${modelFiles[version]}`);
  }

  async remove(id: string): Promise<void> {
    this.kept.delete(id);
    this.best.delete(id);
    await this.writer.forget(`${root}/${id}`);
    await this.removePath(`${root}/${id}`);
  }

  /** Resolves once everything is on the disk. */
  async flush(): Promise<void> {
    await this.writer.flush();
    // A model file that was written, or could not be, changes its record.
    await this.writer.flush();
  }

  /** Once, however often the folders are read. */
  private say(message: string): void {
    if (this.said.has(message)) return;
    this.said.add(message);
    this.options.log(message);
  }

  private removePath(path: string): Promise<void> {
    return this.files
      .remove(path)
      .catch((error: unknown) => this.options.log(`Could not remove ${path}: ${messageOf(error)}`));
  }

  private setKept(id: string, version: ModelVersion, moment: Moment | undefined): void {
    this.kept.set(id, { ...this.kept.get(id), [momentNames[version]]: moment });
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
