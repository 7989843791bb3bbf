import * as vscode from 'vscode';
import { shownLine } from '../../common/shownText';
import type { Corpus } from '../../corpus/corpus';
import { brat } from '../../corpus/formats/brat';
import { annotationsBeside, isAnnotations } from '../../workspace/annotatedTexts';
import { searchFiles } from '../../workspace/searchFiles';
import { withoutIcons } from '../translate';

const mostTexts = 500;
const toldMs = 20_000;

/** Whether words of a document can be labelled: text or Markdown in a file. */
export function isPlainText({ uri }: Pick<vscode.TextDocument, 'uri'>): boolean {
  return annotationsBeside(uri) !== undefined && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

/** Whether labelling has just begun: there is no model, and no corpus but texts that are labelled in the editor. */
export function isFirstLabelling(corpora: readonly Corpus[], hasModel: boolean): boolean {
  return !hasModel && corpora.every(({ layout }) => layout.kind === brat.id);
}

/**
 * **Label Plain Text…**: the words that are selected in a text; elsewhere a text is opened, and it is said how.
 *
 * @param isTold whether the status bar says how by itself.
 */
export async function labelText(exclude: readonly string[], isTold: () => boolean): Promise<void> {
  const active = vscode.window.activeTextEditor;
  if (active && isPlainText(active.document)) {
    if (!active.selection.isEmpty) return vscode.commands.executeCommand('rnnTagger.labelSelection');
    return isTold() ? undefined : tellHow(active);
  }
  const found = await searchFiles(['**/*.{txt,md,markdown}'], exclude, mostTexts);
  const texts = found.filter((uri) => !isAnnotations(uri)).sort((a, b) => (a.path < b.path ? -1 : 1));
  if (texts.length === 0) return offerFolder();
  const uri = texts.length === 1 ? texts[0] : await ask(texts);
  if (!uri) return;
  const editor = await vscode.window.showTextDocument(uri);
  if (!isTold()) tellHow(editor);
}

async function ask(texts: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  const items = texts.map((uri) => ({
    label: withoutIcons(shownLine(vscode.workspace.asRelativePath(uri), 150)),
    uri,
  }));
  const options = {
    title: vscode.l10n.t('Label Plain Text'),
    placeHolder: vscode.l10n.t('Which text is to be labelled?'),
  };
  return (await vscode.window.showQuickPick(items, options))?.uri;
}

function tellHow({ document }: vscode.TextEditor): void {
  void vscode.window.setStatusBarMessage(
    vscode.l10n.t('$(tag) Select words of {0}, then run Label Selection', nameOf(document)),
    toldMs,
  );
}

const nameOf = ({ uri }: vscode.TextDocument): string =>
  withoutIcons(shownLine(uri.path.slice(uri.path.lastIndexOf('/') + 1), 60));

async function offerFolder(): Promise<void> {
  const open = vscode.l10n.t('Open Folder…');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'There is no text here to label. Open a folder with .txt or .md files, or save a new text in this one.',
    ),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('workbench.action.files.openFolder');
}
