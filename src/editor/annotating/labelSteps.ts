import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import { shownName, withoutLinks } from '../../common/shownText';
import { TaskQueue } from '../../common/taskQueue';
import { markOf } from '../../common/textMark';
import { UndoSteps } from '../../common/undoSteps';
import { inverseStep, stepBetween } from '../../corpus/formats/annotationSteps';
import type { AnnotationStep } from '../../corpus/formats/annotationSteps';
import { annotationsBeside, sourceOf } from '../../workspace/annotatedTexts';
import type { AnnotationChange } from '../../workspace/annotationFiles';
import { openDocument } from '../../workspace/fileContents';
import type { TextAnnotations } from '../../workspace/textAnnotations';
import { makeFileStep } from './fileSteps';
import type { FileStep } from './fileSteps';

/** A change of annotations, and the text that their places are of. */
export interface LabelChange extends AnnotationChange {
  readonly text: string;
}

/** One edit of annotations, of one file or many. */
interface LabelStep {
  readonly files: readonly FileStep[];
}

type Direction = 'undo' | 'redo';

/** Of all texts together. */
const mostKnown = 5_000;

/**
 * What was labelled, step by step and text by text: Undo and Redo in a text take back and give its labels, too,
 * in the order in which text and labels were edited.
 */
export class LabelSteps implements vscode.Disposable {
  private readonly texts = new Map<string, UndoSteps<LabelStep>>();
  private readonly disposables: vscode.Disposable[];
  /** One step is written after the other. */
  private readonly queue = new TaskQueue();
  private readonly change = new vscode.EventEmitter<void>();
  private readonly context = { undo: false, redo: false };
  /** What was edited, the newest last: it goes along where its file gets another name. */
  private readonly known = new Set<FileStep>();

  /** Fires when labels were given, taken back, or given again. */
  readonly onDidChange = this.change.event;

  constructor(private readonly annotations: TextAnnotations) {
    this.disposables = [
      this.change,
      vscode.window.onDidChangeActiveTextEditor(() => this.setContext()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
        const steps = this.texts.get(document.uri.toString());
        if (!steps || contentChanges.length === 0) return;
        const kind =
          reason === undefined ? 'edit' : reason === vscode.TextDocumentChangeReason.Undo ? 'undo' : 'redo';
        steps.changed(kind, lengthOf(document), () => document.getText());
        this.setContext();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.texts.get(document.uri.toString())?.look(lengthOf(document), () => document.getText());
        this.setContext();
      }),
      vscode.commands.registerCommand('rnnTagger.undoLabel', () => this.step('undo')),
      vscode.commands.registerCommand('rnnTagger.redoLabel', () => this.step('redo')),
    ];
  }

  /** Edits annotations as one step of a text. Says why, where that cannot be done. */
  async make(document: vscode.TextDocument, changes: readonly LabelChange[]): Promise<boolean> {
    const real = changes.filter(({ before, after }) => before !== after);
    if (real.length === 0) return true;
    const files = real.map(({ uri, before, after, text }) => ({
      uri,
      mark: markOf(text),
      step: stepBetween(before, after),
    }));
    const text = document.getText();
    const made = await this.queue.add(async () => {
      const { done, failed, refused } = await this.write(files, ({ step }) => step);
      if (done.length > 0) this.keep(document, { files: done }, text);
      return failed.length + refused.length === 0;
    });
    return made === true;
  }

  /** An edit of annotations that was made. */
  record(document: vscode.TextDocument, changes: readonly AnnotationChange[]): void {
    const files = changes.map(({ uri, before, after }): FileStep => {
      const text = openDocument(sourceOf(uri))?.getText();
      return { uri, mark: text === undefined ? undefined : markOf(text), step: stepBetween(before, after) };
    });
    this.keep(document, { files }, document.getText());
  }

  /** Whether Undo in a text takes back labels next, and not what was edited there. */
  undoesNext(document: vscode.TextDocument): boolean {
    return this.texts.get(document.uri.toString())?.toUndo !== undefined;
  }

  /** A text has another name. */
  renamed(from: vscode.Uri, to: vscode.Uri): void {
    const [before, after] = [annotationsBeside(from), annotationsBeside(to)];
    if (before && after)
      for (const file of this.known) if (file.uri.toString() === before.toString()) file.uri = after;
    const steps = this.texts.get(from.toString());
    if (!steps) return;
    this.texts.delete(from.toString());
    this.texts.set(to.toString(), steps);
    this.setContext();
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private keep(document: vscode.TextDocument, step: LabelStep, text: string): void {
    const key = document.uri.toString();
    const steps = this.texts.get(key) ?? new UndoSteps<LabelStep>();
    this.texts.set(key, steps);
    steps.record(step, text, document.getText());
    for (const file of step.files) this.known.add(file);
    for (const oldest of this.known) {
      if (this.known.size <= mostKnown) break;
      this.known.delete(oldest);
    }
    this.setContext();
    this.change.fire();
  }

  /**
   * Undoes or redoes what comes next in the active text: labels, or else what the editor has next. Keys that
   * follow each other quickly each find what the one before left.
   */
  private async step(direction: Direction): Promise<boolean> {
    const document = vscode.window.activeTextEditor?.document;
    const made = await this.queue.add(async () => {
      if (!document || vscode.window.activeTextEditor?.document !== document) return false;
      const steps = this.texts.get(document.uri.toString());
      const next = direction === 'undo' ? steps?.toUndo : steps?.toRedo;
      if (!steps || !next) {
        await vscode.commands.executeCommand(direction);
        return true;
      }
      const stepOf = ({ step }: FileStep): AnnotationStep =>
        direction === 'undo' ? inverseStep(step) : step;
      const { done, failed, refused } = await this.write(next.files, stepOf);
      // What could not be written may be tried again; what is not there any more is not.
      const [made, left] = [done, failed].map((files) => (files.length > 0 ? { files } : undefined));
      if (direction === 'undo') steps.undid(made, left);
      else steps.redid(made, left);
      if (done.length > 0) this.change.fire();
      this.setContext();
      return failed.length + refused.length === 0;
    });
    return made === true;
  }

  /** Makes a step of each file whose text is what it was; says which could not be made, and why. */
  private async write(
    files: readonly FileStep[],
    stepOf: (file: FileStep) => AnnotationStep,
  ): Promise<{ done: FileStep[]; failed: FileStep[]; refused: FileStep[] }> {
    const result = { done: [] as FileStep[], failed: [] as FileStep[], refused: [] as FileStep[] };
    const reasons: string[] = [];
    for (const file of files) {
      try {
        const refusal = await makeFileStep(file, stepOf(file), this.annotations);
        (refusal === undefined ? result.done : result.refused).push(file);
        if (refusal !== undefined) reasons.push(refusal);
      } catch (error) {
        result.failed.push(file);
        reasons.push(`${nameOf(file.uri)}: ${shownName(messageOf(error))}`);
      }
    }
    if (reasons.length > 0) {
      const shown = reasons.slice(0, 3).join(' ') + (reasons.length > 3 ? ' …' : '');
      void vscode.window.showWarningMessage(
        withoutLinks(
          result.failed.length > 0
            ? vscode.l10n.t('Labels were not written. Look at these files, and try again. {0}', shown)
            : vscode.l10n.t('Labels of these files stay as they are. {0}', shown),
        ),
      );
    }
    return result;
  }

  /** The keys of Undo and Redo come here where the active text has steps. */
  private setContext(): void {
    const document = vscode.window.activeTextEditor?.document;
    const steps = document && this.texts.get(document.uri.toString());
    this.set('undo', 'rnnTagger.undoesLabel', steps?.hasDone === true);
    this.set('redo', 'rnnTagger.redoesLabel', steps?.hasUndone === true);
  }

  private set(which: Direction, key: string, value: boolean): void {
    if (this.context[which] === value) return;
    this.context[which] = value;
    void vscode.commands.executeCommand('setContext', key, value);
  }
}

/** In UTF-16 units, without making the text of its lines. */
function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

function nameOf({ path }: vscode.Uri): string {
  return shownName(path.slice(path.lastIndexOf('/') + 1));
}
