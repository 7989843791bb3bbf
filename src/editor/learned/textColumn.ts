import * as vscode from 'vscode';

/** Where text is shown that the loss panel leads to, so that it does not cover the panel: in a group of editors beside it. */
export function textColumn(): vscode.ViewColumn {
  const { all } = vscode.window.tabGroups;
  const other = all.find(({ activeTab }) => !(activeTab?.input instanceof vscode.TabInputWebview));
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}
