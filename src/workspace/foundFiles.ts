import * as vscode from 'vscode';
import { sourcesOf } from './annotatedTexts';
import { searchFiles } from './searchFiles';
import { distinctNames, pathInWorkspace } from './workspacePaths';

/** The files that glob patterns find in the workspace, by their URIs; for annotations the text they are of. */
export async function findFiles(
  include: readonly string[],
  exclude: readonly string[],
): Promise<Map<string, vscode.Uri>> {
  return sourcesOf(await searchFiles(include, exclude));
}

/** A file's path below its workspace folder, beginning with the folder's name. */
export function workspacePathOf(uri: vscode.Uri): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return uri.path.replace(/^\/+/, '');
  const names = distinctNames(folders.map(({ name }) => name));
  const name = names[folders.indexOf(folder)] ?? folder.name;
  return pathInWorkspace(uri.path, { name, path: folder.uri.path });
}
