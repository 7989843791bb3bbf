import * as vscode from 'vscode';
import { InputError } from '../common/errors';
import type { SerializedError } from '../common/serializedError';
import type { Corpus } from '../corpus/corpus';
import { filesLeftOut } from '../corpus/leftOut';
import type { Engine } from '../engine/engine';
import type { TrainingSettings } from '../model/settings/settings';
import { canResume, isByItself } from '../record/runRecord';
import type { RunRecord, SweepPlace } from '../record/runRecord';
import { runTitle } from '../record/runTitle';
import type { RunAdjustments } from '../run/runAdjustments';
import { RunSession } from '../workspace/runSession';
import type { ReopenedRun, RunStore } from '../workspace/runStore';
import type { Settings } from '../workspace/settings';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';

/** What the controller works with. */
export interface TrainingServices {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly corpora: WorkspaceCorpora;
  readonly runs: RunStore;
  /** Asks whether to train although many rows of a corpus cannot be read. */
  readonly agree: (corpus: Corpus) => Promise<boolean>;
}

/** A run that has ended: with the error, if it failed. */
export interface EndedRun {
  readonly session: RunSession;
  readonly error: SerializedError | undefined;
}

/** How a run begins. */
export interface StartOptions {
  /** A person agreed to train although many rows cannot be read. */
  readonly allowLeftOut?: boolean;
  /** Nobody asked for the run: nothing is said of it, and its labels are shown only once it is done. */
  readonly byItself?: boolean;
  /** The sweep that it is a run of. */
  readonly sweep?: SweepPlace;
  /** Called with the run's id before it begins. */
  readonly created?: (run: string) => void;
}

/** A run that is about to have a trainer. */
interface Beginning {
  /** It was stopped meanwhile. */
  stopped: boolean;
  /** Resolves when the run has a trainer, or will get none. */
  done: Promise<void>;
}

type Opened = Pick<ReopenedRun, 'record'> &
  Partial<ReopenedRun> & { readonly corpus: Corpus; readonly isQuiet?: boolean };

/**
 * Starts and stops the one run that goes on at a time. Whoever shows runs, or keeps their models, listens.
 */
export class TrainingController implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly begun = new vscode.EventEmitter<RunSession>();
  private readonly ended = new vscode.EventEmitter<EndedRun>();
  private readonly notResumed = new vscode.EventEmitter<void>();
  private session: RunSession | undefined;
  private beginning: Beginning | undefined;

  /** Fires when a run begins, goes on or ends. */
  readonly onDidChange = this.change.event;
  /** Fires when a run begins: its files are not read yet, and it has no trainer. */
  readonly onDidBegin = this.begun.event;
  /** Fires when a run that had a trainer has ended. */
  readonly onDidEnd = this.ended.event;
  /** Fires when a run was to go on and did not: it is what it was. */
  readonly onDidNotResume = this.notResumed.event;

  constructor(private readonly services: TrainingServices) {}

  /** The run that goes on. */
  get current(): { readonly run: RunRecord; readonly session: RunSession } | undefined {
    const { session } = this;
    const run = session && !session.hasEnded ? this.services.runs.run(session.id) : undefined;
    return session && run && { run, session };
  }

  /** What goes on, for menus: a run that is about to begin counts as running. */
  get state(): 'none' | 'running' | 'paused' {
    if (!this.busy) return 'none';
    return this.session?.state.phase === 'paused' ? 'paused' : 'running';
  }

  /** A run goes on or is about to. */
  get busy(): boolean {
    return this.beginning !== undefined || this.current !== undefined;
  }

  /** The last run that somebody asked for, if it can go on. */
  get resumable(): RunRecord | undefined {
    const last = this.services.runs.runs.find((run) => !isByItself(run));
    return !this.busy && last && canResume(last) ? last : undefined;
  }

  /** Trains a new model. Resolves once the trainer works. */
  start(
    corpus: Corpus,
    column: string,
    settings: TrainingSettings,
    { allowLeftOut = false, byItself = false, sweep, created }: StartOptions = {},
  ): Promise<void> {
    return this.begin(async () => {
      const { scheme = 'none' } = corpus.columns.find(({ name }) => name === column) ?? {};
      const names = { corpus: corpus.id, corpusName: corpus.name, column };
      const spans = scheme !== 'none';
      const agreed = allowLeftOut ? { allowLeftOut } : {};
      const manner = { ...(byItself && { byItself }), ...(sweep && { sweep }) };
      const record = this.services.runs.create({ ...names, settings, spans, ...agreed, ...manner });
      created?.(record.id);
      return { corpus, record, isQuiet: byItself };
    });
  }

  /** Goes on with the last run, from its last checkpoint. */
  async resumeLast(): Promise<void> {
    const last = this.resumable;
    if (!last) return;
    const { corpora, runs } = this.services;
    try {
      await this.begin(async (beginning) => {
        await corpora.whenRead();
        if (beginning.stopped) return undefined;
        const corpus = corpora.corpora.find(({ id }) => id === last.corpus);
        if (!corpus) {
          const message = vscode.l10n.t(
            '{0} cannot go on: its corpus is not in this workspace any more.',
            runTitle(last),
          );
          throw new InputError(message);
        }
        // The corpus may have become worse since.
        const asks = !last.allowLeftOut && filesLeftOut(corpus).length > 0;
        if (asks && !(await this.services.agree(corpus))) return undefined;
        if (beginning.stopped) return undefined;
        const reopened = await runs.reopen(last.id);
        return { corpus, ...reopened, ...(asks && { record: { ...reopened.record, allowLeftOut: true } }) };
      });
    } finally {
      if (!this.busy) this.notResumed.fire();
    }
  }

  pause(): void {
    this.session?.pause();
  }

  resume(): void {
    this.session?.resume();
  }

  /** Changes something of the run that goes on. */
  adjust(changed: RunAdjustments): void {
    this.session?.adjust(changed);
  }

  /**
   * Ends the run, also one that is about to begin. Resolves once it has ended: its last checkpoint is kept.
   */
  async stop(): Promise<void> {
    const { beginning } = this;
    if (beginning) beginning.stopped = true;
    this.session?.stop();
    await beginning?.done;
    await this.session?.finished;
  }

  dispose(): void {
    if (this.beginning) this.beginning.stopped = true;
    this.session?.dispose();
    vscode.Disposable.from(this.change, this.begun, this.ended, this.notResumed).dispose();
  }

  private async begin(open: (beginning: Beginning) => Promise<Opened | undefined>): Promise<void> {
    if (this.busy) throw new Error(vscode.l10n.t('A run is going on already.'));
    const beginning: Beginning = { stopped: false, done: Promise.resolve() };
    this.beginning = beginning;
    this.change.fire();
    const train = async (): Promise<void> => {
      try {
        const opened = await open(beginning);
        if (opened) await this.train(opened, beginning);
      } finally {
        this.beginning = undefined;
        this.change.fire();
      }
    };
    const begun = train();
    // Whoever began it gets the error.
    beginning.done = begun.catch(() => undefined);
    await begun;
  }

  /** Reads the files and gives the run its trainer, unless it is ended before. */
  private async train(
    { corpus, record, before, checkpoint, isQuiet }: Opened,
    beginning: Beginning,
  ): Promise<void> {
    const { engine, settings, corpora, runs } = this.services;
    const session = new RunSession(record.id, runs, before, isQuiet);
    this.session = session;
    session.onEvent(() => this.change.fire());
    void session.finished.then((error) => this.end({ session, error }));
    this.begun.fire(session);
    this.change.fire();
    try {
      if (beginning.stopped) session.stop();
      const files = session.hasEnded ? [] : await corpora.read(corpus, () => session.hasEnded);
      if (session.hasEnded) return;
      if (files.length === 0)
        throw new InputError(vscode.l10n.t('None of the files of {0} can be read.', corpus.name));
      const { replaceInvalidBytes } = settings.current;
      const { corpusName, column, allowLeftOut } = record;
      const data = { corpus: corpus.id, corpusName, column, files, replaceInvalidBytes, allowLeftOut };
      session.follow(engine.train(data, record.settings, checkpoint));
    } catch (error) {
      session.abandon(error);
      throw error;
    }
  }

  private end(run: EndedRun): void {
    const { session } = run;
    if (this.session === session) this.session = undefined;
    session.dispose();
    void this.services.runs.flush();
    this.change.fire();
    if (session.hadTrainer) this.ended.fire(run);
  }
}
