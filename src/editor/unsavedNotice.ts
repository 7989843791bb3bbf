import * as vscode from 'vscode';
import { fileFault } from '../common/fileFaults';

/**
 * Gives a function that says, once in a session, that something of a run could not be kept: the disk is full,
 * say.
 */
export function unsavedNotice(log: vscode.LogOutputChannel): (path: string, error: unknown) => void {
  let shown = false;
  return (_path, error) => {
    if (shown) return;
    shown = true;
    const show = vscode.l10n.t('Show Log');
    const message = vscode.l10n.t(
      'RNN Tagger could not save a run: {0} What is not saved is lost when the window closes.',
      fileFault(error),
    );
    void vscode.window.showWarningMessage(message, show).then((answer) => {
      if (answer === show) log.show(true);
    });
  };
}
