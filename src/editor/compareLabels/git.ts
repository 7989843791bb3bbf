import * as vscode from 'vscode';

/** What is used of the API of VS Code's own Git extension (its version 1). */
interface GitApi {
  getRepository(uri: vscode.Uri): unknown;
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** A file as it is in the last commit, to be opened; undefined where no repository is known for it. */
export async function versionInGit(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
  if (!git?.enabled) return undefined;
  const api = git.getAPI(1);
  return api.getRepository(uri) ? api.toGitUri(uri, 'HEAD') : undefined;
}
