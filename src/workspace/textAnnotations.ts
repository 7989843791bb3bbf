import * as vscode from 'vscode';
import { messageOf } from '../common/errors';
import { shownName, withoutLinks } from '../common/shownText';
import { TaskQueue } from '../common/taskQueue';
import type { FoundSpan } from '../corpus/formats/bratEdits';
import type { DroppedSpan } from '../corpus/formats/bratMoves';
import { FollowedText } from '../corpus/formats/followedText';
import { annotationsBeside, isAnnotations, sourceOf } from './annotatedTexts';
import { annotationsOnDisk, readAnnotationFile, textInFile, writeAnnotationFile } from './annotationFiles';
import type { AnnotationJournal } from './annotationJournal';
import { openDocument } from './fileContents';

/** After a change of a text that is not unsaved by then it is taken for what is on the disk. */
const settledMs = 300;

/**
 * So long a save waits until it is noted what it makes of annotations. VS Code gives all who wait 1,750 ms together,
 * and then leaves the others out; the note is written all the same.
 */
const longestNoteMs = 400;

/** Others may write annotations at the same time: so often they are read again and written. */
const mostAttempts = 5;

interface Tracked {
  readonly document: vscode.TextDocument;
  /** Reads and writes of its annotations, one after the other. */
  readonly queue: TaskQueue;
  /** Missing while it is not known which text the annotations are of. */
  followed?: FollowedText;
  timer?: ReturnType<typeof setTimeout>;
  /** A message offers to write its annotations again. */
  isTold?: boolean;
}

/** Annotations of a text that have changed, or have moved with an edit of it. */
export interface ChangedLabels {
  readonly document: vscode.TextDocument;
  readonly isEdit: boolean;
}

/** What a save of a text did to its labels. */
export interface DroppedLabels {
  readonly document: vscode.TextDocument;
  readonly dropped: readonly DroppedSpan[];
}

/**
 * The annotations of the texts that are open, as they fit their texts of now: they follow each edit in memory,
 * and are written once their text is saved. What a save is about to make of them is noted before, for the case
 * that the window dies between the two writes.
 */
export class TextAnnotations implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<ChangedLabels>();
  private readonly drop = new vscode.EventEmitter<DroppedLabels>();
  private readonly texts = new Map<string, Tracked>();
  private readonly disposables: vscode.Disposable[];

  /** Fires where the annotations of a text have changed or moved. */
  readonly onDidChange = this.change.event;
  /** Fires when labels went with their text as it was saved. */
  readonly onDidDrop = this.drop.event;

  /** What was left of a window that died is mended. */
  private readonly mended: Promise<void>;

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly journal: AnnotationJournal,
  ) {
    this.mended = journal.recover();
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{ann,ANN}');
    const renew = (uri: vscode.Uri): void => void this.renew(sourceOf(uri));
    this.disposables = [
      this.change,
      this.drop,
      watcher,
      watcher.onDidCreate(renew),
      watcher.onDidChange(renew),
      watcher.onDidDelete(renew),
      vscode.workspace.onDidOpenTextDocument((document) => this.follow(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)),
      vscode.workspace.onWillSaveTextDocument((event) => {
        const noted = this.aboutToSave(event.document);
        if (noted) event.waitUntil(within(longestNoteMs, noted));
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (isAnnotations(document.uri)) renew(document.uri);
        this.saved(document);
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.follow(document);
  }

  /** The annotations of a text as they fit it now; undefined where it has none, or they are not read yet. */
  of(uri: vscode.Uri): string | undefined {
    return this.texts.get(uri.toString())?.followed?.annotations;
  }

  /** The spans of a text as it is now that are what they say to be: see {@link FollowedText.spans}. */
  spansOf(uri: vscode.Uri): readonly FoundSpan[] {
    return this.texts.get(uri.toString())?.followed?.spans ?? [];
  }

  /** The annotations where they differ from those on the disk, since edits of the text are not saved yet. */
  unsaved(uri: vscode.Uri): string | undefined {
    const { document, followed } = this.texts.get(uri.toString()) ?? {};
    if (!document || !followed?.isPending) return undefined;
    // A text that was read again from the disk is of annotations there.
    return document.isDirty || followed.toWrite ? followed.annotations : undefined;
  }

  /**
   * Saves a text with its annotations, so that places in the one are places of the other.
   * @returns whether that was done.
   */
  async settle(document: vscode.TextDocument): Promise<boolean> {
    if (document.isDirty && !(await document.save())) return false;
    await this.mended;
    const tracked = this.texts.get(document.uri.toString());
    await tracked?.queue.add(() => this.readAgain(tracked));
    if (tracked?.followed?.toWrite) await tracked.queue.add(() => this.write(tracked));
    return !tracked?.followed?.toWrite;
  }

  /**
   * Gives a text with unsaved edits other annotations, which are written once it is saved.
   * @returns whether it is followed.
   */
  put(document: vscode.TextDocument, annotations: string): boolean {
    const { followed } = this.texts.get(document.uri.toString()) ?? {};
    followed?.put(annotations, document.getText());
    if (followed) this.change.fire({ document, isEdit: false });
    return followed !== undefined;
  }

  /** Annotations were written, of which no watcher has told yet. */
  async renew(text: vscode.Uri): Promise<void> {
    await this.mended;
    const tracked = this.texts.get(text.toString());
    if (!tracked) return this.journal.mendBelow(text);
    await tracked.queue.add(async () => {
      await this.read(tracked);
      await this.catchUp(tracked);
    });
  }

  dispose(): void {
    for (const { timer } of this.texts.values()) clearTimeout(timer);
    this.texts.clear();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private follow(document: vscode.TextDocument): void {
    const { uri, isUntitled, isDirty } = document;
    if (isUntitled || !annotationsBeside(uri) || uri.scheme === 'git') return;
    if (this.texts.get(uri.toString())?.document === document) return;
    const followed = isDirty ? undefined : new FollowedText(document.getText());
    this.texts.set(uri.toString(), { document, queue: new TaskQueue(), ...(followed && { followed }) });
    void this.renew(uri);
  }

  private forget(uri: vscode.Uri): void {
    if (isAnnotations(uri)) void this.renew(sourceOf(uri));
    const key = uri.toString();
    // A document whose language changes is closed and opened, and goes on.
    if (openDocument(uri)) return;
    const tracked = this.texts.get(key);
    clearTimeout(tracked?.timer);
    this.texts.delete(key);
    // What could not be written of the last save is: the text in its file is what counts now.
    void tracked?.queue.add(() => this.journal.mend(uri));
  }

  private changed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    if (isAnnotations(document.uri)) void this.renew(sourceOf(document.uri));
    const tracked = this.texts.get(document.uri.toString());
    if (!tracked) return;
    clearTimeout(tracked.timer);
    const { followed } = tracked;
    if (contentChanges.length > 0) {
      const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
        start: rangeOffset,
        end: rangeOffset + rangeLength,
        text,
      }));
      followed?.change(changes, reason === undefined ? 'edit' : 'undo', () => document.getText());
      if (followed?.hasAnnotations) this.change.fire({ document, isEdit: true });
    }
    // A text that is read again from the disk is saved: what it is now, its annotations there are of.
    if (!document.isDirty)
      tracked.timer = setTimeout(() => {
        if (!document.isDirty && !document.isClosed) void tracked.queue.add(() => this.readAgain(tracked));
      }, settledMs);
  }

  private async readAgain(tracked: Tracked): Promise<void> {
    const { document, followed } = tracked;
    if (!document.isDirty && followed) {
      const before = followed.annotations;
      followed.reloaded(document.getText());
      if (followed.annotations !== before) this.change.fire({ document, isEdit: false });
    }
    await this.read(tracked);
    await this.catchUp(tracked);
  }

  /**
   * Unsaved annotations were thrown away, and those below are of a text before: they follow to the one of now. Those
   * that are still unsaved follow a text that was read again.
   */
  private async catchUp(tracked: Tracked): Promise<void> {
    const { document, followed } = tracked;
    const isDue = followed?.isBehind === true || (followed?.isOnDisk === false && !document.isDirty);
    if (isDue && followed?.toWrite) await this.write(tracked);
  }

  private async read(tracked: Tracked): Promise<void> {
    const { document } = tracked;
    const beside = annotationsBeside(document.uri);
    if (!beside) return;
    try {
      const isOnDisk = !isUnsaved(beside);
      // Which text those on the disk are of is not known of an earlier window.
      if (isOnDisk && !tracked.followed?.knowsDisk) await this.journal.mendBelow(document.uri);
      const annotations = await readAnnotationFile(beside);
      const known = (tracked.followed ??= new FollowedText(await this.textOnDisk(document)));
      if (known.read(annotations, document.getText(), !document.isDirty, isOnDisk))
        this.change.fire({ document, isEdit: false });
      if (!isOnDisk) known.tellDisk(await annotationsOnDisk(beside));
      else if (known.isInStep && !known.isBehind) await this.journal.endBelow(document.uri);
    } catch (error) {
      this.log.warn(`Annotations of ${document.uri.path} could not be read: ${messageOf(error)}`);
    }
  }

  /** Notes what the annotations become, where they do. */
  private aboutToSave(document: vscode.TextDocument): Promise<void> | undefined {
    const { followed } = this.texts.get(document.uri.toString()) ?? {};
    const write = followed?.isPending ? followed.onceSaved : undefined;
    return (
      followed && write && this.journal.begin(document.uri, followed.inTextFile, document.getText(), write)
    );
  }

  private saved(document: vscode.TextDocument): void {
    const tracked = this.texts.get(document.uri.toString());
    if (!tracked) return;
    clearTimeout(tracked.timer);
    // Who types on meanwhile has another text by now than was saved.
    const file = document.isDirty ? undefined : document.getText();
    void tracked.queue.add(async () => {
      const { followed } = tracked;
      const saved = file ?? (await this.textOnDisk(document).catch(() => undefined));
      if (!followed || saved === undefined) return;
      const dropped = followed.saved(saved, document.getText());
      await this.write(tracked);
      if (dropped.length > 0) this.drop.fire({ document, dropped });
    });
  }

  /** Writes the annotations of the text that is in its file. */
  private async write(tracked: Tracked): Promise<void> {
    const { document, followed } = tracked;
    const beside = annotationsBeside(document.uri);
    if (!beside || !followed) return;
    try {
      for (let attempt = 0; followed.toWrite; attempt++) {
        const write = followed.toWrite;
        if ((await writeAnnotationFile({ uri: beside, ...write })) === 'written') {
          followed.written(write, !isUnsaved(beside));
          this.change.fire({ document, isEdit: false });
        } else if (attempt < mostAttempts) await this.read(tracked);
        else throw new Error(vscode.l10n.t('Another program writes it at the same time.'));
      }
      if (!followed.isInStep) return;
      const below = followed.ifThrownAway;
      if (below) await this.journal.beginBelow(document.uri, followed.inTextFile, below);
      else await this.journal.end(document.uri);
    } catch (error) {
      this.log.error(`${beside.path} could not be written: ${messageOf(error)}`);
      void this.tellFailure(tracked, beside, messageOf(error));
    }
  }

  private async tellFailure(tracked: Tracked, annotations: vscode.Uri, why: string): Promise<void> {
    if (tracked.isTold) return;
    tracked.isTold = true;
    const again = vscode.l10n.t('Try Again');
    const chosen = await vscode.window.showErrorMessage(
      withoutLinks(
        vscode.l10n.t(
          '{0} could not be written, so its labels have not followed their text yet: they do with the next save. {1}',
          shownName(nameOf(annotations)),
          shownName(why),
        ),
      ),
      again,
    );
    tracked.isTold = false;
    if (chosen === again) await tracked.queue.add(() => this.write(tracked));
  }

  private async textOnDisk(document: vscode.TextDocument): Promise<string> {
    if (!document.isDirty) return document.getText();
    return textInFile(document.uri);
  }
}

/** Resolves with a promise, or after a time. */
async function within(longestMs: number, promise: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, longestMs)));
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

const isUnsaved = (uri: vscode.Uri): boolean => openDocument(uri)?.isDirty === true;
const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);
