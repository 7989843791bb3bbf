import * as vscode from 'vscode';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { statusText } from './statusText';
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
  ) {
    this.item.name = 'RNN Tagger';
    this.item.command = 'rnnTagger.menu';
    this.listeners = [corpora.onDidChange(() => this.update()), training.onDidChange(() => this.update())];
    this.update();
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.listeners).dispose();
  }

  private update(): void {
    const { current } = this.training;
    const status = statusText(
      this.corpora.corpora,
      current && { run: current.run, state: current.session.state },
      vscode.l10n.t,
    );
    if (!status) return this.item.hide();
    if (this.item.text !== status.text) this.item.text = status.text;
    if (this.item.tooltip !== status.tooltip) this.item.tooltip = status.tooltip;
    this.item.show();
  }
}
