import * as vscode from 'vscode';

/** Says that there is no model yet, and offers the ways to one. */
export async function offerModel(): Promise<void> {
  const ways = [
    { title: 'Train on Workspace', command: 'rnnTagger.train' },
    { title: 'Choose Model', command: 'rnnTagger.chooseModel' },
    { title: 'Import Model…', command: 'rnnTagger.importModel' },
  ];
  const chosen = await vscode.window.showInformationMessage('There is no model to label this text with.', ...ways);
  if (chosen) await vscode.commands.executeCommand(chosen.command);
}
