import * as vscode from 'vscode';
import { applyEdits, editsBetween } from '../../corpus/textEdits';
import type { TextEdit } from '../../corpus/textEdits';

/** What was done to an item; of answers what takes them out of the text that they made. */
interface Step {
  readonly index: number;
  readonly takeBack?: readonly TextEdit[];
}

/** What was done in a review, to be undone from the last step on. */
export class ReviewSteps {
  private readonly steps: Step[] = [];
  /** The document with the labels, as the last answer, or its undoing, left it. */
  private left: Left | undefined;

  /** How many items were answered, and how many left as they are. */
  get counts(): { readonly answered: number; readonly kept: number } {
    const answered = this.steps.filter(({ takeBack }) => takeBack).length;
    return { answered, kept: this.steps.length - answered };
  }

  keep(index: number): void {
    this.steps.push({ index });
  }

  /** @param before the text of the document with the labels before the answer. */
  answer(index: number, document: vscode.TextDocument, before: string): void {
    this.left = leftAs(document);
    this.steps.push({ index, takeBack: editsBetween(this.left.text, before) });
  }

  /**
   * Undoes the last step: an answer by the editor's own undo where that can be, else by edits.
   *
   * @returns the index of its item; `none` where there is no step, `edited` where the text was changed since.
   */
  async undo(): Promise<number | 'none' | 'edited'> {
    const step = this.steps.at(-1);
    if (!step) return 'none';
    // An answer that the text had already took nothing to undo.
    if (step.takeBack && step.takeBack.length > 0) {
      const { left } = this;
      if (!left) return 'edited';
      // A document that no editor shows may have been closed, and is opened again.
      const document = await vscode.workspace.openTextDocument(left.document.uri);
      if (document.getText() !== left.text) return 'edited';
      const isLast = document === left.document && document.version === left.version;
      const before = applyEdits(left.text, step.takeBack);
      if (!(isLast && (await undone(document, before))) && !(await applied(left, step.takeBack, document)))
        return 'edited';
      if (document.getText() !== before) return 'edited';
      this.left = leftAs(document);
    }
    this.steps.pop();
    return step.index;
  }
}

interface Left {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly text: string;
}

const leftAs = (document: vscode.TextDocument): Left => ({
  document,
  version: document.version,
  text: document.getText(),
});

/** Whether the editor's own undo made the text what it was before. */
async function undone(document: vscode.TextDocument, before: string): Promise<boolean> {
  if (vscode.window.activeTextEditor?.document !== document) return false;
  const { version } = document;
  await vscode.commands.executeCommand('undo');
  if (document.getText() === before) return true;
  // The editor's last step was another one.
  if (document.version !== version) await vscode.commands.executeCommand('redo');
  return false;
}

/** Makes edits of a text, where it is still the same. */
async function applied(
  { text: expected }: Left,
  edits: readonly TextEdit[],
  document: vscode.TextDocument,
): Promise<boolean> {
  if (document.getText() !== expected) return false;
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text } of edits)
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  return edits.length === 0 || vscode.workspace.applyEdit(edit);
}
