/** What all ways of answering end in: edits of texts or of their annotations, each of them a step to undo. */
import * as vscode from 'vscode';
import { groupedBy } from '../../common/groupedBy';
import type { TextEdit } from '../../corpus/textEdits';
import { openedDocument } from '../../workspace/openedDocument';
import type { LabelSteps } from '../annotating/labelSteps';

/** A text, as it was when answers to it were made. */
export interface AnsweredText {
  /** The document with the words. */
  readonly document: vscode.TextDocument;
  /** The one with the labels: the same, but in brat. */
  readonly edited: vscode.TextDocument;
  readonly versions: readonly [words: number, labels: number];
}

/** Edits of the document with the labels. */
export interface AnswerEdits extends AnsweredText {
  readonly edits: readonly TextEdit[];
}

export interface ApplyOptions {
  /** Shows them in a preview first, in which each of them is ticked. */
  readonly preview?: vscode.WorkspaceEditEntryMetadata;
}

/** A document that was closed meanwhile may have been changed on the disk, and keeps its version. */
export function isCurrent({ document, edited, versions }: AnsweredText): boolean {
  const isOpen = !document.isClosed && !edited.isClosed;
  return isOpen && document.version === versions[0] && edited.version === versions[1];
}

/**
 * Edits all texts at once, where all are as they were when the answers were made: one step of the editor's undo
 * for each. Where labels stand in a file of their own, Undo in their text takes them back, too.
 *
 * @returns false where a text is another by now, or nobody ticked anything: nothing was edited.
 */
export async function applyAnswers(
  answers: readonly AnswerEdits[],
  { steps }: { readonly steps: Pick<LabelSteps, 'record'> },
  { preview }: ApplyOptions = {},
): Promise<boolean> {
  if (!answers.every(isCurrent)) return false;
  const edit = new vscode.WorkspaceEdit();
  for (const { edited, edits } of answers)
    for (const { start, end, text } of edits) {
      const range = new vscode.Range(edited.positionAt(start), edited.positionAt(end));
      edit.replace(edited.uri, range, text, preview);
    }
  if (edit.size === 0) return true;
  const apart = groupedBy(
    answers.filter(({ document, edited, edits }) => document !== edited && edits.length > 0),
    ({ document }) => document,
  );
  const before = new Map(
    [...apart].map(([document, [{ edited }]]) => [document, { edited, text: edited.getText() }]),
  );
  // VS Code refuses it as well where a text changes until it is there.
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: preview !== undefined }))) return false;
  for (const [document, { edited, text }] of before) {
    // It may have been closed while a preview was looked at.
    const after = (await openedDocument(edited.uri))?.getText();
    if (after !== undefined && after !== text)
      steps.record(document, [{ uri: edited.uri, before: text, after }]);
  }
  return true;
}
