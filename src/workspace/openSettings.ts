import * as vscode from 'vscode';

/**
 * Shows settings by their name, or by what their names begin with: those of the workspace, which other folders
 * do not share, where there is one. A setting that stands in the user's settings alone is shown there.
 */
export async function openSettings(name: string): Promise<void> {
  const { workspaceFolders, workspaceFile } = vscode.workspace;
  const found = vscode.workspace.getConfiguration().inspect(name);
  const leaf = found?.defaultValue === undefined || isLeaf(found.defaultValue);
  const byUser = leaf && found?.globalValue !== undefined && found.workspaceValue === undefined;
  const hasWorkspace = workspaceFolders !== undefined || workspaceFile !== undefined;
  const place = hasWorkspace && !byUser ? 'openWorkspaceSettings' : 'openSettings';
  await vscode.commands.executeCommand(`workbench.action.${place}`, name);
}

/** Not of a group of settings, whose values are objects of them. */
const isLeaf = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || Array.isArray(value);

/** The command by which messages open settings. */
export function registerOpenSettings(): vscode.Disposable {
  return vscode.commands.registerCommand('rnnTagger.openSettings', (name: unknown) =>
    openSettings(typeof name === 'string' ? name : 'rnnTagger'),
  );
}
