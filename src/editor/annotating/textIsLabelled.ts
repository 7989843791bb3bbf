import * as vscode from 'vscode';
import { annotationsBeside } from '../../workspace/annotatedTexts';
import type { TextsInProgress } from '../../workspace/textsInProgress';
import { withoutIcons } from '../translate';
import { nameOf, tell } from './labelMessages';

/** The active text counts as labelled to its end from now on, or not any more. */
export function textIsLabelled(progress: TextsInProgress): void {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (!uri || !annotationsBeside(uri)) {
    tell(vscode.l10n.t('Open the text that is labelled to its end.'));
    return;
  }
  const isDone = progress.has(uri);
  progress.set(uri, !isDone);
  const message = isDone
    ? vscode.l10n.t('{0} is labelled to its end: all of its sentences are learned from.', nameOf(uri))
    : vscode.l10n.t('{0} is not labelled to its end: only what is labelled is learned from.', nameOf(uri));
  void vscode.window.setStatusBarMessage(`$(tag) ${withoutIcons(message)}`, 8_000);
}
