import * as vscode from 'vscode';
import { openedDocument } from '../../workspace/openedDocument';
import type { AnswerServices } from './answerPart';
import { applyAnswers } from './applyAnswers';
import type { LastStep } from './reviewSteps';

/** A text, by its document with the words and the one with the labels. */
interface LabelledDocument {
  readonly document: vscode.TextDocument;
  readonly edited: vscode.TextDocument;
}

/**
 * Takes an answer out of a text: by Undo, where the answer is the last that was edited, so that Undo does not take
 * it back once more; else by edits.
 *
 * @param isLast nothing was edited since the answer.
 * @returns false where the text is another by now.
 */
export async function takeBack(
  texts: LabelledDocument,
  { text, before, takeBack: edits }: NonNullable<LastStep['edit']>,
  isLast: boolean,
  services: AnswerServices,
): Promise<boolean> {
  if (texts.edited.getText() !== text) return false;
  if (isLast && (await undone(texts, before, services))) return true;
  const { document } = texts;
  // It may have been closed meanwhile, and is opened again.
  const edited = await openedDocument(texts.edited.uri);
  if (edited?.getText() !== text) return false;
  const versions = [document.version, edited.version] as const;
  return applyAnswers([{ document, edited, versions, edits }], services);
}

/** Whether Undo made the text what it was before. */
async function undone(
  { document, edited }: LabelledDocument,
  before: string,
  { steps }: Pick<AnswerServices, 'steps'>,
): Promise<boolean> {
  const active = vscode.window.activeTextEditor?.document;
  if (active !== document && active !== edited) return false;
  if (active !== edited && !steps.undoesNext(document)) return false;
  const [undo, redo] = active === edited ? ['undo', 'redo'] : ['rnnTagger.undoLabel', 'rnnTagger.redoLabel'];
  const after = edited.getText();
  const now = async (): Promise<string | undefined> => (await openedDocument(edited.uri))?.getText();
  await vscode.commands.executeCommand(undo);
  if ((await now()) === before) return true;
  // The last step was another one.
  if ((await now()) !== after) await vscode.commands.executeCommand(redo);
  return false;
}
