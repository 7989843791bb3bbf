/** Trains the runs of a sweep one after the other. Knows no editor. */
import { Emitter } from '../../common/events';
import type { Disposable } from '../../common/events';
import type { Corpus } from '../../corpus/corpus';
import type { TrainingSettings } from '../../model/settings/settings';
import type { RunRecord } from '../../record/runRecord';
import type { EndedRun, StartOptions } from '../trainingController';
import { parseSweep } from './keptSweep';
import type { Sweep } from './keptSweep';

/** What the runner works with. */
export interface SweepServices {
  readonly training: {
    readonly busy: boolean;
    readonly onDidEnd: (listener: (ended: EndedRun) => unknown) => Disposable;
    start(corpus: Corpus, column: string, settings: TrainingSettings, options: StartOptions): Promise<void>;
  };
  readonly runs: { run(id: string): RunRecord | undefined };
  readonly corpora: { readonly corpora: readonly Corpus[]; whenRead(): Promise<void> };
  /** Where the sweep is kept: it outlasts the window. Whatever JSON may be there. */
  readonly kept: { get(): unknown; set(sweep: Sweep | undefined): void };
}

/** Why a sweep does not go on. */
export interface PausedSweep {
  readonly left: number;
  /** Undefined: a person has stopped its run. */
  readonly error?: unknown;
}

/**
 * The one sweep that there is at a time. A run of it that fails or diverges is left behind; one that a person
 * stops ends the sweep for now, as a window that closes does: {@link goOn} goes on with the runs that are left.
 */
export class SweepRunner implements Disposable {
  private readonly paused = new Emitter<PausedSweep>();
  private readonly ended = new Emitter<readonly RunRecord[]>();
  private readonly change = new Emitter<void>();
  private readonly listener: Disposable;
  private sweep: Sweep | undefined;
  private isActive = false;
  private isBeginning = false;

  /** Fires when {@link left} or {@link goesOn} has changed. */
  readonly onDidChange = this.change.event;
  /** Fires when the sweep stops before its end. */
  readonly onDidPause = this.paused.event;
  /** Fires with the runs of a sweep, those that are still there, when the last one has ended. */
  readonly onDidEnd = this.ended.event;

  constructor(private readonly services: SweepServices) {
    this.sweep = parseSweep(services.kept.get());
    this.listener = services.training.onDidEnd((ended) => this.runEnded(ended));
  }

  /** How many runs are left to begin; 0 where there is no sweep. */
  get left(): number {
    return this.sweep ? this.sweep.planned.length - this.sweep.begun.length : 0;
  }

  /** It goes from run to run now. */
  get goesOn(): boolean {
    return this.isActive;
  }

  /** Begins a sweep in place of one that was left. Resolves once its first run trains. */
  async start(sweep: Sweep): Promise<void> {
    this.keep(sweep);
    await this.goOn();
  }

  /** Goes on with the runs that are left. */
  async goOn(): Promise<void> {
    this.setActive(this.sweep !== undefined);
    await this.next();
  }

  /** Lets go of the runs that are left. */
  forget(): void {
    this.setActive(false);
    this.keep(undefined);
  }

  dispose(): void {
    this.listener.dispose();
  }

  private keep(sweep: Sweep | undefined): void {
    this.sweep = sweep;
    this.services.kept.set(sweep);
    this.change.fire();
  }

  private setActive(active: boolean): void {
    this.isActive = active;
    this.change.fire();
  }

  private runEnded({ session }: EndedRun): void {
    const { sweep } = this;
    if (!sweep) return;
    const run = this.services.runs.run(session.id);
    if (run?.sweep?.id === sweep.id && !session.restored) {
      if (run.state === 'stopped') return this.pause();
      // Only a window that closes leaves a run so.
      if (run.state === 'interrupted') return this.setActive(false);
      // Whoever takes up a run of the sweep goes on with the sweep.
      this.setActive(true);
    }
    // The others who listen see the end of this run first.
    queueMicrotask(() => void this.next());
  }

  private async next(): Promise<void> {
    const { sweep, services } = this;
    if (!sweep || !this.isActive || this.isBeginning || services.training.busy) return;
    const settings = sweep.planned.at(sweep.begun.length);
    if (!settings) return this.finish(sweep);
    let id: string | undefined;
    this.isBeginning = true;
    try {
      await services.corpora.whenRead();
      const corpus = services.corpora.corpora.find((other) => other.id === sweep.corpus);
      if (!corpus) throw new MissingCorpusError();
      const { allowLeftOut, planned, begun } = sweep;
      await services.training.start(corpus, sweep.column, settings, {
        allowLeftOut,
        sweep: { id: sweep.id, run: begun.length + 1, of: planned.length },
        created: (run) => {
          id = run;
          this.keep({ ...sweep, begun: [...begun, run] });
        },
      });
    } catch (error) {
      return this.pause(error);
    } finally {
      this.isBeginning = false;
    }
    // A person has stopped it while its files were read.
    const run = id === undefined ? undefined : services.runs.run(id);
    if (run?.state === 'stopped' && !services.training.busy) this.pause();
  }

  private pause(error?: unknown): void {
    this.setActive(false);
    if (this.left === 0 && error === undefined) return this.sweep && this.finish(this.sweep);
    this.paused.fire({ left: this.left, ...(error !== undefined && { error }) });
  }

  private finish({ begun }: Sweep): void {
    this.forget();
    this.ended.fire(begun.map((id) => this.services.runs.run(id)).filter((run) => run !== undefined));
  }
}

/** The sweep's corpus is not in the workspace any more. */
export class MissingCorpusError extends Error {
  override readonly name = 'MissingCorpusError';
}
