import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import { shownName, withoutLinks } from '../../common/shownText';
import { annotationsBeside } from '../../workspace/annotatedTexts';
import { openDocument } from '../../workspace/fileContents';
import type { TextAnnotations } from '../../workspace/textAnnotations';
import { fileName } from '../fileName';
import type { LabelSteps } from './labelSteps';

/** A text that gets another name or folder, and its annotations. */
interface MovedText {
  readonly annotations: vscode.Uri;
  /** Undefined: a file with the new name is no text beside which labels could stand. */
  readonly to: vscode.Uri | undefined;
  readonly text: vscode.Uri;
}

type Renamed = vscode.FileRenameEvent['files'];

/** What follows a text to its new name. */
export interface RenameServices {
  readonly steps: Pick<LabelSteps, 'renamed'>;
  readonly annotations: Pick<TextAnnotations, 'of' | 'renew' | 'settle'>;
}

/**
 * Labels go where their text goes: its annotations get the new name, or a message says why they do not. An Undo of
 * the new name brings them back in the same way. Of a text that is deleted, a message says that its labels are left.
 */
export function registerRenamedTexts({ steps, annotations }: RenameServices): vscode.Disposable {
  return vscode.Disposable.from(
    // Labels fit the text that is saved: with unsaved edits it is saved before it moves.
    vscode.workspace.onWillRenameFiles((event) => {
      for (const { oldUri } of event.files) {
        const document = openDocument(oldUri);
        if (document?.isDirty && annotations.of(oldUri) !== undefined)
          event.waitUntil(annotations.settle(document));
      }
    }),
    vscode.workspace.onDidRenameFiles(async ({ files }) => {
      for (const moved of await textsWithLabels(files)) await follow(moved);
      for (const { oldUri, newUri } of files) {
        steps.renamed(oldUri, newUri);
        await annotations.renew(newUri);
      }
    }),
    vscode.workspace.onDidDeleteFiles(({ files }) => void tellOfLabelsLeft(files)),
  );
}

async function follow({ annotations, to, text }: MovedText): Promise<void> {
  const names = [fileName(text), fileName(annotations)] as const;
  if (!to)
    return tell(
      vscode.l10n.t(
        '{0} is no .txt or Markdown file, so the labels of its text stay in {1}. Give it such an ending to have them back.',
        ...names,
      ),
    );
  if (await exists(to))
    return tell(
      vscode.l10n.t(
        'There is another {0}, so the labels of this text stay in {1}. Move one of the two away, and rename that file by hand.',
        fileName(to),
        names[1],
      ),
    );
  try {
    await move(annotations, to);
  } catch (error) {
    tell(
      vscode.l10n.t(
        'The labels of {0} stay in {1}, which could not be moved to it: {2}. Move it by hand.',
        ...names,
        shownName(messageOf(error)),
      ),
    );
  }
}

async function move(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  // The explorer’s Undo moves the text, and is followed: a move of its own would be one more to undo.
  if (!openDocument(from)?.isDirty) return vscode.workspace.fs.rename(from, to, { overwrite: false });
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(from, to, { overwrite: false });
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(vscode.l10n.t('VS Code could not save it.'));
}

async function textsWithLabels(files: Renamed): Promise<MovedText[]> {
  const own = new Set(files.map(({ oldUri }) => oldUri.toString()));
  const moved: MovedText[] = [];
  for (const { oldUri, newUri } of files) {
    const annotations = annotationsBeside(oldUri);
    // A folder may have such a name, and takes all in it along.
    if (!annotations || own.has(annotations.toString()) || !(await exists(annotations))) continue;
    moved.push({ annotations, to: annotationsBeside(newUri), text: newUri });
  }
  return moved;
}

async function tellOfLabelsLeft(files: readonly vscode.Uri[]): Promise<void> {
  for (const text of files) {
    const annotations = annotationsBeside(text);
    if (!annotations || (await exists(text)) || !(await exists(annotations))) continue;
    const both = vscode.l10n.t('Delete Them Too');
    const chosen = await vscode.window.showInformationMessage(
      withoutLinks(
        vscode.l10n.t(
          '{0} is deleted. Its labels are still in {1}, in case that it comes back.',
          fileName(text),
          fileName(annotations),
        ),
      ),
      both,
    );
    if (chosen !== both || (await exists(text))) continue;
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(annotations, { ignoreIfNotExists: true });
    await vscode.workspace.applyEdit(edit);
  }
}

const tell = (message: string): void => void vscode.window.showWarningMessage(withoutLinks(message));

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
