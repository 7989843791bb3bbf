import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import { shownName, withoutLinks } from '../../common/shownText';
import { TaskQueue } from '../../common/taskQueue';
import { sourceOf } from '../../workspace/annotatedTexts';
import { writeAnnotationFile } from '../../workspace/annotationFiles';
import type { AnnotationChange } from '../../workspace/annotationFiles';
import type { TextAnnotations } from '../../workspace/textAnnotations';

const mostSteps = 200;

/** One edit of annotations, of one file or many, made while a text was as it says. */
interface LabelStep {
  readonly text: string;
  readonly then: string;
  readonly changes: readonly AnnotationChange[];
}

/**
 * What was labelled, step by step: Undo and Redo in a text take back and give its labels, too, in the order in
 * which text and labels were edited.
 */
export class LabelSteps implements vscode.Disposable {
  private readonly done: LabelStep[] = [];
  private readonly undone: LabelStep[] = [];
  private readonly disposables: vscode.Disposable[];
  /** One step is written after the other. */
  private readonly queue = new TaskQueue();
  private readonly change = new vscode.EventEmitter<void>();

  /** Fires when labels were given, taken back, or given again. */
  readonly onDidChange = this.change.event;

  constructor(private readonly annotations: TextAnnotations) {
    const update = (): void => this.setContext();
    this.disposables = [
      this.change,
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) update();
      }),
      vscode.commands.registerCommand('rnnTagger.undoLabel', () =>
        this.step(this.done, this.undone, inverse),
      ),
      vscode.commands.registerCommand('rnnTagger.redoLabel', () =>
        this.step(this.undone, this.done, ({ changes }) => changes),
      ),
    ];
  }

  /** Edits annotations as one step of a text. Says why, where that cannot be done. */
  async make(document: vscode.TextDocument, changes: readonly AnnotationChange[]): Promise<boolean> {
    const real = changes.filter(({ before, after }) => before !== after);
    if (real.length === 0) return true;
    const text = document.getText();
    const made = await this.queue.add(async () => {
      const written = await this.write(real);
      if (written.length > 0) this.record(document, written, text);
      return written.length === real.length;
    });
    return made === true;
  }

  /** An edit of annotations that was made. */
  record(
    document: vscode.TextDocument,
    changes: readonly AnnotationChange[],
    then = document.getText(),
  ): void {
    this.done.push({ text: document.uri.toString(), then, changes });
    if (this.done.length > mostSteps) this.done.shift();
    this.undone.length = 0;
    this.setContext();
    this.change.fire();
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async step(
    from: LabelStep[],
    to: LabelStep[],
    changesOf: (step: LabelStep) => readonly AnnotationChange[],
  ): Promise<boolean> {
    const made = await this.queue.add(async () => {
      const document = vscode.window.activeTextEditor?.document;
      const last = from.at(-1);
      if (!document || !last || !isOf(last, document) || !(await this.annotations.settle(document)))
        return false;
      from.pop();
      const written = await this.write(changesOf(last));
      const changes = last.changes.filter(({ uri }) => written.some((own) => own.uri === uri));
      if (changes.length > 0) to.push({ ...last, changes });
      this.change.fire();
      this.setContext();
      return changes.length === last.changes.length;
    });
    return made === true;
  }

  /** Writes each file that still is what it was. */
  private async write(changes: readonly AnnotationChange[]): Promise<AnnotationChange[]> {
    const written: AnnotationChange[] = [];
    const failed: string[] = [];
    for (const change of changes) {
      try {
        if ((await writeAnnotationFile(change)) === 'written') written.push(change);
        else failed.push(vscode.l10n.t('{0} was changed in the meantime', nameOf(change.uri)));
      } catch (error) {
        failed.push(`${nameOf(change.uri)}: ${messageOf(error)}`);
      }
      await this.annotations.renew(sourceOf(change.uri));
    }
    if (failed.length > 0) {
      const shown = failed.slice(0, 3).join('; ') + (failed.length > 3 ? '; …' : '');
      void vscode.window.showWarningMessage(
        withoutLinks(
          vscode.l10n.t('Labels were not written. {0}. Look at these files, and try again.', shown),
        ),
      );
    }
    return written;
  }

  private setContext(): void {
    const document = vscode.window.activeTextEditor?.document;
    const isNext = (steps: readonly LabelStep[]): boolean => {
      const last = steps.at(-1);
      return last !== undefined && document !== undefined && isOf(last, document);
    };
    void vscode.commands.executeCommand('setContext', 'rnnTagger.undoesLabel', isNext(this.done));
    void vscode.commands.executeCommand('setContext', 'rnnTagger.redoesLabel', isNext(this.undone));
  }
}

/** Whether a text is as it was when a step was made in it: then the step is the next to take back. */
function isOf({ text, then }: LabelStep, document: vscode.TextDocument): boolean {
  return document.uri.toString() === text && document.getText() === then;
}

const inverse = ({ changes }: LabelStep): AnnotationChange[] =>
  changes.map(({ uri, before, after }) => ({ uri, before: after, after: before }));

function nameOf({ path }: vscode.Uri): string {
  return shownName(path.slice(path.lastIndexOf('/') + 1));
}
