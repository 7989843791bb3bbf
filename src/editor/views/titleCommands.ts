import * as vscode from 'vscode';

/**
 * Commands in the titles of views that take an argument elsewhere. There VS Code gives each the row that has the
 * focus, which it is not about.
 */
const names = [
  'checkCorpus',
  'filterQueue',
  'findLabelErrors',
  'importModel',
  'reviewSurestDisagreements',
  'train',
] as const;

/** `rnnTagger.ofTitle.NAME` for each of them: the same without an argument. */
export function registerTitleCommands(): vscode.Disposable {
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(`rnnTagger.ofTitle.${name}`, () =>
        vscode.commands.executeCommand(`rnnTagger.${name}`),
      ),
    ),
  );
}
