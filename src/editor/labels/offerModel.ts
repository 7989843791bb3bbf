import * as vscode from 'vscode';

/** A button of a message, and the command behind it. */
export interface Offer extends vscode.MessageItem {
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

/** Shows a message with commands on offer, and runs the one that is chosen. */
export async function offer(message: string, offers: readonly Offer[]): Promise<void> {
  const chosen = await vscode.window.showInformationMessage(message, ...offers);
  if (chosen) await vscode.commands.executeCommand(chosen.command, ...(chosen.arguments ?? []));
}

/** In Restricted Mode nothing is trained: the way there leads over trust. */
const train = (): Offer =>
  vscode.workspace.isTrusted
    ? { title: vscode.l10n.t('Train on Workspace'), command: 'rnnTagger.train' }
    : { title: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' };
const bring = (): Offer => ({ title: vscode.l10n.t('Import Model…'), command: 'rnnTagger.importModel' });

/** Says that there is no model at all, and offers the ways to one. */
export function offerFirstModel(): Promise<void> {
  const message = vscode.workspace.isTrusted
    ? vscode.l10n.t('There is no model yet: train one, or import one from a file.')
    : vscode.l10n.t(
        'There is no model yet, and none is trained in Restricted Mode: trust the workspace, or import one from a file.',
      );
  return offer(message, [train(), bring()]);
}

/** Says that no model labels a text, though there may be models, and offers the ways to one. */
export function offerModel(): Promise<void> {
  const choose = { title: vscode.l10n.t('Choose Model'), command: 'rnnTagger.chooseModel' };
  const message = vscode.workspace.isTrusted
    ? vscode.l10n.t('There is no model to label this text with.')
    : vscode.l10n.t('There is no model to label this text with, and none is trained in Restricted Mode.');
  return offer(message, [train(), choose, bring()]);
}
