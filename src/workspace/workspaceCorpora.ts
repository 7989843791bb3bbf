import * as vscode from 'vscode';
import { stackOf } from '../common/errors';
import { inGroups } from '../common/inGroups';
import type { Problem } from '../common/problem';
import type { Corpus } from '../corpus/corpus';
import { decodeText } from '../corpus/decode';
import { brat } from '../corpus/formats/brat';
import type { Engine } from '../engine/engine';
import type { SourceFile } from '../engine/sourceFile';
import { annotationsBeside, isAnnotations, sourceOf, withPairs } from './annotatedTexts';
import { CorpusFiles } from './corpusFiles';
import { CorpusScanner } from './corpusScanner';
import { findFiles } from './foundFiles';
import { GlobNotice } from './globNotice';
import type { CorpusProblems } from './problems';
import { Debounce, Throttle } from './schedule';
import type { AnnotatedText, CorpusIndex } from './services';
import type { Settings } from './settings';
import { settingsOfReading, SourceLoader } from './sourceLoader';
import type { AnnotationsOfTexts } from './sourceLoader';
import { WorkspaceWatcher } from './workspaceWatcher';

/** What is handed to the reader at a time, so that others get their turn. */
const chunkFiles = 64;
const chunkBytes = 8 * 1024 * 1024;

/** Files that are read from the disk at a time: each waits for the file system most of its time. */
const filesAtOnce = 8;

/** A pause in typing, or in changes on the disk, after which files are read again. */
const quietMs = 400;
/** Where there is no such pause, they are read all the same. */
const longestWaitMs = 4000;

/** While many files are read, listeners are notified no more often than this. */
const notifyEveryMs = 500;

export interface ReadingProgress {
  readonly read: number;
  readonly found: number;
  readonly isStopped: boolean;
}

/**
 * The corpora of all workspace folders. Files are found by the user's glob patterns, read here and parsed by
 * the reader; one file after another, in the background, and only those that have changed.
 */
export class WorkspaceCorpora implements CorpusIndex, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly fileChange = new vscode.EventEmitter<vscode.Uri>();
  private readonly loader: SourceLoader;
  private readonly watcher: WorkspaceWatcher;
  private readonly listeners: vscode.Disposable[] = [];
  private readonly scanner: CorpusScanner;

  private summaries: readonly Corpus[] = [];
  private byFile = new Map<string, Corpus>();

  private readonly files = new CorpusFiles((file) => this.problems.setFile(file, []));
  private readonly reading = new Debounce(() => void this.work(), { quietMs, longestWaitMs });
  private readonly notifying = new Throttle(() => this.change.fire(), notifyEveryMs);
  private searchAgain = true;
  private working: Promise<void> | undefined;
  private disposed = false;
  private stopped = false;

  revision = 0;
  readonly onDidChange = this.change.event;
  readonly onDidChangeFile = this.fileChange.event;
  readonly ready: Promise<void>;

  constructor(
    engine: Engine,
    private readonly settings: Settings,
    private readonly problems: CorpusProblems,
    private readonly log: vscode.LogOutputChannel,
    annotations: AnnotationsOfTexts,
  ) {
    this.loader = new SourceLoader(settings, annotations);
    this.scanner = new CorpusScanner(engine, settings, this.files, problems, log, {
      scanned: (found) => this.show(found),
      knows: (file) => this.byFile.has(file),
      forget: (file) => this.byFile.delete(file),
    });
    this.watcher = new WorkspaceWatcher({
      has: (uri) => this.files.has(sourceOf(uri).toString()),
      changed: (uri) => this.refresh(sourceOf(uri)),
      closed: (uri) => {
        if (this.files.wasEdited(sourceOf(uri).toString())) this.refresh(sourceOf(uri));
      },
      found: () => this.search(),
      deleted: (uris) => this.deleted(uris),
    });
    const notice = new GlobNotice(log);
    const warn = (): void => {
      settings.current.leftOut.forEach((globs, setting) => notice.warn(setting, globs));
      notice.warnOfLayouts(settings.current.layouts.wrong);
    };
    warn();
    this.watcher.watch(withPairs(settings.current.include));
    this.listeners.push(
      settings.onDidChange(({ before, now }) => {
        warn();
        if (String(before.include) !== String(now.include)) this.watcher.watch(withPairs(now.include));
        if (String([before.include, before.exclude]) !== String([now.include, now.exclude])) this.search();
        if (settingsOfReading(before) !== settingsOfReading(now)) this.refreshAll();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (
          !event.affectsConfiguration('files.encoding') &&
          !event.affectsConfiguration('files.autoGuessEncoding')
        )
          return;
        this.loader.forgetEncodings();
        this.refreshAll();
      }),
    );
    this.ready = this.work();
  }

  get corpora(): readonly Corpus[] {
    return this.summaries;
  }

  corpusOf(uri: vscode.Uri): Corpus | undefined {
    const corpus = this.byFile.get(sourceOf(uri).toString());
    return corpus?.layout.kind === brat.id || !isAnnotations(uri) ? corpus : undefined;
  }

  async annotatedText(uri: vscode.Uri): Promise<AnnotatedText | undefined> {
    const [source] = (await this.readFiles([sourceOf(uri)])).sources;
    if (!source?.companion) return undefined;
    const textOf = (file: string, content: SourceFile['content']): string =>
      typeof content === 'string' ? content : decodeText(file, content, source.stated?.encoding).text;
    const { file, content } = source.companion;
    return { text: textOf(source.file, source.content), annotations: textOf(file, content) };
  }

  /** A file is to be read again, though it has not changed itself. */
  readAgain(uri: vscode.Uri): void {
    if (this.files.has(uri.toString())) this.refresh(uri);
  }

  /** Nothing more is read until {@link whenRead} or {@link lookAgain} is asked for. */
  stopReading(): void {
    if (!this.working && !this.reading.isPending) return;
    this.stopped = true;
    this.notifying.request();
  }

  /** Resolves once everything that has changed so far is read, or reading is stopped. */
  async whenRead(): Promise<void> {
    if (this.stopped) {
      this.stopped = false;
      this.readSoon();
    }
    while (this.reading.isPending || this.working) {
      this.reading.flush();
      await this.working;
    }
  }

  /** Looks for new files that no watcher has reported yet, and reads them. */
  async lookAgain(): Promise<void> {
    this.search();
    await this.whenRead();
  }

  /**
   * The files of a corpus as they are now, unsaved editors included, with what cannot be read left out.
   *
   * @param isStopped where it says so, the rest is not read.
   */
  async read(corpus: Corpus, isStopped: () => boolean): Promise<SourceFile[]> {
    return (
      await this.readFiles(
        corpus.files.map(({ file }) => vscode.Uri.parse(file)),
        isStopped,
      )
    ).sources;
  }

  /** How many of the files that were found are read, while some are still to be. */
  get progress(): ReadingProgress | undefined {
    const { unread, all } = this.files;
    return unread > 0 ? { read: all.length - unread, found: all.length, isStopped: this.stopped } : undefined;
  }

  /** Files that were found by their names, and are of no corpus. */
  get others(): readonly vscode.Uri[] {
    return this.files.all.filter((uri) => this.corpusOf(uri) === undefined);
  }

  /** A document as the reader takes it, with its text of now. */
  sourceOf(document: vscode.TextDocument): SourceFile {
    return { ...this.loader.saidOf(document.uri), content: document.getText() };
  }

  /** Files as they are now, and what is wrong with those that cannot be read. */
  async readFiles(
    uris: readonly vscode.Uri[],
    isStopped: () => boolean = () => false,
  ): Promise<{ sources: SourceFile[]; problems: Problem[] }> {
    const sources: SourceFile[] = [];
    const problems: Problem[] = [];
    await inGroups(
      uris,
      filesAtOnce,
      (uri) => this.loader.load(uri),
      (uri, read) => {
        if (read.kind === 'content') sources.push(read.source);
        else this.refresh(uri);
        if (read.kind === 'problem') problems.push(read.problem);
        return !isStopped();
      },
    );
    return { sources, problems };
  }

  dispose(): void {
    this.disposed = true;
    this.reading.cancel();
    this.notifying.cancel();
    this.watcher.dispose();
    vscode.Disposable.from(...this.listeners).dispose();
    this.scanner.dispose();
    vscode.Disposable.from(this.change, this.fileChange).dispose();
  }

  private search(): void {
    this.searchAgain = true;
    this.readSoon();
  }

  private deleted(uris: readonly vscode.Uri[]): void {
    if (this.files.forgetBelow(uris)) this.readSoon();
    // Of a text and its annotations one may be left.
    for (const uri of uris) {
      const source = sourceOf(uri);
      if (isAnnotations(uri) && this.files.has(source.toString())) this.refresh(source);
      if (isAnnotations(uri) || annotationsBeside(uri)) this.searchAgain = true;
    }
    if (this.searchAgain) this.readSoon();
  }

  private refresh(uri: vscode.Uri): void {
    this.files.refresh(uri);
    this.fileChange.fire(uri);
    this.readSoon();
  }

  private refreshAll(): void {
    this.files.refreshAll();
    for (const uri of this.files.all) this.fileChange.fire(uri);
    this.readSoon();
  }

  /** Waits for quiet, so that many changes are one. */
  private readSoon(): void {
    if (!this.disposed && (!this.stopped || this.searchAgain)) this.reading.request();
  }

  private work(): Promise<void> {
    this.working ??= this.drain()
      .catch((error: unknown) => this.log.error(`Reading corpora failed: ${stackOf(error)}`))
      .finally(() => {
        this.notifying.flush();
        this.working = undefined;
      });
    return this.working;
  }

  private async drain(): Promise<void> {
    /** While the reader parses a chunk, the next one is read from the disk. */
    let scanning: Promise<void> = Promise.resolve();
    while (!this.disposed && (this.searchAgain || !(this.stopped || this.files.areUpToDate))) {
      if (this.searchAgain) {
        this.searchAgain = false;
        const { include, exclude } = this.settings.current;
        this.files.replace(await findFiles(include, exclude));
      } else {
        const changed = await this.loadChunk();
        await scanning;
        scanning = this.scanner.scan(changed);
      }
      // What the reader could not take is to be read again.
      if (this.files.areUpToDate) await scanning;
    }
    await scanning;
    // With nothing left to read there is nothing to go on with.
    if (this.files.areUpToDate) this.stopped = false;
    this.notifying.request();
  }

  private async loadChunk(): Promise<SourceFile[]> {
    const changed: SourceFile[] = [];
    let bytes = 0;
    await inGroups(
      this.files.takeStale(),
      filesAtOnce,
      (uri) => this.loader.load(uri),
      (uri, read) => {
        const file = uri.toString();
        if (read.kind === 'content') {
          changed.push(read.source);
          this.files.wasRead(file, read.edited);
          bytes += read.sizeBytes;
        } else {
          if (read.kind === 'missing') this.files.forget(file);
          else this.problems.setFile(file, [read.problem]);
          this.files.leaveOut(file);
        }
        return changed.length < chunkFiles && bytes < chunkBytes;
      },
    );
    return changed;
  }

  private show(corpora: readonly Corpus[]): void {
    this.summaries = corpora;
    this.revision++;
    this.byFile = new Map(corpora.flatMap((corpus) => corpus.files.map(({ file }) => [file, corpus])));
    this.notifying.request();
  }
}
