import * as vscode from 'vscode';
import { emptyHistory } from '../run/history';
import { stateElsewhere } from '../workspace/runRecord';
import type { RunStore } from '../workspace/runStore';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { statusText } from './statusText';
import type { CurrentRun } from './statusText';
import type { TrainingController } from './trainingController';

/** The status bar's item: which corpora there are, or how the run goes. A click opens the menu. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'rnnTagger.status',
    vscode.StatusBarAlignment.Left,
    0,
  );
  private readonly listeners: vscode.Disposable[];

  constructor(
    private readonly corpora: WorkspaceCorpora,
    private readonly training: TrainingController,
    private readonly runs: RunStore,
  ) {
    this.item.name = 'RNN Tagger';
    this.item.command = 'rnnTagger.menu';
    const update = (): void => this.update();
    this.listeners = [corpora.onDidChange(update), training.onDidChange(update), runs.onDidChange(update)];
    this.update();
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.listeners).dispose();
  }

  /** The run of this window, else one of another. */
  private get current(): CurrentRun | undefined {
    const { current } = this.training;
    if (current) return { run: current.run, state: current.session.state };
    const run = this.runs.runs.find(({ id }) => this.runs.isElsewhere(id));
    return run && { run, state: stateElsewhere(run, emptyHistory), elsewhere: true };
  }

  private update(): void {
    const status = statusText(this.corpora.corpora, this.current, vscode.l10n.t);
    if (!status) return this.item.hide();
    if (this.item.text !== status.text) this.item.text = status.text;
    if (this.item.tooltip !== status.tooltip) this.item.tooltip = status.tooltip;
    this.item.show();
  }
}
