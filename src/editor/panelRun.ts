import * as vscode from 'vscode';
import type { LossPanel } from '../panel/lossPanel';
import type { RunState } from '../run/runState';
import { isByItself } from '../workspace/runRecord';
import type { RunRecord } from '../workspace/runRecord';
import type { RunSession } from '../workspace/runSession';
import type { RunStore } from '../workspace/runStore';
import { networkText } from './networkText';
import { runTitle } from './runText';
import { lastToShow, whenRunBegins } from './shownRun';
import type { TrainingController } from './trainingController';

/** Which run the loss panel shows: the one that goes on, in this window or another, or the last. */
export class PanelRun implements vscode.Disposable {
  private shown: string | undefined;
  /** A person has opened it from the list. */
  private isChosen = false;
  /** What is shown as another window made it. */
  private foreign: RunRecord | undefined;
  private readonly listeners: vscode.Disposable;

  constructor(
    private readonly training: TrainingController,
    private readonly runs: RunStore,
    private readonly panel: LossPanel,
  ) {
    this.listeners = vscode.Disposable.from(
      training.onDidBegin((session) => {
        const does = this.whenBegins(session);
        if (does === 'left') return;
        if (does === 'opened') panel.show(undefined, true);
        this.isChosen = false;
        this.show(session.id, session.state, session);
      }),
      training.onDidNotResume(() => void this.showAgain()),
      training.onDidEnd(({ session }) => void (session.restored && this.showAgain())),
      training.onDidEnd(({ session }) => {
        // It is about to be removed.
        const isCutOff = session.isQuiet && runs.run(session.id)?.state !== 'done';
        if (isCutOff && this.shown === session.id) void this.showLast();
      }),
      runs.onDidChange(() => void this.followOthers()),
    );
  }

  /** Shows the last run of an earlier session in the panel, which may be open. */
  async showLast(): Promise<void> {
    const last = lastToShow(this.runs.runs);
    if (last && !this.training.busy) await this.read(last.id);
  }

  /** Opens the panel with a run of the list: one that goes on is followed. */
  async open(id: string): Promise<void> {
    this.panel.show();
    this.shown = id;
    this.isChosen = true;
    const { current } = this.training;
    if (current?.run.id === id) return this.show(id, current.session.state, current.session);
    const state = await this.runs.readState(id);
    // Another one may have been opened meanwhile.
    if (this.shown === id) this.show(id, state);
  }

  /** A run has another name now. */
  async renamed(id: string): Promise<void> {
    if (this.shown === id) await this.read(id);
  }

  dispose(): void {
    this.listeners.dispose();
  }

  /** Shows what another window does: a run that begins or goes on there, and its end. */
  private async followOthers(): Promise<void> {
    const last = this.runs.runs.at(0);
    if (!last || this.training.busy || last === this.foreign) return;
    if (this.whenBegins({ isQuiet: isByItself(last) }) === 'left') return;
    const isFollowed = this.foreign?.id === last.id && this.runs.elsewhere(last.id) !== undefined;
    if (!isFollowed && !this.runs.isElsewhere(last.id)) return;
    this.foreign = last;
    await this.read(last.id);
  }

  private whenBegins(run: { readonly isQuiet: boolean }): ReturnType<typeof whenRunBegins> {
    return whenRunBegins(run, { isOpen: this.panel.isOpen, isChosen: this.isChosen });
  }

  /** A run that was to go on and did not has its whole curves again. */
  private async showAgain(): Promise<void> {
    if (this.shown !== undefined) await this.read(this.shown);
  }

  private async read(id: string): Promise<void> {
    if (!this.runs.run(id)) return;
    const state = await this.runs.readState(id);
    if (!this.training.busy) this.show(id, state);
  }

  private show(id: string, state: RunState, session?: RunSession): void {
    const run = this.runs.run(id);
    if (!run) return;
    this.shown = id;
    const network = networkText(run.settings, state.spans, state.facts?.labels.length ?? run.labels);
    const elsewhere = this.runs.isElsewhere(id);
    this.panel.showRun({ id, title: runTitle(run), network, state, elsewhere }, session);
  }
}
