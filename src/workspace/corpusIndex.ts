import * as vscode from 'vscode';
import { WorkerError, messageOf, stackOf } from '../common/errors';
import type { Engine, Reader } from '../engine/engine';
import type { CorpusSummary } from '../engine/readerProtocol';
import type { SourceFile } from '../engine/sourceFile';
import { isDeleted } from './deletions';
import { FileContents, ofFile } from './fileContents';
import type { CorpusProblems } from './problems';
import type { CorpusIndex } from './services';
import type { Settings } from './settings';
import { distinctNames, joinGlobs, pathInWorkspace } from './workspacePaths';
import { WorkspaceWatcher } from './workspaceWatcher';

/** What is handed to the reader at a time, so that others get their turn. */
const chunkFiles = 64;
const chunkBytes = 8 * 1024 * 1024;

/** A reader that fails more often than this in a row fails whatever it is given. */
const mostFailures = 80;

/** A pause in typing, or in changes on the disk, after which files are read again. */
const quietMs = 400;
/** Where there is no such pause, they are read all the same. */
const longestWaitMs = 4000;

/** While many files are read, listeners are told no more often than this. */
const tellEveryMs = 500;

/**
 * The corpora of all workspace folders. Files are found by the user's glob patterns, read here and parsed by
 * the reader; one file after another, in the background, and only those that have changed.
 */
export class WorkspaceCorpora implements CorpusIndex, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly contents = new FileContents();
  private readonly watcher: WorkspaceWatcher;
  private readonly listeners: vscode.Disposable[] = [];
  private reader: Reader | undefined;

  private summaries: readonly CorpusSummary[] = [];
  private byFile = new Map<string, CorpusSummary>();

  /** The files that the glob patterns find. */
  private readonly files = new Map<string, vscode.Uri>();
  private readonly stale = new Map<string, vscode.Uri>();
  private readonly gone = new Set<string>();
  /** Files that were last read from an editor. */
  private readonly edited = new Set<string>();
  /** Files at which the reader died: read alone, and left out where it dies again. */
  private readonly suspects = new Set<string>();
  /** How often in a row the reader has failed. */
  private failures = 0;
  private findAgain = true;
  private working: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waitingSinceMs = 0;
  private toldAtMs = -Infinity;
  private untold = false;
  private disposed = false;

  readonly onDidChange = this.change.event;
  readonly ready: Promise<void>;

  constructor(
    private readonly engine: Engine,
    private readonly settings: Settings,
    private readonly problems: CorpusProblems,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.watcher = new WorkspaceWatcher({
      has: (uri) => this.files.has(uri),
      changed: (uri) => this.refresh(uri),
      closed: (uri) => {
        if (this.edited.has(uri.toString())) this.refresh(uri);
      },
      found: () => this.search(),
      deleted: (uris) => this.forgetBelow(uris),
    });
    this.watcher.watch(settings.current.include);
    this.listeners.push(
      settings.onDidChange(({ before, now }) => {
        if (String(before.include) !== String(now.include)) this.watcher.watch(now.include);
        if (String([before.include, before.exclude]) !== String([now.include, now.exclude])) this.search();
        if (before.replaceInvalidBytes !== now.replaceInvalidBytes) this.refreshAll();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (
          !event.affectsConfiguration('files.encoding') &&
          !event.affectsConfiguration('files.autoGuessEncoding')
        )
          return;
        this.contents.forgetEncodings();
        this.refreshAll();
      }),
    );
    this.ready = this.work();
  }

  get corpora(): readonly CorpusSummary[] {
    return this.summaries;
  }

  corpusOf(uri: vscode.Uri): CorpusSummary | undefined {
    return this.byFile.get(uri.toString());
  }

  /** Resolves once everything that has changed so far is read. */
  async settled(): Promise<void> {
    while (this.timer !== undefined || this.working) {
      if (this.timer !== undefined) this.begin();
      await this.working;
    }
  }

  /** Looks for new files, of which the watchers have not told yet. */
  async lookAgain(): Promise<void> {
    this.search();
    await this.settled();
  }

  /** The files of a corpus as they are now, unsaved editors included, with what cannot be read left out. */
  async read(corpus: CorpusSummary): Promise<SourceFile[]> {
    const sources: SourceFile[] = [];
    for (const { file } of corpus.files) {
      const uri = vscode.Uri.parse(file);
      const read = await this.contents.read(uri);
      if (read.kind === 'content') sources.push({ file, path: this.pathOf(uri), content: read.content });
      else this.refresh(uri);
    }
    return sources;
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.watcher.dispose();
    vscode.Disposable.from(...this.listeners).dispose();
    this.reader?.dispose();
    this.change.dispose();
  }

  private search(): void {
    this.findAgain = true;
    this.later();
  }

  private refresh(uri: vscode.Uri): void {
    this.stale.set(uri.toString(), uri);
    this.later();
  }

  private refreshAll(): void {
    for (const [key, uri] of this.files) this.stale.set(key, uri);
    this.later();
  }

  /** Files were deleted, or folders with all that is in them. */
  private forgetBelow(uris: readonly vscode.Uri[]): void {
    const deleted = new Set(uris.map(String));
    for (const key of this.files.keys()) if (isDeleted(key, deleted)) this.forget(key);
    if (this.gone.size > 0) this.later();
  }

  private forget(key: string): void {
    this.files.delete(key);
    this.stale.delete(key);
    this.suspects.delete(key);
    this.gone.add(key);
    this.problems.setFile(key, []);
  }

  /** Waits for quiet, so that many changes are one. */
  private later(): void {
    if (this.disposed) return;
    const now = Date.now();
    if (this.timer === undefined) this.waitingSinceMs = now;
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => this.begin(),
      Math.max(0, Math.min(quietMs, this.waitingSinceMs + longestWaitMs - now)),
    );
  }

  private begin(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.disposed) void this.work();
  }

  private work(): Promise<void> {
    this.working ??= this.drain()
      .catch((error: unknown) => this.log.error(`Reading corpora failed: ${stackOf(error)}`))
      .finally(() => {
        if (this.untold) this.tell();
        this.working = undefined;
      });
    return this.working;
  }

  private async drain(): Promise<void> {
    while (!this.disposed && (this.findAgain || this.stale.size > 0 || this.gone.size > 0)) {
      if (this.findAgain) await this.find();
      else await this.scanChunk();
    }
  }

  private async find(): Promise<void> {
    this.findAgain = false;
    const { include, exclude } = this.settings.current;
    const found = new Map<string, vscode.Uri>();
    const pattern = joinGlobs(include);
    const uris =
      pattern !== undefined && vscode.workspace.workspaceFolders?.length
        ? await vscode.workspace.findFiles(pattern, joinGlobs(exclude))
        : [];
    for (const uri of uris) found.set(uri.toString(), uri);
    for (const key of [...this.files.keys()]) if (!found.has(key)) this.forget(key);
    for (const [key, uri] of found) {
      this.gone.delete(key);
      if (!this.files.has(key)) this.stale.set(key, uri);
      this.files.set(key, uri);
    }
  }

  private async scanChunk(): Promise<void> {
    const changed: SourceFile[] = [];
    const suspect = [...this.stale.values()].find((uri) => this.suspects.has(uri.toString()));
    let bytes = 0;
    for (const uri of suspect ? [suspect] : this.stale.values()) {
      const key = uri.toString();
      this.stale.delete(key);
      if (!this.files.has(key)) continue;
      const read = await this.contents.read(uri);
      if (read.kind === 'content') {
        changed.push({ file: key, path: this.pathOf(uri), content: read.content });
        this.gone.delete(key);
        bytes += read.sizeBytes;
        if (read.edited) this.edited.add(key);
        else this.edited.delete(key);
      } else {
        if (read.kind === 'missing') this.forget(key);
        else this.problems.setFile(key, [read.problem]);
        this.gone.add(key);
      }
      if (changed.length >= chunkFiles || bytes >= chunkBytes) break;
    }
    await this.scan(changed);
  }

  private async scan(changed: readonly SourceFile[]): Promise<void> {
    const removed = [...this.gone];
    this.gone.clear();
    if (changed.length === 0 && (removed.length === 0 || !this.reader)) return;
    this.reader ??= this.engine.createReader();
    try {
      const result = await this.reader.scan({
        changed,
        removed,
        replaceInvalidBytes: this.settings.current.replaceInvalidBytes,
      });
      this.failures = 0;
      for (const { file } of changed) this.suspects.delete(file);
      for (const { file, problems } of result.problems)
        if (this.files.has(file)) this.problems.setFile(file, problems);
      this.show(result.corpora);
    } catch (error) {
      if (!this.disposed) this.scanFailed(changed, removed, error);
    }
  }

  private show(corpora: readonly CorpusSummary[]): void {
    this.summaries = corpora;
    this.byFile = new Map(corpora.flatMap((corpus) => corpus.files.map(({ file }) => [file, corpus])));
    this.untold = true;
    if (performance.now() - this.toldAtMs >= tellEveryMs) this.tell();
  }

  private tell(): void {
    this.untold = false;
    this.toldAtMs = performance.now();
    this.change.fire();
  }

  /** Finds out which file the reader cannot take: those of the chunk are tried again, one by one. */
  private scanFailed(changed: readonly SourceFile[], removed: readonly string[], error: unknown): void {
    const message = messageOf(error);
    this.log.error(`The corpus reader failed: ${message}`);
    if (++this.failures > mostFailures) {
      this.log.error('The corpus reader is not started again until a file changes.');
      this.stale.clear();
      this.failures = 0;
      return;
    }
    if (changed.length === 1) {
      const uri = vscode.Uri.parse(changed[0].file);
      this.suspects.delete(changed[0].file);
      this.problems.setFile(changed[0].file, [
        ofFile(uri, 'reader-failed', vscode.l10n.t('RNN Tagger could not read this file: {0}', message)),
      ]);
    } else {
      for (const { file } of changed) {
        this.suspects.add(file);
        this.stale.set(file, vscode.Uri.parse(file));
      }
    }
    if (error instanceof WorkerError) {
      // The reader that is started next knows nothing of the other files.
      const failed = changed.length === 1 ? changed[0].file : undefined;
      for (const [key, uri] of this.files)
        if (key !== failed && this.byFile.has(key)) this.stale.set(key, uri);
      if (failed !== undefined) this.byFile.delete(failed);
    } else {
      for (const key of removed) this.gone.add(key);
    }
  }

  private pathOf(uri: vscode.Uri): string {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const names = distinctNames(folders.map(({ name }) => name));
    return folder
      ? pathInWorkspace(uri.path, {
          name: names[folders.indexOf(folder)] ?? folder.name,
          path: folder.uri.path,
        })
      : uri.path.replace(/^\/+/, '');
  }
}
