import * as vscode from 'vscode';
import { formatCount } from '../common/figures';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';

/** What takes no longer is not worth a message. */
const shortMs = 1000;

/** A piece of work, and how it is told that it is not wanted any more. */
interface Work<T> {
  readonly title: string;
  readonly done: Promise<T>;
  cancel(): void;
}

/**
 * Waits for work that reads corpora, with progress and a button to cancel it where it takes over a second.
 *
 * @returns undefined where it was cancelled.
 */
export async function readingProgress<T>(
  corpora: WorkspaceCorpora,
  { title, done, cancel }: Work<T>,
): Promise<{ readonly result: T } | undefined> {
  const work = done.then((result) => ({ result }));
  const isShort = await Promise.race([work.then(() => true), after(shortMs)]);
  if (isShort) return work;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const tell = (): void => {
        const files = corpora.progress;
        if (files) progress.report({ message: filesText(files.read, files.found) });
      };
      tell();
      const listener = corpora.onDidChange(tell);
      const cancelled = new Promise<undefined>((resolve) =>
        token.onCancellationRequested(() => {
          cancel();
          resolve(undefined);
        }),
      );
      try {
        return await Promise.race([work, cancelled]);
      } finally {
        listener.dispose();
      }
    },
  );
}

export function filesText(read: number, found: number): string {
  return vscode.l10n.t('{0} of {1} files', formatCount(read), formatCount(found));
}

const after = (ms: number): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), ms));
