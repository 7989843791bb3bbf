import * as vscode from 'vscode';
import { messageOf } from '../common/errors';
import type { DroppedSpan } from '../corpus/formats/bratMoves';
import { FollowedText } from '../corpus/formats/followedText';
import { annotationsBeside, isAnnotations, sourceOf } from './annotatedTexts';
import { readAnnotationFile, textInFile, writeAnnotationFile } from './annotationFiles';
import { openDocument } from './fileContents';

/** Longer texts are not followed, in UTF-16 units. */
const longest = 5_000_000;

/** After a change of a text that is not unsaved by then it is taken for what is on the disk. */
const settledMs = 300;

interface Tracked {
  readonly document: vscode.TextDocument;
  /** Missing while it is not known which text the annotations are of. */
  followed?: FollowedText;
  timer?: ReturnType<typeof setTimeout>;
}

/** What a save of a text did to its labels. */
export interface DroppedLabels {
  readonly document: vscode.TextDocument;
  readonly dropped: readonly DroppedSpan[];
}

/**
 * The annotations of the texts that are open, as they fit their texts of now: they follow each edit, and are
 * written when their text is saved. The files on the disk fit each other at any moment but that between the
 * two writes, so that what is not saved can be followed again by what VS Code restores.
 */
export class TextAnnotations implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly drop = new vscode.EventEmitter<DroppedLabels>();
  private readonly texts = new Map<string, Tracked>();
  private readonly disposables: vscode.Disposable[];

  /** Fires where the annotations of a text have changed or moved. */
  readonly onDidChange = this.change.event;
  /** Fires when labels went with their text as it was saved. */
  readonly onDidDrop = this.drop.event;

  constructor(private readonly log: vscode.LogOutputChannel) {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.ann');
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
        const tracked = this.texts.get(event.document.uri.toString());
        if (tracked?.followed?.isPending) event.waitUntil(this.write(tracked));
      }),
      vscode.workspace.onDidSaveTextDocument((document) => void this.saved(document)),
    ];
    for (const document of vscode.workspace.textDocuments) this.follow(document);
  }

  /** The annotations of a text as they fit it now; undefined where it has none, or they are not read yet. */
  of(uri: vscode.Uri): string | undefined {
    return this.texts.get(uri.toString())?.followed?.annotations;
  }

  /** The same where they differ from those on the disk, since edits of the text are not saved yet. */
  unsaved(uri: vscode.Uri): string | undefined {
    const { followed } = this.texts.get(uri.toString()) ?? {};
    return followed?.isPending ? followed.annotations : undefined;
  }

  /**
   * Saves a text with its annotations, so that places in the one are places of the other.
   * @returns whether that was done.
   */
  async settle(document: vscode.TextDocument): Promise<boolean> {
    if (document.isDirty && !(await document.save())) return false;
    await this.renew(document.uri);
    return true;
  }

  /** Annotations were written, of which no watcher has told yet. */
  async renew(text: vscode.Uri): Promise<void> {
    const tracked = this.texts.get(text.toString());
    const beside = annotationsBeside(text);
    if (!tracked || !beside) return;
    try {
      const annotations = await readAnnotationFile(beside);
      const { document } = tracked;
      const known = (tracked.followed ??= new FollowedText(await this.textOnDisk(document)));
      if (known.read(annotations, document.getText())) this.change.fire(document);
    } catch (error) {
      this.log.warn(`Annotations of ${text.path} could not be read: ${messageOf(error)}`);
    }
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
    const text = document.getText();
    if (text.length > longest) return;
    const tracked: Tracked = { document, ...(!isDirty && { followed: new FollowedText(text) }) };
    this.texts.set(uri.toString(), tracked);
    void this.renew(uri);
  }

  private forget(uri: vscode.Uri): void {
    if (isAnnotations(uri)) void this.renew(sourceOf(uri));
    const key = uri.toString();
    // A document whose language changes is closed and opened, and goes on.
    if (openDocument(uri)) return;
    clearTimeout(this.texts.get(key)?.timer);
    this.texts.delete(key);
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (isAnnotations(document.uri)) void this.renew(sourceOf(document.uri));
    const tracked = this.texts.get(document.uri.toString());
    if (!tracked || contentChanges.length === 0) return;
    const { followed } = tracked;
    for (const { rangeOffset, rangeLength, text } of contentChanges)
      followed?.change({ start: rangeOffset, end: rangeOffset + rangeLength, text });
    followed?.isNow(document.getText());
    if (followed?.annotations !== undefined) this.change.fire(document);
    clearTimeout(tracked.timer);
    // A text that is read again from the disk is saved: what it is now, its annotations there are of.
    tracked.timer = setTimeout(() => {
      if (!document.isDirty && !document.isClosed) void this.readAgain(tracked);
    }, settledMs);
  }

  private async readAgain(tracked: Tracked): Promise<void> {
    const { document, followed } = tracked;
    const written = followed?.neverSaved(document.getText());
    const beside = annotationsBeside(document.uri);
    if (written && beside) await this.put(beside, written.after, written.before);
    followed?.saved(document.getText());
    await this.renew(document.uri);
  }

  /** Writes the annotations as they fit the text that is about to be saved. */
  private async write({ document, followed }: Tracked): Promise<void> {
    const beside = annotationsBeside(document.uri);
    const moved = followed?.settled(document.getText());
    if (!beside || !moved) return;
    await this.put(beside, moved.before, moved.after);
    this.change.fire(document);
    if (moved.dropped.length > 0) this.drop.fire({ document, dropped: moved.dropped });
  }

  private async put(uri: vscode.Uri, before: string, after: string): Promise<void> {
    if (before === after) return;
    try {
      const done = await writeAnnotationFile({ uri, before, after });
      if (done === 'changed')
        this.log.warn(`${uri.path} was changed while its text was edited: its labels did not follow.`);
    } catch (error) {
      this.log.error(`${uri.path} could not be written: ${messageOf(error)}`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t('{0} could not be written, so its labels did not follow their text.', nameOf(uri)),
      );
    }
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    const tracked = this.texts.get(document.uri.toString());
    if (!tracked) return;
    // Others may have edited the text while it was being saved: white space at line ends, for instance.
    if (tracked.followed?.isPending) await this.write(tracked);
    tracked.followed?.saved(document.getText());
    tracked.followed?.kept();
  }

  private async textOnDisk(document: vscode.TextDocument): Promise<string> {
    if (!document.isDirty) return document.getText();
    return textInFile(document.uri);
  }
}

const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);
