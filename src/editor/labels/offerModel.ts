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

const train = (): Offer => ({ title: vscode.l10n.t('Train on Workspace'), command: 'rnnTagger.train' });
const bring = (): Offer => ({ title: vscode.l10n.t('Import Model…'), command: 'rnnTagger.importModel' });

/** Says that there is no model at all, and offers the ways to one. */
export function offerFirstModel(): Promise<void> {
  return offer(vscode.l10n.t('There is no model yet: train one, or import one from a file.'), [
    train(),
    bring(),
  ]);
}

/** Says that no model labels a text, though there may be models, and offers the ways to one. */
export function offerModel(): Promise<void> {
  const choose = { title: vscode.l10n.t('Choose Model'), command: 'rnnTagger.chooseModel' };
  return offer(vscode.l10n.t('There is no model to label this text with.'), [train(), choose, bring()]);
}
