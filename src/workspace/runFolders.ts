import { messageOf } from '../common/errors';
import { emptyHistory } from '../run/history';
import type { History } from '../run/history';
import type { Moment } from '../run/runEvent';
import { parseHistory } from './historyRecord';
import { parseRun } from './runRecord';
import type { ModelVersion, RunRecord } from './runRecord';
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
 * The folders of runs on the disk: `run.json`, `history.json`, `model.safetensors` and `best.safetensors`.
 * They are written soon after the call; `run.json` tells only of model files that are there.
 */
export class RunFolders {
  private readonly writer: BackgroundWriter;
  private readonly kept = new Map<string, KeptModels>();
  /** The damaged ones. */
  private readonly leftOut = new Set<string>();

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

  /** A run's record; undefined where it is damaged, which is said once: its folder is left alone. */
  async readRecord(id: string): Promise<RunRecord | undefined> {
    try {
      return parseRun(await readText(this.files, `${root}/${id}/run.json`), id);
    } catch (error) {
      if (!this.leftOut.has(id))
        this.options.log(`The run in ${root}/${id} is left out, it cannot be read: ${messageOf(error)}`);
      this.leftOut.add(id);
      return undefined;
    }
  }

  /** From now on what the record on the disk tells of model files counts. */
  adopt({ id, checkpoint, best }: RunRecord): void {
    this.kept.set(id, { checkpoint, best });
  }

  /** Whether anything of the run was found on the disk or written there. */
  isKnown(id: string): boolean {
    return this.kept.has(id);
  }

  /** A run's curves; none where they are damaged. */
  async readHistory(id: string): Promise<History> {
    await this.writer.flush();
    try {
      return parseHistory(await readText(this.files, `${root}/${id}/history.json`));
    } catch (error) {
      this.options.log(`The curves of run ${id} cannot be read: ${messageOf(error)}`);
      return emptyHistory;
    }
  }

  /** A run's model file. Rejects where it cannot be read. */
  async readModel(id: string, version: ModelVersion): Promise<Uint8Array<ArrayBuffer>> {
    await this.writer.flush();
    return this.files.read(`${root}/${id}/${modelFiles[version]}`);
  }

  writeRecord(record: RunRecord): void {
    const content = () => {
      const onDisk = { ...record, checkpoint: undefined, best: undefined, ...this.kept.get(record.id) };
      return encode(JSON.stringify(onDisk, undefined, 1));
    };
    this.writer.put(`${root}/${record.id}/run.json`, content);
  }

  /** The history is written as it is by then: it may go on growing. */
  writeHistory(id: string, history: () => History): void {
    this.writer.put(`${root}/${id}/history.json`, () => encode(JSON.stringify(history())));
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

  /** Removes what a crash left of files that were being written. */
  removeTemporary(id: string): Promise<void> {
    return removeTemporary(this.files, `${root}/${id}`).catch((error: unknown) =>
      this.options.log(`Could not clean up ${root}/${id}: ${messageOf(error)}`),
    );
  }

  /** Whether a model file is on the disk. */
  has(id: string, version: ModelVersion): boolean {
    return this.kept.get(id)?.[momentNames[version]] !== undefined;
  }

  removeModel(id: string, version: ModelVersion): Promise<void> {
    return this.removePath(`${root}/${id}/${modelFiles[version]}`);
  }

  remove(id: string): Promise<void> {
    this.kept.delete(id);
    this.writer.forget(`${root}/${id}`);
    return this.removePath(`${root}/${id}`);
  }

  /** Resolves once everything is on the disk. */
  async flush(): Promise<void> {
    await this.writer.flush();
    // A model file that was written, or could not be, changes its record.
    await this.writer.flush();
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
