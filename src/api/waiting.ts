import * as vscode from 'vscode';

/** Waits for something, unless it is cancelled: then what is under way goes on for itself. */
export async function orCancelled<T>(
  done: PromiseLike<T>,
  token: vscode.CancellationToken | undefined,
): Promise<T> {
  if (!token) return done;
  let listener: vscode.Disposable | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    if (token.isCancellationRequested) reject(new vscode.CancellationError());
    listener = token.onCancellationRequested(() => reject(new vscode.CancellationError()));
  });
  try {
    return await Promise.race([done, cancelled]);
  } finally {
    listener?.dispose();
  }
}

export function throwIfCancelled(token: vscode.CancellationToken | undefined): void {
  if (token?.isCancellationRequested) throw new vscode.CancellationError();
}
