import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';

/** Any permission to write, of its owner, group or others. */
const anyWrite = 0o222;

/** Whether a document's file cannot be written: by its file system, or by its permissions. */
export async function isReadOnly({ uri, isUntitled }: vscode.TextDocument): Promise<boolean> {
  if (isUntitled) return false;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  try {
    // VS Code does not tell of a file of the disk that its permissions protect it.
    if (uri.scheme === 'file') return ((await stat(uri.fsPath)).mode & anyWrite) === 0;
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch {
    // What is gone from the disk is still in its editor, and can be saved.
    return false;
  }
}
