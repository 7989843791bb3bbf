import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { LossPanel } from '../panel/lossPanel';
import type { RunOutcome, RunsOver } from '../panel/protocol';
import { networkText, stepsText } from '../record/networkText';
import { isByItself } from '../record/runRecord';
import type { RunRecord } from '../record/runRecord';
import { runTitle } from '../record/runTitle';
import type { RunState } from '../run/runState';
import { runKey } from '../workspace/modelCatalogue';
import type { RunSession } from '../workspace/runSession';
import type { RunStore } from '../workspace/runStore';
import { lastToShow, whenRunBegins } from './shownRun';
import type { SurestDisagreements } from './surest/surestReview';
import { countText, nextText, startText } from './surest/surestText';
import type { TrainingController } from './trainingController';

/** Which run the loss panel shows: the one that goes on, in this window or another, or the last. */
export class PanelRun implements vscode.Disposable {
  private shown: string | undefined;
  /** A person has opened it from the list. */
  private isChosen = false;
  /** What a command asks to be drawn over it. */
  private over: RunsOver | undefined;
  /** What is shown as another window made it. */
  private foreign: RunRecord | undefined;
  private readonly listeners: vscode.Disposable;

  constructor(
    private readonly training: TrainingController,
    private readonly runs: RunStore,
    private readonly panel: LossPanel,
    private readonly surest: Pick<SurestDisagreements, 'known' | 'onDidCount'>,
  ) {
    this.listeners = vscode.Disposable.from(
      surest.onDidCount((key) => {
        const outcome = this.shown !== undefined && key === runKey(this.shown) && this.outcomeOf(this.shown);
        if (outcome) panel.tellOutcome(outcome);
      }),
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
      runs.onDidChange(() => void this.leaveDeleted()),
      runs.onDidChange(() => void this.followOthers()),
    );
  }

  /** Shows the last run of an earlier session in the panel, which may be open. */
  async showLast(): Promise<void> {
    const last = lastToShow(this.runs.runs);
    if (last && !this.training.busy) await this.read(last.id);
  }

  /** The run that the panel shows; undefined where it is closed, or shows none. */
  get current(): string | undefined {
    return this.panel.isOpen ? this.shown : undefined;
  }

  /** Opens the panel with a run of the list: one that goes on is followed. */
  async open(id: string): Promise<void> {
    this.panel.show();
    await this.showChosen(id);
  }

  /** The same, with other runs drawn over it. */
  async openWith(id: string, others: readonly string[]): Promise<void> {
    this.panel.show();
    await this.showChosen(id, { runs: others, id: randomUUID() });
  }

  /** Shows a run whose model a person has chosen, where the panel is open. */
  async showChosen(id: string, over?: RunsOver): Promise<void> {
    if (!this.panel.isOpen) return;
    this.shown = id;
    this.over = over;
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

  /** The run that is shown was deleted: the last one takes its place, or none. */
  private async leaveDeleted(): Promise<void> {
    const { shown } = this;
    if (shown === undefined || this.training.busy || this.runs.run(shown)) return;
    this.shown = undefined;
    this.isChosen = false;
    if (lastToShow(this.runs.runs)) await this.showLast();
    else this.panel.showRun(undefined);
  }

  /** Shows what another window does: a run that begins or goes on there, and its end. */
  private async followOthers(): Promise<void> {
    const last = this.runs.runs.at(0);
    if (!last || this.training.busy || last === this.foreign) return;
    if (this.whenBegins({ isQuiet: isByItself(last) }) === 'left') return;
    const isFollowed = this.foreign?.id === last.id && this.runs.elsewhere(last.id) !== undefined;
    if (!isFollowed && !this.runs.isElsewhere(last.id)) return;
    const isNew = this.foreign?.id !== last.id;
    this.foreign = last;
    // It comes to the front where it begins. What a person has chosen since then stays.
    if (isNew || !this.isChosen || this.shown === last.id) await this.read(last.id);
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
    if (this.shown !== id) this.over = undefined;
    this.shown = id;
    const { over } = this;
    const network = networkText(run.settings, state.spans, state.facts?.labels.length ?? run.labels);
    const elsewhere = this.runs.isElsewhere(id);
    const outcome = this.outcomeOf(id);
    this.panel.showRun(
      {
        id,
        title: runTitle(run),
        network,
        steps: stepsText(run.settings),
        settings: { activation: run.settings.activation, clip: run.settings.clip },
        state,
        elsewhere,
        ...(outcome && { outcome }),
        ...(over && { over }),
      },
      session,
    );
  }

  private outcomeOf(id: string): RunOutcome | undefined {
    const known = this.surest.known(runKey(id));
    if (!known) return undefined;
    const start = startText(known.places.length, vscode.l10n.t);
    const text = countText(known, vscode.l10n.t);
    return { text: start === undefined ? `${text} ${nextText(known, vscode.l10n.t)}` : text, start };
  }
}
