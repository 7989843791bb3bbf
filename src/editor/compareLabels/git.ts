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

/** Why Git cannot know a file, and what to do; undefined where it may. */
export async function gitAbsence(
  uri: vscode.Uri,
): Promise<{ readonly why: string; readonly hint: string } | undefined> {
  const hint = vscode.l10n.t('Compare it with a model or another file.');
  if (uri.scheme !== 'file')
    return { why: vscode.l10n.t('VS Code’s Git knows only files on the disk.'), hint };
  if (await gitApi()) return undefined;
  if (!vscode.workspace.isTrusted)
    return {
      why: vscode.l10n.t('Git is off in Restricted Mode.'),
      hint: vscode.l10n.t('Trust the workspace, or compare with a model or another file.'),
    };
  return { why: vscode.l10n.t('VS Code’s Git is off.'), hint };
}

/** Whether Git has not looked for repositories yet, so that nobody can tell whether a file is in one. */
export async function isLookingForRepositories(): Promise<boolean> {
  return (await gitApi())?.state === 'uninitialized';
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
