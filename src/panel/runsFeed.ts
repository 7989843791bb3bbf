import type { Disposable } from '../common/events';
import { isByItself } from '../record/runRecord';
import type { RunRecord } from '../record/runRecord';
import { runTitle } from '../record/runTitle';
import { runCurves, runFigures } from '../run/runCurves';
import type { RunCurves, RunFigures } from '../run/runCurves';
import type { RunState } from '../run/runState';
import type { RunStore } from '../workspace/runStore';
import { systemClock, Throttle } from '../workspace/schedule';
import type { Clock } from '../workspace/schedule';
import { mostCompared } from './runsProtocol';
import type { FromRuns, ListedRun, ToRuns } from './runsProtocol';

/** What is told of runs that go on comes so often at most. */
const intervalMs = 500;

type Asked = Extract<FromRuns, { type: 'runs.follow' }>;

/** The runs that there are. */
export type FollowedRuns = Pick<RunStore, 'runs' | 'run' | 'readState' | 'onDidChange'>;

interface Known {
  /** What it was made of. */
  readonly stamp: string;
  readonly figures: RunFigures;
}

/**
 * Tells a page of the runs of the workspace, and of the curves of those that it asks for. What has not changed is
 * neither read nor sent again.
 */
export class RunsFeed implements Disposable {
  private asked: Asked | undefined;
  private readonly figures = new Map<string, Known>();
  /** The stamps of the curves that the page has. */
  private readonly sent = new Map<string, string>();
  private sentList = '';
  private isTelling = false;
  private isOutdated = false;
  private readonly throttle: Throttle;
  private readonly listening: Disposable;

  /** @param failed is told of what could not be read. */
  constructor(
    private readonly runs: FollowedRuns,
    private readonly post: (message: ToRuns) => void,
    private readonly failed: (error: unknown) => void,
    clock: Clock = systemClock,
  ) {
    this.throttle = new Throttle(() => void this.tell(), intervalMs, clock);
    this.listening = runs.onDidChange(() => {
      if (this.asked) this.throttle.request();
    });
  }

  /** The page wants to know something else than before. */
  follow(asked: Asked): void {
    const curves = asked.curves.slice(0, mostCompared);
    if (asked.first) this.forget();
    if (!asked.list) this.sentList = '';
    for (const id of this.sent.keys()) if (!curves.includes(id)) this.sent.delete(id);
    this.asked = asked.list || curves.length > 0 ? { ...asked, curves } : undefined;
    if (this.asked) this.throttle.request();
  }

  /** The page is gone. */
  disconnect(): void {
    this.asked = undefined;
    this.forget();
    this.throttle.cancel();
  }

  dispose(): void {
    this.listening.dispose();
    this.disconnect();
  }

  private forget(): void {
    this.sent.clear();
    this.sentList = '';
  }

  private async tell(): Promise<void> {
    if (this.isTelling) {
      this.isOutdated = true;
      return;
    }
    this.isTelling = true;
    this.isOutdated = false;
    try {
      const { asked } = this;
      if (asked) await this.answer(asked);
    } catch (error) {
      this.failed(error);
    } finally {
      this.isTelling = false;
      if (this.isOutdated) this.throttle.request();
    }
  }

  private async answer(asked: Asked): Promise<void> {
    const curves = await this.newCurves(asked);
    if (asked.list) await this.readFigures(asked);
    // It may have asked for something else meanwhile: that is answered next.
    if (this.asked !== asked) return;
    const list = this.list();
    const text = JSON.stringify(list);
    const isListNew = text !== this.sentList;
    if (!isListNew && curves.length === 0) return;
    if (isListNew) this.sentList = text;
    for (const { id, stamp } of curves) this.sent.set(id, stamp);
    this.post({ type: 'runs', ...(isListNew && { list }), curves: curves.map((one) => one.curves) });
  }

  private async newCurves({
    curves,
    smoothing,
  }: Asked): Promise<{ id: string; stamp: string; curves: RunCurves }[]> {
    const found: { id: string; stamp: string; curves: RunCurves }[] = [];
    for (const id of curves) {
      const run = this.runs.run(id);
      const stamp = run && `${stampOf(run)} ${smoothing}`;
      if (!stamp || this.sent.get(id) === stamp) continue;
      const state = await this.readable(id);
      if (state) found.push({ id, stamp, curves: runCurves(id, state, smoothing) });
    }
    return found;
  }

  /** Reads what is not known of runs, one after the other. */
  private async readFigures({ smoothing }: Asked): Promise<void> {
    const listed = this.listed();
    for (const id of this.figures.keys()) if (!this.runs.run(id)) this.figures.delete(id);
    for (const run of listed) {
      const stamp = `${stampOf(run)} ${smoothing}`;
      if (this.figures.get(run.id)?.stamp === stamp) continue;
      const state = await this.readable(run.id);
      if (state) this.figures.set(run.id, { stamp, figures: runFigures(state, smoothing) });
    }
  }

  /** A run's state; undefined where it was deleted meanwhile. */
  private async readable(id: string): Promise<RunState | undefined> {
    try {
      return await this.runs.readState(id);
    } catch (error) {
      if (this.runs.run(id)) throw error;
      return undefined;
    }
  }

  private listed(): readonly RunRecord[] {
    return this.runs.runs.filter((run) => !isByItself(run));
  }

  private list(): ListedRun[] {
    return this.listed().map((run): ListedRun => {
      const { id, corpus, column, settings, state, seconds, device, created } = run;
      return {
        ...{ id, title: runTitle(run), corpus, column, settings, state, seconds, created },
        ...(device !== undefined && { device }),
        ...this.figures.get(id)?.figures,
      };
    });
  }
}

/** Changes with each step and state. */
const stampOf = ({ state, step, epoch, spans }: RunRecord): string => `${state} ${epoch} ${step} ${spans}`;
