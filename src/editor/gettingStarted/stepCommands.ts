/**
 * The buttons of the walkthroughs whose commands work in an editor: a walkthrough is one itself, so that a file
 * has to be shown first. Each has a name of its own, by which its step is done.
 */
import * as vscode from 'vscode';
import { annotationsBeside } from '../../workspace/annotatedTexts';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';

/** The name of a walkthrough's command, what has to be shown, and what is run there. */
const steps = [
  { name: 'showDisagreement', kind: 'corpus', command: 'rnnTagger.nextDisagreementInWorkspace' },
  { name: 'review', kind: 'corpus', command: 'rnnTagger.startReview' },
  { name: 'labelText', kind: 'text', command: 'rnnTagger.toggleFileLabels' },
  { name: 'showText', kind: 'text', command: undefined },
] as const;

/** @param text finds a plain text of the workspace. */
export function registerStepCommands(
  corpora: WorkspaceCorpora,
  text: () => Promise<vscode.Uri | undefined>,
): vscode.Disposable {
  const isWanted = {
    corpus: ({ uri }: vscode.TextDocument) => corpora.corpusOf(uri) !== undefined,
    text: ({ uri }: vscode.TextDocument) =>
      annotationsBeside(uri) !== undefined && vscode.workspace.getWorkspaceFolder(uri) !== undefined,
  };
  const find = { corpus: async () => corpusFileToShow(corpora), text };
  return vscode.Disposable.from(
    ...steps.map(({ name, kind, command }) =>
      vscode.commands.registerCommand(`rnnTagger.getStarted.${name}`, async () => {
        await corpora.whenRead();
        const editor = vscode.window.visibleTextEditors.find(({ document }) => isWanted[kind](document));
        const file = editor?.document.uri ?? (await find[kind]());
        if (!file) return void (await tellThereIsNone(kind));
        await showFile(file, editor?.viewColumn ?? otherColumn());
        if (command) await vscode.commands.executeCommand(command);
      }),
    ),
  );
}

/** A file of the first corpus: of those that are not learned from, if there are any. */
export function corpusFileToShow({ corpora }: WorkspaceCorpora): vscode.Uri | undefined {
  const files = corpora.at(0)?.files ?? [];
  const file = files.find(({ split }) => split === 'development') ?? files.at(0);
  return file && vscode.Uri.parse(file.file);
}

export async function showFile(file: vscode.Uri, viewColumn: vscode.ViewColumn): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document, { viewColumn, preview: false });
}

/** The walkthrough is to stay in sight. */
function otherColumn(): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  return all.find((group) => group !== activeTabGroup)?.viewColumn ?? vscode.ViewColumn.Beside;
}

async function tellThereIsNone(kind: 'corpus' | 'text'): Promise<void> {
  const openSample = vscode.l10n.t('Open Sample Workspace');
  const message =
    kind === 'corpus'
      ? vscode.l10n.t('There is no corpus in this workspace yet. The sample has one.')
      : vscode.l10n.t('There is no plain text (.txt or .md) in this workspace. The sample has one.');
  const answer = await vscode.window.showInformationMessage(message, openSample);
  if (answer === openSample) await vscode.commands.executeCommand('rnnTagger.openSampleWorkspace');
}
