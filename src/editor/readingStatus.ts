import * as vscode from 'vscode';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { filesText } from './readingProgress';

/** Reading that lasts no longer is not shown. */
const shortMs = 1000;

/**
 * The status bar's item while corpora are read: how many files are, and a click that stops the reading or goes
 * on with it. Also the keys of the two commands: `rnnTagger.reading` is `none`, `running` or `stopped`.
 */
export class ReadingStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'rnnTagger.reading',
    vscode.StatusBarAlignment.Left,
    -1,
  );
  private readonly registered: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  private lasts = false;
  private key = '';

  constructor(private readonly corpora: WorkspaceCorpora) {
    this.item.name = vscode.l10n.t('RNN Tagger: Reading Corpora');
    this.registered = vscode.Disposable.from(
      corpora.onDidChange(() => this.update()),
      vscode.commands.registerCommand('rnnTagger.stopReading', () => corpora.stopReading()),
      vscode.commands.registerCommand('rnnTagger.continueReading', () => corpora.whenRead()),
    );
    this.update();
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(this.item, this.registered).dispose();
  }

  private update(): void {
    const { progress } = this.corpora;
    this.setKey(!progress ? 'none' : progress.isStopped ? 'stopped' : 'running');
    if (!progress) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.lasts = false;
      return this.item.hide();
    }
    this.timer ??= setTimeout(() => {
      this.lasts = true;
      this.update();
    }, shortMs);
    if (!this.lasts && !progress.isStopped) return;
    const files = filesText(progress.read, progress.found);
    this.item.text = progress.isStopped ? `$(debug-pause) ${files}` : `$(sync~spin) ${files}`;
    this.item.tooltip = progress.isStopped
      ? vscode.l10n.t('RNN Tagger has stopped reading corpora at {0}. Click to continue.', files)
      : vscode.l10n.t('RNN Tagger reads corpora: {0}. Click to stop.', files);
    this.item.command = progress.isStopped ? 'rnnTagger.continueReading' : 'rnnTagger.stopReading';
    this.item.show();
  }

  private setKey(key: string): void {
    if (this.key === key) return;
    this.key = key;
    void vscode.commands.executeCommand('setContext', 'rnnTagger.reading', key);
  }
}
