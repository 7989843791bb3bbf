import { messageOf, InputError } from '../common/errors';
import { Emitter } from '../common/events';
import type { Disposable } from '../common/events';
import { historyUntil } from '../run/history';
import type { Moment, RunEvent } from '../run/runEvent';
import { initialState, interrupted, reduce } from '../run/runState';
import type { RunState } from '../run/runState';
import { RunFolders, momentNames } from './runFolders';
import type { RunFolderOptions } from './runFolders';
import { RunOwners } from './runOwners';
import type { WindowIdentity } from './runOwners';
import { modelVersion, newRunId, recordWith, stateOf } from './runRecord';
import type { ModelVersion, RunRecord } from './runRecord';
import type { FileOperations } from './storage';

/** What a run begins with. */
export type NewRun = Pick<RunRecord, 'corpus' | 'corpusName' | 'column' | 'settings' | 'spans'>;

/** A run that was taken up again. */
export interface ReopenedRun {
  readonly record: RunRecord;
  /** As it was until now, for {@link RunStore.restore}. */
  readonly before: RunRecord;
  readonly checkpoint?: Uint8Array<ArrayBuffer>;
}

export interface RunStoreOptions extends RunFolderOptions {
  /** This window, where others may share the storage. */
  readonly window: WindowIdentity;
  /** How many runs are kept, read when one begins. */
  readonly keep: () => number;
  readonly now?: () => Date;
  readonly random?: () => number;
}

/**
 * The runs of a workspace. A run that goes on has a state, to which its events are appended; what is known of
 * it changes at once in memory, and soon after on the disk.
 */
export class RunStore implements Disposable {
  private readonly folders: RunFolders;
  private readonly owners: RunOwners;
  private readonly change = new Emitter<void>();
  /** Newest first. */
  private list: RunRecord[] = [];
  /** Of the runs that have begun, or were taken up again, in this window. */
  private readonly states = new Map<string, RunState>();

  /** Fires when a run begins, changes or is removed. */
  readonly onDidChange = this.change.event;

  constructor(
    files: FileOperations,
    private readonly options: RunStoreOptions,
  ) {
    this.folders = new RunFolders(files, options);
    this.owners = new RunOwners(files, options.window);
  }

  /** All runs, newest first. */
  get runs(): readonly RunRecord[] {
    return this.list;
  }

  run(id: string): RunRecord | undefined {
    return this.list.find((run) => run.id === id);
  }

  /** Where a run stands, with its curves as far as they were kept. */
  async readState(id: string): Promise<RunState> {
    return this.states.get(id) ?? stateOf(this.known(id), await this.folders.readHistory(id));
  }

  /**
   * Finds the runs of earlier sessions, and those of other windows, which may go on. Those that
   * cannot be read are left out; one that was going on in a window that is gone has been interrupted. May be called again, to see what
   * other windows did meanwhile.
   */
  async load(): Promise<void> {
    const isOwn = (id: string): boolean => this.states.has(id);
    const found = await this.folders.readRecords(isOwn);
    const read = await Promise.all(
      // One that has just begun here may be among them.
      found.records.filter(({ id }) => !isOwn(id)).map((run) => this.asNow(run)),
    );
    await Promise.all(found.withoutRecord.filter((id) => !isOwn(id)).map((id) => this.removeUnbegun(id)));
    const here = this.list.filter(({ id }) => this.states.has(id));
    const earlier = read.filter(({ id }) => !this.states.has(id));
    this.list = [...here, ...earlier].sort((a, b) =>
      a.created < b.created ? 1 : a.created > b.created ? -1 : 0,
    );
    this.change.fire();
    // Older versions kept it, and a window may have been closed before it was gone.
    for (const { id } of earlier) void this.dropCheckpoint(id);
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
    this.states.set(id, initialState({ epochs: run.settings.epochs, spans: run.spans }));
    void this.owners.take(id);
    this.folders.writeRecord(record);
    for (const old of this.list.slice(Math.max(1, this.options.keep())))
      if (old.state !== 'running' || this.states.has(old.id)) void this.remove(old);
    this.change.fire();
    return record;
  }

  /** The state of a run that goes on, or went on in this window. */
  state(id: string): RunState {
    const state = this.states.get(id);
    if (!state) throw new Error(`There is no run ${id} that goes on`);
    return state;
  }

  /** Takes an event of a run that goes on, and keeps what it brings: its record, its curves, a checkpoint. */
  append(id: string, event: RunEvent): RunState {
    const state = reduce(this.state(id), event);
    // The files are on their way before anybody is told of them, and may ask for them.
    if (event.type === 'checkpoint') {
      if (event.latest) this.saveModel(id, 'latest', state.checkpoint, event.bytes);
      if (event.best) this.saveModel(id, 'best', state.best, event.bytes);
    }
    this.keep(id, state);
    if (event.type === 'ended') void this.dropCheckpoint(id);
    if (event.type === 'ended' || event.type === 'failed') void this.release(id);
    return state;
  }

  /** A run that goes on is cut off: the window closes. */
  interrupt(id: string): RunState {
    const state = interrupted(this.state(id));
    this.keep(id, state);
    void this.release(id);
    return state;
  }

  /** Makes a run what it was before it was reopened: it did not go on after all. */
  restore(before: RunRecord): void {
    this.states.delete(before.id);
    this.replace(before);
    void this.release(before.id);
  }

  /**
   * Takes a run up again: gives its last checkpoint, if there is one; the run's state is what it was there.
   * @throws InputError where the checkpoint cannot be read; from then on the run has none. And where another
   * window has taken the run up.
   */
  async reopen(id: string): Promise<ReopenedRun> {
    if ((await this.owners.ownerOf(id)) === 'other') {
      void this.load();
      throw new InputError('This run goes on in another window.');
    }
    await this.owners.take(id);
    // What waits to be written may fail: then an older checkpoint holds.
    await this.flush();
    const before = this.known(id);
    const history = await this.folders.readHistory(id);
    let checkpoint: ReopenedRun['checkpoint'];
    try {
      checkpoint = before.checkpoint && (await this.readCheckpoint(id));
    } catch (error) {
      // It does not go on here: other windows may have it.
      void this.release(id);
      throw error;
    }
    const { epoch, step } = before.checkpoint ?? { epoch: 0, step: 0 };
    const record: RunRecord = {
      ...before,
      state: 'running',
      message: undefined,
      notices: undefined,
      choice: undefined,
      test: undefined,
      ...(!checkpoint && { seconds: 0, tokensPerSecond: undefined, development: undefined }),
      epoch,
      step,
    };
    this.states.set(id, stateOf(record, historyUntil(history, step)));
    this.replace(record);
    return { record, before, checkpoint };
  }

  /** Whether a checkpoint of the run is on the disk. A run's first one is not while it is being written. */
  hasCheckpointFile(id: string): boolean {
    return this.folders.hasCheckpoint(id);
  }

  /** A run's model file. Rejects where it cannot be read. */
  readModel(id: string, version: ModelVersion): Promise<Uint8Array<ArrayBuffer>> {
    return this.folders.readModel(id, version);
  }

  /** The newest model file that labels text, and which it is. */
  versionOf(id: string): ModelVersion | undefined {
    const run = this.run(id);
    return run && modelVersion(run);
  }

  /**
   * Removes a run, its models and its curves.
   * @throws Error where it goes on.
   */
  async delete(id: string): Promise<void> {
    const run = this.known(id);
    if (run.state === 'running') throw new Error(`The run ${id} goes on: stop it first.`);
    await this.remove(run);
    this.change.fire();
  }

  /** Resolves once everything is on the disk. */
  flush(): Promise<void> {
    return this.folders.flush();
  }

  dispose(): void {
    this.owners.dispose();
    this.change.dispose();
  }

  private known(id: string): RunRecord {
    const run = this.run(id);
    if (!run) throw new Error(`There is no run ${id}`);
    return run;
  }

  /** The run is over: other windows may have it, once its record says so. */
  private async release(id: string): Promise<void> {
    await this.flush();
    if (!this.states.has(id) || this.run(id)?.state !== 'running') await this.owners.release(id);
  }

  /** A run of an earlier session or another window; one that was going on in a window that is gone was cut off. */
  private async asNow(run: RunRecord): Promise<RunRecord> {
    const { id } = run;
    const owner = await this.cleanUp(id);
    if (owner === 'other' || (owner === 'nobody' && run.state !== 'running')) return run;
    // The window may have died between a checkpoint and its record.
    const newest = run.state === 'done' ? undefined : await this.folders.findCheckpoint(id);
    const { state, checkpoint } = run;
    const isKnown = newest === undefined || newest.step === checkpoint?.step;
    if (state !== 'running' && isKnown) return run;
    const record: RunRecord = {
      ...run,
      ...(state === 'running' && { state: 'interrupted' }),
      ...(!isKnown && { checkpoint: newest }),
    };
    this.folders.writeRecord(record);
    return record;
  }

  /** Removes what a window that died left in a run's folder. Gives whose the run was. */
  private async cleanUp(id: string): Promise<Awaited<ReturnType<RunOwners['ownerOf']>>> {
    const owner = await this.owners.ownerOf(id);
    const { isAlive = () => true } = this.options.window;
    const isGone = (pid: number | undefined): boolean =>
      owner === 'gone' || (pid !== undefined && !isAlive(pid));
    await this.folders.removeTemporary(id, isGone);
    if (owner === 'gone') await this.owners.forget(id);
    return owner;
  }

  /** Removes the folder of a run that a window was about to begin when it died. */
  private async removeUnbegun(id: string): Promise<void> {
    if ((await this.cleanUp(id)) !== 'other' && !this.states.has(id)) await this.folders.removeEmpty(id);
  }

  private keep(id: string, state: RunState): void {
    const before = this.states.get(id);
    if (state === before) return;
    this.states.set(id, state);
    if (state.history !== before?.history) {
      this.folders.writeHistory(id, () => (this.states.get(id) ?? state).history);
    }
    this.replace(recordWith(this.known(id), state));
  }

  private saveModel(id: string, version: ModelVersion, moment: Moment | undefined, bytes: Uint8Array): void {
    if (!moment) return;
    const name = momentNames[version];
    this.folders.writeModel(id, version, bytes, moment, (there) => {
      const run = this.run(id);
      if (!run) return;
      if (there === moment) this.folders.writeRecord(run);
      else if (run[name] === moment) this.setMoment(id, name, there);
    });
  }

  private async readCheckpoint(id: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await this.readModel(id, 'latest');
    } catch (error) {
      this.folders.forgetCheckpoint(id);
      this.setMoment(id, 'checkpoint', undefined);
      throw new InputError(
        `The run cannot go on: its last checkpoint cannot be read (${messageOf(error)}). Train a new model.`,
      );
    }
  }

  /** Corrects where a model file stands. */
  private setMoment(id: string, name: 'checkpoint' | 'best', moment: Moment | undefined): void {
    const state = this.states.get(id);
    if (state) this.states.set(id, { ...state, [name]: moment });
    this.replace({ ...this.known(id), [name]: moment });
  }

  private replace(record: RunRecord): void {
    this.list = this.list.map((run) => (run.id === record.id ? record : run));
    this.folders.writeRecord(record);
    this.change.fire();
  }

  /** A run that is done has its best model; the checkpoint to go on from, which is larger, is of no use. */
  private async dropCheckpoint(id: string): Promise<void> {
    await this.flush();
    if (this.run(id)?.state !== 'done' || !this.folders.hasFinalModel(id)) return;
    this.folders.forgetCheckpoint(id);
    this.setMoment(id, 'checkpoint', undefined);
    // The record never tells of a file that is not there.
    await this.flush();
    await this.folders.removeModel(id, 'latest');
  }

  private async remove({ id }: RunRecord): Promise<void> {
    this.list = this.list.filter((run) => run.id !== id);
    this.states.delete(id);
    await this.owners.release(id);
    await this.folders.remove(id);
  }
}
