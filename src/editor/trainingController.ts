import * as vscode from 'vscode';
import { InputError, messageOf } from '../common/errors';
import type { SerializedError } from '../common/serializedError';
import type { Engine } from '../engine/engine';
import type { CorpusSummary } from '../engine/readerProtocol';
import type { LossPanel } from '../panel/lossPanel';
import { emptyHistory } from '../run/history';
import type { History } from '../run/history';
import type { TrainingSettings } from '../training/settings';
import type { WorkspaceModels } from '../workspace/modelLibrary';
import type { CorpusProblems } from '../workspace/problems';
import { canResume } from '../workspace/runRecord';
import type { RunRecord } from '../workspace/runRecord';
import { RunSession } from '../workspace/runSession';
import type { ReopenedRun, RunStore } from '../workspace/runStore';
import type { Settings } from '../workspace/settings';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { panelRun, percentDone, progressText, runTitle, runWords, scoreText, trialsText } from './runText';
import { withoutLinks } from './translate';

/** What the controller works with. */
export interface TrainingParts {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly corpora: WorkspaceCorpora;
  readonly runs: RunStore;
  readonly models: WorkspaceModels;
  readonly panel: LossPanel;
  readonly problems: CorpusProblems;
  readonly log: vscode.LogOutputChannel;
}

const finishedShownMs = 15_000;

/** A run that is about to begin: until its files are read there is nothing that could be stopped. */
interface Starting {
  /** What the run becomes instead, where it was ended before it began. */
  ending?: 'stopped' | 'interrupted';
  /** Resolves once the run has begun, or will not begin. */
  settled: Promise<void>;
}

type Opened = Pick<ReopenedRun, 'record' | 'history' | 'checkpoint'> & Partial<Pick<ReopenedRun, 'before'>>;

/** The one run that goes on at a time: connects the trainer, what is kept of it, and all who show it. */
export class TrainingController implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private session: RunSession | undefined;
  private starting: Starting | undefined;
  /** The run that the panel shows. */
  private shown: string | undefined;

  /** Fires when a run begins, goes on or ends. */
  readonly onDidChange = this.change.event;

  constructor(private readonly parts: TrainingParts) {}

  /** The run that goes on. */
  get current(): { readonly run: RunRecord; readonly live: RunSession } | undefined {
    const run = this.session && this.parts.runs.run(this.session.id);
    return run && this.session && { run, live: this.session };
  }

  /** What goes on, for menus: a run that is about to begin counts as running. */
  get state(): 'none' | 'running' | 'paused' {
    if (!this.busy) return 'none';
    return this.session?.state === 'paused' ? 'paused' : 'running';
  }

  /** A run goes on or is about to. */
  get busy(): boolean {
    return this.starting !== undefined || this.session !== undefined;
  }

  /** The last run, if it can go on. */
  get resumable(): RunRecord | undefined {
    const last = this.parts.runs.runs.at(0);
    return !this.busy && last && canResume(last) ? last : undefined;
  }

  /** Shows the last run of an earlier session in the panel, which may be open. */
  async showLastRun(): Promise<void> {
    const last = this.parts.runs.runs.at(0);
    if (!last || this.busy) return;
    const history = await this.parts.runs.readHistory(last.id);
    if (!this.busy && this.parts.runs.run(last.id)) this.showRun(last, history);
  }

  /** Trains a new model. Resolves once the trainer works. */
  async start(corpus: CorpusSummary, column: string, settings: TrainingSettings): Promise<void> {
    await this.begin(async (starting) => {
      const chosen = corpus.columns.find(({ name }) => name === column);
      const run = {
        corpus: corpus.id,
        corpusName: corpus.name,
        column,
        settings,
        spans: (chosen?.scheme ?? 'none') !== 'none',
      };
      const record = this.parts.runs.create(run);
      this.parts.panel.show(undefined, true);
      await this.run(starting, { record, history: emptyHistory() }, corpus);
    });
  }

  /** Goes on with the last run, from its last checkpoint. */
  async resumeLast(): Promise<void> {
    const last = this.resumable;
    if (!last) return;
    const { corpora, runs, panel } = this.parts;
    await this.begin(async (starting) => {
      await corpora.whenRead();
      if (starting.ending) return;
      const corpus = corpora.corpora.find(({ id }) => id === last.corpus);
      if (!corpus) {
        const message = vscode.l10n.t(
          '{0} cannot go on: its corpus is not in this workspace any more.',
          runTitle(last),
        );
        throw new InputError(message);
      }
      const opened = await this.reopen(last.id);
      panel.show(undefined, true);
      await this.run(starting, opened, corpus);
    });
    // Where it did not go on, its curves are shown whole again.
    const run = runs.run(last.id);
    if (run && !this.busy && this.shown === run.id) this.showRun(run, await runs.readHistory(run.id));
  }

  pause(): void {
    this.session?.pause();
  }

  resume(): void {
    this.session?.resume();
  }

  /** Ends the run, also one that is about to begin. Resolves once it is over: its last checkpoint is kept. */
  async stop(): Promise<void> {
    const { starting } = this;
    if (starting) {
      starting.ending ??= 'stopped';
      await starting.settled;
    }
    const { session } = this;
    session?.stop();
    await session?.over;
  }

  dispose(): void {
    if (this.starting) this.starting.ending = 'interrupted';
    this.session?.dispose();
    this.change.dispose();
  }

  private async begin(start: (starting: Starting) => Promise<void>): Promise<void> {
    if (this.busy) throw new Error(vscode.l10n.t('A run is going on already.'));
    const starting: Starting = { settled: Promise.resolve() };
    this.starting = starting;
    this.change.fire();
    const begun = start(starting).finally(() => {
      this.starting = undefined;
      this.change.fire();
    });
    // Whoever began it hears of an error.
    starting.settled = begun.catch(() => undefined);
    await begun;
  }

  private async reopen(id: string): Promise<ReopenedRun> {
    const { runs, panel } = this.parts;
    try {
      return await runs.reopen(id);
    } catch (error) {
      const run = runs.run(id);
      if (run && this.shown === id) panel.updateRun(panelRun(run));
      throw error;
    }
  }

  /** Trains, unless the run is ended before its files are read. */
  private async run(starting: Starting, opened: Opened, corpus: CorpusSummary): Promise<void> {
    const begun = this.launch(starting, opened, corpus);
    this.showProgress(
      begun.catch(() => undefined),
      opened.record,
    );
    await begun;
  }

  private async launch(
    starting: Starting,
    { record, history, checkpoint, before }: Opened,
    corpus: CorpusSummary,
  ): Promise<RunSession | undefined> {
    const { engine, runs, corpora, panel, problems, log, settings } = this.parts;
    log.info(
      `${checkpoint ? 'Resuming' : 'Training'} ${runTitle(record)}: ${JSON.stringify(record.settings)}`,
    );
    const giveUp = (change: Pick<RunRecord, 'state' | 'message'>) => {
      const run = before ? runs.restore(before) : runs.update(record.id, change);
      if (starting.ending !== 'interrupted') panel.updateRun(panelRun(run));
    };
    let session: RunSession;
    try {
      problems.clearRun();
      this.shown = record.id;
      panel.showRun({ ...panelRun(record), state: 'starting', canResume: false }, history);
      const files = await corpora.read(corpus);
      if (starting.ending) {
        log.info(`${runTitle(record)} was ended before it began.`);
        giveUp({ state: starting.ending });
        return undefined;
      }
      if (files.length === 0)
        throw new InputError(vscode.l10n.t('None of the files of {0} can be read.', corpus.name));
      const data = {
        corpus: corpus.id,
        corpusName: corpus.name,
        column: record.column,
        files,
        replaceInvalidBytes: settings.current.replaceInvalidBytes,
      };
      const trainer = engine.train(data, record.settings, checkpoint);
      session = new RunSession(record.id, trainer, runs, history, runWords(vscode.l10n.t), before);
    } catch (error) {
      giveUp({ state: 'failed', message: messageOf(error) });
      throw error;
    }
    this.session = session;
    session.onEvent((event) => this.follow(session, event));
    void session.over.then((error) => this.over(session, error));
    this.change.fire();
    return session;
  }

  private follow(session: RunSession, event: Parameters<Parameters<RunSession['onEvent']>[0]>[0]): void {
    const { panel, models, problems, log } = this.parts;
    const run = this.parts.runs.run(session.id);
    if (!run) return;
    const shown = this.shown === session.id;
    switch (event.type) {
      case 'changed':
        if (shown) panel.updateRun(panelRun(run, session));
        this.change.fire();
        break;
      case 'losses':
        if (shown) panel.addLosses(event.steps, event.losses);
        break;
      case 'epoch':
        if (shown) panel.addEpoch(event.record);
        log.info(`Epoch ${event.record.epoch}: ${JSON.stringify(event.record)}`);
        break;
      case 'checkpoint':
        models.checkpoint(session.id, event.bytes);
        break;
      case 'chosen':
        log.info(
          `${event.device} is taken, ${event.remembered ? 'as measured before' : 'the fastest'}: ${trialsText(event.trials)}`,
        );
        break;
      case 'moving':
        log.warn(
          `${event.from} is lost, going back to step ${event.step}: ${event.error.stack ?? event.why}`,
        );
        // Its curves go back to the checkpoint with it.
        if (shown) panel.showRun(panelRun(run, session), session.history);
        break;
      case 'notice':
        log.info(event.text);
        break;
      case 'problems':
        problems.addOfRun(event.problems);
        for (const problem of event.problems)
          log.warn(`${problem.file}:${problem.line + 1}: ${problem.message}`);
        break;
    }
  }

  /** The notification with a way to cancel. */
  private showProgress(begun: Promise<RunSession | undefined>, record: RunRecord): void {
    const title = vscode.l10n.t('RNN Tagger: {0}', runTitle(record));
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        token.onCancellationRequested(() => void this.stop());
        let percent = percentDone(record);
        progress.report({ message: vscode.l10n.t('starting…'), increment: percent });
        const session = await begun;
        if (!session) return;
        const report = () => {
          const run = this.parts.runs.run(session.id);
          if (!run) return;
          const now = percentDone(run);
          progress.report({
            message: progressText(run, session, vscode.l10n.t),
            increment: Math.max(0, now - percent),
          });
          percent = Math.max(percent, now);
        };
        report();
        const following = session.onEvent((event) => {
          if (event.type === 'changed') report();
        });
        await session.over;
        following.dispose();
      },
    );
  }

  private over(session: RunSession, error: SerializedError | undefined): void {
    const { runs, log } = this.parts;
    this.session = undefined;
    const run = runs.run(session.id);
    session.dispose();
    void runs.flush();
    this.change.fire();
    if (!run) return;
    if (session.restored) return void this.notResumed(run, error);
    if (run.state === 'interrupted') return;
    log.info(
      `${runTitle(run)} is over: ${run.state}${run.message ? `, ${run.message}` : ''}, ${run.step} steps in ${run.seconds.toFixed(1)} s`,
    );
    if (run.state === 'done' || run.state === 'stopped') {
      const score = scoreText(run, vscode.l10n.t);
      const text =
        run.state === 'done'
          ? vscode.l10n.t('{0} is trained', runTitle(run))
          : vscode.l10n.t('{0} was stopped', runTitle(run));
      vscode.window.setStatusBarMessage(`RNN Tagger: ${score ? `${text}, ${score}` : text}`, finishedShownMs);
    } else if (run.state === 'diverged') {
      void this.tellDiverged(run);
    } else {
      if (error) log.error(error.stack ?? `${error.name}: ${error.message}`);
      void this.tellFailed(run, error);
    }
  }

  /** A run that was to go on and could not, or was stopped before: it is shown as it was. */
  private async notResumed(run: RunRecord, error: SerializedError | undefined): Promise<void> {
    const history = await this.parts.runs.readHistory(run.id);
    if (!this.busy && this.shown === run.id) this.showRun(run, history);
    if (!error) return;
    this.parts.log.warn(`${runTitle(run)} cannot go on: ${error.message}`);
    const train = vscode.l10n.t('Train Anew');
    const show = vscode.l10n.t('Show Log');
    const reason = [error.message, error.hint].filter(Boolean).join(' ');
    const answer = await vscode.window.showErrorMessage(
      vscode.l10n.t('{0} cannot go on: {1}', runTitle(run), withoutLinks(reason)),
      train,
      show,
    );
    if (answer === train)
      await vscode.commands.executeCommand('rnnTagger.train', { corpus: run.corpus, column: run.column });
    if (answer === show) this.parts.log.show(true);
  }

  private async tellDiverged(run: RunRecord): Promise<void> {
    const panel = vscode.l10n.t('Show Loss Panel');
    const settings = vscode.l10n.t('Open Settings');
    const answer = await vscode.window.showWarningMessage(
      `${runTitle(run)}: ${withoutLinks(run.message ?? vscode.l10n.t('Training diverged.'))}`,
      panel,
      settings,
    );
    if (answer === panel) await vscode.commands.executeCommand('rnnTagger.showLossPanel');
    if (answer === settings)
      await vscode.commands.executeCommand('workbench.action.openSettings', 'rnnTagger.training');
  }

  private async tellFailed(run: RunRecord, error: SerializedError | undefined): Promise<void> {
    const show = vscode.l10n.t('Show Log');
    const resume = vscode.l10n.t('Resume');
    // Data that cannot be used will be no better the next time.
    const goesOn = error?.name !== 'InputError' && canResume(run);
    const actions = goesOn ? [show, resume] : [show];
    const answer = await vscode.window.showErrorMessage(
      `${runTitle(run)}: ${withoutLinks(run.message ?? vscode.l10n.t('Training failed.'))}`,
      ...actions,
    );
    if (answer === show) this.parts.log.show(true);
    if (answer === resume) await vscode.commands.executeCommand('rnnTagger.resumeRun');
  }

  private showRun(run: RunRecord, history: History): void {
    this.shown = run.id;
    this.parts.panel.showRun(panelRun(run), history);
    this.change.fire();
  }
}
