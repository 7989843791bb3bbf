import * as vscode from 'vscode';
import { openDocument } from './fileContents';

export interface WatcherEvents {
  /** Whether a file, by its URI, is one of those that were found. */
  has(uri: string): boolean;
  /** One of the files that were found has changed, on the disk or in an editor. */
  changed(uri: vscode.Uri): void;
  /** The editor of such a file was closed: unsaved changes may have been thrown away. */
  closed(uri: vscode.Uri): void;
  /** There may be more files than were found. */
  found(): void;
  /** A file or folder is gone. */
  deleted(uri: vscode.Uri): void;
}

/** Tells what happens to corpus files on the disk and in editors. */
export class WorkspaceWatcher implements vscode.Disposable {
  private readonly listeners: vscode.Disposable[];
  private watchers: vscode.Disposable[] = [];

  constructor(private readonly events: WatcherEvents) {
    // A folder that is deleted is one event, under its own name: patterns for files do not see it.
    const deletions = vscode.workspace.createFileSystemWatcher('**', true, true, false);
    this.listeners = [
      deletions,
      deletions.onDidDelete((uri) => events.deleted(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (events.has(document.uri.toString())) events.changed(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (events.has(document.uri.toString())) events.closed(document.uri);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => events.found()),
    ];
  }

  /** Watches for files of these glob patterns, instead of those before. */
  watch(include: readonly string[]): void {
    vscode.Disposable.from(...this.watchers).dispose();
    this.watchers = include.flatMap((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, false, true);
      const changed = (uri: vscode.Uri) => {
        // Unsaved text goes before what is on the disk.
        if (this.events.has(uri.toString()) && !openDocument(uri)?.isDirty) this.events.changed(uri);
      };
      return [watcher, watcher.onDidCreate((uri) => (this.events.has(uri.toString()) ? changed(uri) : this.events.found())), watcher.onDidChange(changed)];
    });
  }

  dispose(): void {
    vscode.Disposable.from(...this.watchers, ...this.listeners).dispose();
  }
}
