import * as vscode from 'vscode';
import { drawingOf, nextStyle, readStyle } from './labelStyle';
import type { LabelDrawing, LabelStyle } from './labelStyle';

/** What the settings say of how the labels of a document are drawn. */
export function drawingFor(document: vscode.TextDocument): LabelDrawing {
  const settings = vscode.workspace.getConfiguration('rnnTagger.labels', document);
  const wrap = vscode.workspace.getConfiguration('editor', document).get<string>('wordWrap', 'off');
  return drawingOf(
    readStyle(settings.get('style')),
    wrap !== 'off',
    settings.get<unknown>('punctuation') === true,
  );
}

/** Steps to the next style, where the style is set now, else for the user. */
export async function stepStyle(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const settings = vscode.workspace.getConfiguration('rnnTagger.labels', document);
  const style = nextStyle(readStyle(settings.get('style')));
  const set = settings.inspect('style');
  // In Restricted Mode the settings of a workspace are not taken.
  const isOfWorkspace = vscode.workspace.isTrusted;
  const target = !isOfWorkspace
    ? vscode.ConfigurationTarget.Global
    : set?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : set?.workspaceValue !== undefined
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  await settings.update('style', style, target);
  vscode.window.setStatusBarMessage(`$(tag) ${nameOf(style)}`, 5_000);
}

function nameOf(style: LabelStyle): string {
  switch (style) {
    case 'automatic':
      return vscode.l10n.t('Labels: where they differ or are doubtful in corpora, all in text');
    case 'labels':
      return vscode.l10n.t('Labels: all of them, written out');
    case 'underlines':
      return vscode.l10n.t('Labels: underlines that take no width');
    case 'doubtful':
      return vscode.l10n.t('Labels: only where they differ or are doubtful');
  }
}
