import * as vscode from 'vscode';
import { messageOf } from '../common/errors';
import { shownName, withoutLinks } from '../common/shownText';
import { TaskQueue } from '../common/taskQueue';
import { markOf } from '../common/textMark';
import type { AnnotationWrite } from '../corpus/formats/followedText';
import { annotationsBeside } from './annotatedTexts';
import { readAnnotationFile, textInFile, writeAnnotationFile } from './annotationFiles';
import { entryOf, outcomeOf } from './journalEntry';
import type { JournalEntry } from './journalEntry';
import { readText, writeWhole } from './storage';
import type { FileOperations } from './storage';

const folder = 'annotations';

/** A save takes less than that: what is older belongs to none that goes on in another window. */
const longestSaveMs = 60_000;

/**
 * What saves are about to make of annotations: written before the text is, and removed once its annotations
 * are. Where a window died between the two, the next one mends the annotations from it. Where annotations are unsaved
 * in an editor while their text is saved, an entry stays for those in their file: a window that is closed without
 * saving them leaves them of the text before.
 */
export class AnnotationJournal {
  /** The texts that have an entry, and whether that is for annotations below unsaved ones. */
  private readonly entries = new Map<string, 'save' | 'below'>();
  /** Of each text, what is noted and removed, one after the other: a save does not wait for it for long. */
  private readonly queues = new Map<string, TaskQueue>();

  constructor(
    private readonly files: FileOperations,
    private readonly log: vscode.LogOutputChannel,
    private readonly isAlive: (pid: number) => boolean,
  ) {}

  /** @param before the text in its file. @param after what is about to be saved. */
  async begin(text: vscode.Uri, before: string, after: string, write: AnnotationWrite): Promise<void> {
    const entry = entryFor(text, before, after, write);
    await this.queueOf(text).add(() => this.note(text, entry));
  }

  /** A text was saved below whose annotations others are unsaved. @param file the text. */
  async beginBelow(text: vscode.Uri, file: string, write: AnnotationWrite): Promise<void> {
    const entry: JournalEntry = { ...entryFor(text, file, file, write), isBelow: true };
    await this.queueOf(text).add(() => this.note(text, entry));
  }

  private queueOf(text: vscode.Uri): TaskQueue {
    const key = text.toString();
    const queue = this.queues.get(key) ?? new TaskQueue();
    this.queues.set(key, queue);
    return queue;
  }

  private async note(text: vscode.Uri, entry: JournalEntry): Promise<void> {
    try {
      await writeWhole(this.files, pathOf(entry.text), new TextEncoder().encode(JSON.stringify(entry)));
      this.entries.set(entry.text, entry.isBelow ? 'below' : 'save');
    } catch (error) {
      // The save itself is not to fail for it.
      this.log.warn(`What the labels of ${text.path} become could not be noted: ${messageOf(error)}`);
    }
  }

  /** The annotations of a text are written. */
  async end(text: vscode.Uri): Promise<void> {
    await this.queueOf(text).add(async () => {
      if (this.entries.delete(text.toString())) await this.remove(pathOf(text.toString()));
    });
  }

  /** Annotations are what their file has. */
  async endBelow(text: vscode.Uri): Promise<void> {
    if (this.entries.get(text.toString()) === 'below') await this.end(text);
  }

  /** Unsaved annotations of an earlier window were thrown away, or saved. */
  async mendBelow(text: vscode.Uri): Promise<void> {
    if (this.entries.get(text.toString()) === 'below') await this.mend(text);
  }

  /** A text was closed: mends annotations that could not be written after its last save. */
  async mend(text: vscode.Uri): Promise<void> {
    await this.queueOf(text).add(async () => {
      if (this.entries.delete(text.toString())) await this.recoverOne(pathOf(text.toString()));
    });
    this.queues.delete(text.toString());
  }

  /** Mends what a window left that died. */
  async recover(): Promise<void> {
    try {
      for (const name of await this.files.files(folder))
        if (name.endsWith('.json')) await this.recoverOne(`${folder}/${name}`);
    } catch (error) {
      this.log.warn(`Saves that were cut off could not be looked for: ${messageOf(error)}`);
    }
  }

  private async recoverOne(path: string): Promise<void> {
    const entry = entryOf(await readText(this.files, path).catch(() => ''));
    if (!entry) return this.remove(path);
    const isOther = entry.pid !== process.pid && this.isAlive(entry.pid);
    if (isOther && (entry.isBelow || Date.now() - entry.at < longestSaveMs)) return;
    const text = vscode.Uri.parse(entry.text);
    const beside = annotationsBeside(text);
    if (!beside) return this.remove(path);
    try {
      if (entry.isBelow && (await hasUnsaved(beside))) return void this.entries.set(entry.text, 'below');
      const annotations = await readAnnotationFile(beside);
      const outcome = outcomeOf(entry, await textInFile(text).catch(onlyMissing), annotations);
      if (outcome === 'unclear') return void this.tell(path, text, entry);
      if (outcome === 'write') {
        const change = { uri: beside, before: annotations, after: entry.annotationsAfter };
        if ((await writeAnnotationFile(change)) !== 'written') return void this.tell(path, text, entry);
        this.log.info(`The labels of ${text.path} now follow its last save, which was cut off.`);
      }
      await this.remove(path);
    } catch (error) {
      this.log.warn(`The labels of ${text.path} could not be mended: ${messageOf(error)}`);
    }
  }

  private async tell(path: string, text: vscode.Uri, entry: JournalEntry): Promise<void> {
    const [show, discard] = [vscode.l10n.t('Show These Labels'), vscode.l10n.t('Discard Them')];
    const name = shownName(text.path.slice(text.path.lastIndexOf('/') + 1));
    const chosen = await vscode.window.showWarningMessage(
      withoutLinks(
        vscode.l10n.t(
          'The last save of {0} was cut off before its labels were written, and the text or its labels were changed since. Both were left as they are. The labels of that save are kept.',
          name,
        ),
      ),
      show,
      discard,
    );
    if (chosen === undefined) return;
    if (chosen === show) {
      const document = await vscode.workspace.openTextDocument({ content: entry.annotationsAfter });
      await vscode.window.showTextDocument(document);
    }
    await this.remove(path);
  }

  private async remove(path: string): Promise<void> {
    await this.files
      .remove(path)
      .catch((error: unknown) => this.log.warn(`${path} could not be removed: ${messageOf(error)}`));
  }
}

/** Whether a file has unsaved changes, also of an earlier session, which VS Code brings back once it is opened. */
async function hasUnsaved(uri: vscode.Uri): Promise<boolean> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).isDirty;
  } catch {
    return false;
  }
}

const entryFor = (text: vscode.Uri, before: string, after: string, write: AnnotationWrite): JournalEntry => ({
  version: 1,
  text: text.toString(),
  textBefore: markOf(before),
  textAfter: markOf(after),
  annotationsBefore: markOf(write.before ?? ''),
  annotationsAfter: write.after,
  pid: process.pid,
  at: Date.now(),
});

const pathOf = (text: string): string => `${folder}/${markOf(text).hash}.json`;

function onlyMissing(error: unknown): undefined {
  if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
  throw error;
}
