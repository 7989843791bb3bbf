/** What RNN Tagger does not do in Restricted Mode, said with the way out of it. */
import * as vscode from 'vscode';

export const notTrustedText = (): string =>
  vscode.l10n.t(
    'RNN Tagger does not train in Restricted Mode: training uses the machine at full power on files of a workspace that you have not trusted yet.',
  );

/** @param message why something is not done; that nothing is trained unless told otherwise. */
export async function showNotTrusted(message = notTrustedText()): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const answer = await vscode.window.showWarningMessage(message, manage);
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
