import * as vscode from 'vscode';
import { openDocument } from './fileContents';

export interface WatcherEvents {
  /** Whether a file is one of those that were found, or belongs to one. */
  has(uri: vscode.Uri): boolean;
  /** One of the files that were found has changed, on the disk or in an editor. */
  changed(uri: vscode.Uri): void;
  /** The editor of such a file was closed: unsaved changes may have been thrown away. */
  closed(uri: vscode.Uri): void;
  /** There may be more files than were found. */
  found(): void;
  /** Files or folders are gone. */
  deleted(uris: readonly vscode.Uri[]): void;
}

/** What appears and what goes is looked at together, this long after the first of it. */
const togetherMs = 200;
/** Among more new files than this there are likely folders. */
const mostLookedAt = 100;

/** Tells what happens to corpus files on the disk and in editors. */
export class WorkspaceWatcher implements vscode.Disposable {
  private readonly listeners: vscode.Disposable[];
  private watchers: vscode.Disposable[] = [];
  private created: vscode.Uri[] = [];
  private deleted: vscode.Uri[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly events: WatcherEvents) {
    // A folder that appears or goes with all its files may be one event, under its own name: patterns for
    // files do not see it.
    const all = vscode.workspace.createFileSystemWatcher('**', false, true, false);
    this.listeners = [
      all,
      all.onDidCreate((uri) => this.later(this.created, uri)),
      all.onDidDelete((uri) => this.later(this.deleted, uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (events.has(document.uri)) events.changed(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (events.has(document.uri)) events.closed(document.uri);
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
        if (this.events.has(uri) && !openDocument(uri)?.isDirty) this.events.changed(uri);
      };
      return [
        watcher,
        watcher.onDidCreate((uri) => (this.events.has(uri) ? changed(uri) : this.events.found())),
        watcher.onDidChange(changed),
      ];
    });
  }

  private later(uris: vscode.Uri[], uri: vscode.Uri): void {
    uris.push(uri);
    this.timer ??= setTimeout(() => void this.tell(), togetherMs);
  }

  private async tell(): Promise<void> {
    const { created, deleted } = this;
    this.created = [];
    this.deleted = [];
    this.timer = undefined;
    if (deleted.length > 0) this.events.deleted(deleted);
    // What was replaced is among both: it is there again.
    const replaced = deleted.length > 0 && created.length > 0;
    if (
      replaced ||
      created.length > mostLookedAt ||
      (await Promise.all(created.map(isFolder))).includes(true)
    )
      this.events.found();
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.watchers, ...this.listeners).dispose();
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    // It is gone again.
    return false;
  }
}
