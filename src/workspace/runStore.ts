import { messageOf, InputError } from '../common/errors';
import { Emitter } from '../common/events';
import type { Disposable } from '../common/events';
import * as l10n from '../common/l10n';
import {
  canResume,
  isByItself,
  modelVersion,
  newRecord,
  newRunId,
  recordWith,
  reopenedRecord,
  stateElsewhere,
  stateOf,
} from '../record/runRecord';
import type { ModelVersion, NewRun, RunRecord } from '../record/runRecord';
import { emptyHistory, historyUntil } from '../run/history';
import type { RunDetails } from '../run/learned';
import type { Moment, RunEvent } from '../run/runEvent';
import { initialState, interrupted, reduce } from '../run/runState';
import type { RunState } from '../run/runState';
import { RunFolders, momentNames } from './runFolders';
import type { RunFolderOptions } from './runFolders';
import { RunList } from './runList';
import { RunOwners } from './runOwners';
import type { WindowIdentity } from './runOwners';
import type { FileOperations } from './storage';

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
  private readonly list: RunList;
  /** Of the runs that have begun, or were taken up again, in this window. */
  private readonly states = new Map<string, RunState>();

  /** Fires when a run begins, changes or is removed. */
  readonly onDidChange = this.change.event;

  constructor(
    files: FileOperations,
    private readonly options: RunStoreOptions,
  ) {
    this.owners = new RunOwners(files, options.window);
    this.folders = new RunFolders(this.owners.first(files), options);
    this.list = new RunList(this.folders, this.owners, this.states, options.window.isAlive);
  }

  /** All runs, newest first. */
  get runs(): readonly RunRecord[] {
    return this.list.runs;
  }

  run(id: string): RunRecord | undefined {
    return this.list.get(id);
  }

  /** Where a run stands, with its curves as far as they were kept. */
  async readState(id: string): Promise<RunState> {
    const state = this.states.get(id);
    if (state) return state;
    const run = this.known(id);
    const begun = !this.isElsewhere(id) || run.step > 0;
    const history = begun ? await this.folders.readHistory(id) : emptyHistory;
    return this.isElsewhere(id) ? stateElsewhere(run, history) : stateOf(run, history);
  }

  /** What lies behind a run's scores; undefined where the run is not done, or they were not kept. */
  readDetails(id: string): Promise<RunDetails | undefined> {
    return this.folders.readDetails(this.known(id).id);
  }

  /** Finds the runs of earlier sessions, and those of other windows, which may go on. */
  async load(): Promise<void> {
    await this.list.load();
    this.change.fire();
    // Older versions kept it, and a window may have been closed before it was gone.
    for (const { id } of this.runs) if (!this.states.has(id)) void this.dropCheckpoint(id);
  }

  /**
   * Sees what other windows did meanwhile: runs that have begun, gone on, ended or were deleted. One that was
   * going on in a window that is gone has been interrupted. What cannot have changed is not read again.
   */
  async refresh(): Promise<void> {
    if (await this.list.refresh()) this.change.fire();
  }

  /** Whether a run goes on in another window. */
  isElsewhere(id: string): boolean {
    return this.run(id)?.state === 'running' && !this.states.has(id);
  }

  /** Whether any run goes on in another window. */
  get anyElsewhere(): boolean {
    return this.runs.some(({ id }) => this.isElsewhere(id));
  }

  /** Whether another window made a run, or goes on with it, since this one was opened. */
  elsewhere(id: string): 'going on' | 'ended' | undefined {
    if (this.isElsewhere(id)) return 'going on';
    return this.list.isForeign(id) ? 'ended' : undefined;
  }

  /**
   * Begins a run, and removes the oldest where there are more than are kept. Runs by themselves neither count
   * nor push others out: whoever begins them removes them. The runs of a sweep count as one.
   */
  create(run: NewRun): RunRecord {
    const now = this.options.now?.() ?? new Date();
    const id = newRunId(now, (this.options.random ?? Math.random)());
    const record = newRecord(id, run, now);
    this.list.add(record);
    this.states.set(id, initialState({ epochs: run.settings.epochs, spans: run.spans }));
    void this.owners.take(id);
    this.folders.writeRecord(record);
    const counted = isByItself(record) ? [] : this.runs.filter((other) => !isByItself(other));
    const asked = [...new Set(counted.map(({ id, sweep }) => sweep?.id ?? id))];
    const kept = new Set(asked.slice(0, Math.max(1, this.options.keep())));
    for (const old of counted.filter(({ id, sweep }) => !kept.has(sweep?.id ?? id)))
      if (old.state !== 'running' || this.states.has(old.id)) void this.removeOld(old);
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
    if (event.type === 'ended' && event.details)
      this.folders.writeDetails(id, { ...event.details, ...(event.learned && { learned: event.learned }) });
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
    // Another window may have gone on with it meanwhile.
    await this.refresh();
    if ((await this.owners.ownerOf(id)) === 'other')
      throw new InputError(l10n.t('This run goes on in another window.'));
    if (!canResume(this.known(id)))
      throw new InputError(l10n.t('This run is over: it has gone on in another window meanwhile.'));
    await this.owners.take(id);
    this.list.takeOver(id);
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
    const record = reopenedRecord(before, checkpoint !== undefined);
    this.states.set(id, stateOf(record, historyUntil(history, record.step)));
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
   * Gives a run the name that a person wants, or its own again.
   * @throws InputError where it goes on in another window, which writes its record.
   */
  async rename(id: string, title: string | undefined): Promise<void> {
    const run = this.known(id);
    if (this.isElsewhere(id) || (await this.owners.ownerOf(id)) === 'other')
      throw new InputError(
        l10n.t('This run goes on in another window: rename it there, or once it is over.'),
      );
    this.replace({ ...(this.run(id) ?? run), title });
    await this.flush();
  }

  /**
   * Removes a run, its models and its curves.
   * @throws Error where it goes on.
   */
  async delete(id: string): Promise<void> {
    const run = this.known(id);
    if (run.state === 'running') throw new Error(`The run ${id} goes on: stop it first.`);
    if ((await this.owners.ownerOf(id)) === 'other')
      throw new Error(`The run ${id} goes on in another window: stop it there first.`);
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
        l10n.t(
          'The run cannot go on: its last checkpoint cannot be read ({0}). Train a new model.',
          messageOf(error),
        ),
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
    this.list.replace(record);
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

  /** One of more than are kept. Another window may have gone on with it: then the next look finds it again. */
  private async removeOld(run: RunRecord): Promise<void> {
    this.list.remove(run.id);
    if ((await this.owners.ownerOf(run.id)) !== 'other') await this.remove(run);
  }

  private async remove({ id }: RunRecord): Promise<void> {
    this.list.remove(id);
    this.states.delete(id);
    await this.owners.release(id);
    await this.folders.remove(id);
    this.list.remove(id);
  }
}
