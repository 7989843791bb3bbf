import { isDeepStrictEqual } from 'node:util';
import type { RunRecord } from '../record/runRecord';
import type { RunState } from '../run/runState';
import type { RunFolders } from './runFolders';
import type { RunOwners } from './runOwners';

/** What a look at the disk has found. */
interface FoundRuns {
  /** Of a run that is known and has not changed, the very record that is known. */
  readonly records: readonly RunRecord[];
  /** Those that go on in another window. */
  readonly elsewhere: ReadonlySet<string>;
}

/** The records of all runs of a workspace, and what other windows that share the storage make of them. */
export class RunList {
  private list: readonly RunRecord[] = [];
  /** Runs that went on in another window since this one was opened. */
  private readonly foreign = new Set<string>();
  /** The window has just been opened: what others left is cleaned up. */
  private starting = false;
  /** Rises with each run that is removed. */
  private removals = 0;

  /** @param states of the runs that have begun, or were taken up again, in this window. */
  constructor(
    private readonly folders: RunFolders,
    private readonly owners: RunOwners,
    private readonly states: Map<string, RunState>,
    /** Whether a process of this machine lives. */
    private readonly isAlive: (pid: number) => boolean = () => true,
  ) {}

  /** Newest first. */
  get runs(): readonly RunRecord[] {
    return this.list;
  }

  get(id: string): RunRecord | undefined {
    return this.list.find((run) => run.id === id);
  }

  /** A run that begins here. */
  add(run: RunRecord): void {
    this.list = [run, ...this.list];
  }

  replace(record: RunRecord): void {
    this.list = this.list.map((run) => (run.id === record.id ? record : run));
  }

  /** Called before a run's files are removed, and after. */
  remove(id: string): void {
    this.removals++;
    this.list = this.list.filter((run) => run.id !== id);
    this.foreign.delete(id);
  }

  /** A run goes on here from now on. */
  takeOver(id: string): void {
    this.foreign.delete(id);
  }

  isForeign(id: string): boolean {
    return this.foreign.has(id);
  }

  /** Reads all that is on the disk. */
  async load(): Promise<void> {
    this.starting = true;
    try {
      await this.look([]);
    } finally {
      this.starting = false;
    }
  }

  /** Reads what may have changed. Tells whether it has. */
  async refresh(): Promise<boolean> {
    const before = new Set(this.list.map(({ id }) => id));
    const changed = await this.look(this.list);
    for (const { id } of this.list) if (!before.has(id) && !this.states.has(id)) this.foreign.add(id);
    return changed;
  }

  private goesOnHere(id: string): boolean {
    return this.states.has(id) && this.get(id)?.state === 'running';
  }

  private async look(known: readonly RunRecord[]): Promise<boolean> {
    const { removals } = this;
    const { records, elsewhere } = await this.find(known);
    // What was found may be gone.
    if (removals !== this.removals) return this.look(known);
    const found = new Map(records.map((run) => [run.id, run]));
    const kept = this.list.flatMap((run) => this.merged(run, found, elsewhere));
    const fresh = [...found.values()].filter(({ id }) => !this.get(id));
    const list = [...kept, ...fresh].sort(newestFirst);
    for (const run of list) if (!this.states.has(run.id) && this.get(run.id) !== run) this.folders.adopt(run);
    for (const id of elsewhere) if (!this.states.has(id)) this.foreign.add(id);
    const changed = list.length !== this.list.length || list.some((run, n) => run !== this.list[n]);
    this.list = list;
    return changed;
  }

  /** What is known of a run, brought to what is on the disk; none where it was removed there. */
  private merged(
    run: RunRecord,
    found: ReadonlyMap<string, RunRecord>,
    elsewhere: ReadonlySet<string>,
  ): RunRecord[] {
    if (this.goesOnHere(run.id)) return [run];
    const there = found.get(run.id);
    // A run that has just ended may never have been written.
    if (!there) return this.states.has(run.id) && !this.folders.isKnown(run.id) ? [run] : [];
    if (!this.states.has(run.id)) return [there];
    if (!elsewhere.has(run.id) && there.step <= run.step) return [run];
    // Another window has gone on with it.
    this.states.delete(run.id);
    return [there];
  }

  /**
   * What is on the disk, without the runs that go on here: those are ahead of it. One that was going on in a
   * window that is gone has been interrupted. Damaged ones are left out.
   */
  private async find(known: readonly RunRecord[]): Promise<FoundRuns> {
    const elsewhere = new Set<string>();
    const before = new Map(known.map((run) => [run.id, run]));
    const ids = (await this.folders.ids()).filter((id) => !this.goesOnHere(id));
    const found = await Promise.all(
      ids.map(async (id): Promise<RunRecord | undefined> => {
        const run = before.get(id);
        // It does not change any more.
        if (run?.state === 'done') return run;
        const read = await this.read(id, elsewhere);
        return read && run && isSame(read, run) ? run : read;
      }),
    );
    return { records: found.filter((run) => run !== undefined), elsewhere };
  }

  private async read(id: string, elsewhere: Set<string>): Promise<RunRecord | undefined> {
    const read = await this.folders.readRecord(id);
    if (read === 'none') await this.removeUnbegun(id);
    if (!read || read === 'none') return undefined;
    const owner = await this.cleanUp(id);
    if (owner === 'other') elsewhere.add(id);
    if (owner === 'other' || owner === 'this') return read;
    if (owner === 'nobody' && read.state !== 'running') return read;
    // Its window may have ended it between the two looks: it gives it up once the record says so.
    const now = await this.folders.readRecord(id);
    return !now || now === 'none' ? undefined : this.asCutOff(now);
  }

  /** A run whose window is gone, with the newest checkpoint: the window may have died before it was recorded. */
  private async asCutOff(run: RunRecord): Promise<RunRecord> {
    if (run.state === 'done') return run;
    const newest = await this.folders.findCheckpoint(run.id);
    const isKnown = newest === undefined || newest.step === run.checkpoint?.step;
    if (run.state !== 'running' && isKnown) return run;
    const record: RunRecord = {
      ...run,
      ...(run.state === 'running' && { state: 'interrupted' }),
      ...(!isKnown && { checkpoint: newest }),
    };
    this.folders.adopt(record);
    this.folders.writeRecord(record);
    return record;
  }

  /** Removes what a window that died left in a run's folder. Gives whose the run was. */
  private async cleanUp(id: string): Promise<Awaited<ReturnType<RunOwners['ownerOf']>>> {
    const owner = await this.owners.ownerOf(id);
    const isGone = (pid: number | undefined): boolean =>
      owner === 'gone' || (pid !== undefined && !this.isAlive(pid));
    await this.folders.removeTemporary(id, isGone);
    if (owner === 'gone') await this.owners.forget(id);
    return owner;
  }

  /** Removes the folder of a run that a window was about to begin when it died. */
  private async removeUnbegun(id: string): Promise<void> {
    // A window that is there may be about to begin it.
    if (!this.starting || this.states.has(id)) return;
    if ((await this.cleanUp(id)) !== 'other') await this.folders.removeEmpty(id);
  }
}

/** What is undefined is not written. */
function isSame(a: RunRecord, b: RunRecord): boolean {
  const written = (run: RunRecord): unknown => JSON.parse(JSON.stringify(run));
  return isDeepStrictEqual(written(a), written(b));
}

function newestFirst(a: RunRecord, b: RunRecord): number {
  return a.created < b.created ? 1 : a.created > b.created ? -1 : 0;
}
