import * as vscode from 'vscode';

/**
 * A status bar item for what the labels on screen do not show: that they are missing, or shown in part.
 * Hidden otherwise.
 */
export class LabelNotice implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'rnnTagger.labels',
    vscode.StatusBarAlignment.Left,
    -100,
  );
  private error: string | undefined;
  private isPartial = false;

  constructor() {
    this.item.name = vscode.l10n.t('RNN Tagger: Predicted Labels');
  }

  /** Labelling failed with this message; undefined: it works. */
  failed(message: string | undefined): void {
    if (message === this.error) return;
    this.error = message;
    this.update();
  }

  /** The active editor shows the labels of a part of a line only. */
  partial(isPartial: boolean): void {
    if (isPartial === this.isPartial) return;
    this.isPartial = isPartial;
    this.update();
  }

  dispose(): void {
    this.item.dispose();
  }

  private update(): void {
    const { item } = this;
    if (this.error !== undefined) {
      item.text = `$(warning) ${vscode.l10n.t('RNN Tagger: no labels')}`;
      item.tooltip = vscode.l10n.t(
        'Labels could not be renewed: {0} The next change tries again. Select for the log.',
        this.error,
      );
      item.command = 'rnnTagger.showLog';
      item.show();
    } else if (this.isPartial) {
      item.text = `$(info) ${vscode.l10n.t('RNN Tagger: labels shown around the cursor only')}`;
      item.tooltip = vscode.l10n.t('This line is very long. Labels follow the cursor.');
      item.command = undefined;
      item.show();
    } else {
      item.hide();
    }
  }
}
