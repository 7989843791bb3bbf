import * as vscode from 'vscode';

/** What is used of the API of VS Code's own Git extension (its version 1). */
interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<GitApi['state']>;
  getRepository(uri: vscode.Uri): unknown;
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** A file as it is in the last commit, to be opened; undefined where no repository is known for it by now. */
export async function versionInGit(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  const git = await gitApi();
  return git?.getRepository(uri) ? git.toGitUri(uri, 'HEAD') : undefined;
}

/** Resolves once repositories were looked for, which Git does after VS Code has started, or it was cancelled. */
export async function repositoriesKnown(cancelled: vscode.CancellationToken): Promise<void> {
  const git = await gitApi();
  if (!git || git.state === 'initialized') return;
  const listeners: vscode.Disposable[] = [];
  await new Promise<void>((resolve) => {
    const done = (): void => resolve();
    listeners.push(git.onDidChangeState(done), cancelled.onCancellationRequested(done));
  });
  vscode.Disposable.from(...listeners).dispose();
}

async function gitApi(): Promise<GitApi | undefined> {
  const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
  return git?.enabled ? git.getAPI(1) : undefined;
}
