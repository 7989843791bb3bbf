import * as vscode from 'vscode';

/** The document of a file, opened where it is not open yet; undefined where that cannot be. */
export async function openedDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
