import type * as vscode from 'vscode';

/** Whether label errors are being looked for, with models that are trained for that. */
export interface LabelErrorSearching extends vscode.Disposable {
  readonly isSearching: boolean;
  /** Fires when a search begins, and when it is over. */
  readonly onDidChange: vscode.Event<void>;
}
