/** Files of annotations as they are now, and edits of them. */
import * as vscode from 'vscode';
import { editsBetween } from '../corpus/textEdits';
import { openDocument } from './fileContents';
import { writeWholeFile } from './wholeFile';

/** The text of a file as it is on the disk, without a byte order mark. */
export async function textInFile(uri: vscode.Uri): Promise<string> {
  const bytes = await vscode.workspace.fs.readFile(uri);
  const encoding = openDocument(uri)?.encoding;
  const text = await (encoding === undefined
    ? vscode.workspace.decode(bytes, { uri })
    : vscode.workspace.decode(bytes, { encoding }));
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** The annotations at a place, unsaved changes included; undefined where there are none. */
export async function readAnnotationFile(uri: vscode.Uri): Promise<string | undefined> {
  const open = openDocument(uri);
  return open?.isDirty ? open.getText() : annotationsOnDisk(uri);
}

/** The annotations without unsaved changes. */
export async function annotationsOnDisk(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return await textInFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

/** What a file of annotations was and what it is to be; undefined: there is none. */
export interface AnnotationChange {
  readonly uri: vscode.Uri;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * Writes annotations, if they are still what they were. Those that are open in an editor are edited there, so
 * that its undo knows of it; unsaved changes in it stay unsaved, also where nothing is left of it.
 *
 * @returns `changed`: they were others by now, so nothing was written.
 * @throws where the file cannot be written.
 */
export async function writeAnnotationFile({
  uri,
  before,
  after,
}: AnnotationChange): Promise<'written' | 'changed'> {
  const now = await readAnnotationFile(uri);
  if (now === after) return 'written';
  if (now !== before) return 'changed';
  const open = openDocument(uri);
  if (after === undefined && !open?.isDirty) {
    await vscode.workspace.fs.delete(uri);
    return 'written';
  }
  // An editor that has not seen yet what is on the disk would edit something else.
  if (open && before !== undefined && open.getText() === before) {
    const { isDirty } = open;
    const edit = new vscode.WorkspaceEdit();
    for (const { start, end, text } of editsBetween(before, after ?? ''))
      edit.replace(uri, new vscode.Range(open.positionAt(start), open.positionAt(end)), text);
    if (!(await vscode.workspace.applyEdit(edit))) return 'changed';
    if (!isDirty && !(await open.save())) throw new Error(vscode.l10n.t('VS Code could not save it.'));
    return 'written';
  }
  await writeText(uri, after ?? '');
  return 'written';
}

async function writeText(uri: vscode.Uri, text: string): Promise<void> {
  const bytes = await vscode.workspace.encode(text, { uri });
  await writeWholeFile(uri, bytes);
}
