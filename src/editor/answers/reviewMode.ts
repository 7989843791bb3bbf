import * as vscode from 'vscode';
import { TaskQueue } from '../../common/taskQueue';
import type { LabelDraft, FileTokens, Refusal } from '../../corpus/answers/labelDraft';
import { offerModel } from '../labels/offerModel';
import { wordsOf } from './answerPart';
import type { AnswerServices } from './answerPart';
import type { AskedTokens } from './askedTokens';
import { accept, changedText, giveAnswer, refuse, unknownLabel, unknownText } from './giveAnswer';
import { labelsOnOffer } from './labelPick';
import { hintOf, rangesOf, reachOf, ReviewDisplay } from './reviewDisplay';
import { findItem, follow, reviewItems } from './reviewItems';
import type { ReviewItem } from './reviewItems';
import { ReviewSteps } from './reviewSteps';

interface Session {
  readonly document: vscode.TextDocument;
  /** The label column that is reviewed, whatever model labels meanwhile. */
  readonly column: string;
  readonly items: readonly ReviewItem[];
  readonly steps: ReviewSteps;
  /** Of the item whose turn it is; behind the last one, all are done. */
  index: number;
  /** Those that 1 to 9 give: the keys keep their labels to the end. */
  labels: readonly string[];
  /** Where the item is shown; undefined at the end. Elsewhere keys have their own meaning. */
  reach?: vscode.Range;
}

/**
 * Goes through the disagreements of one file by keys, which `rnnTagger.reviewing` switches on while its editor is
 * active and the cursor is on the word whose turn it is, to its end and until it is left: a key too many types
 * nothing into the file. Answers leave the file unsaved, as typing does: VS Code saves it by `files.autoSave`, and
 * keeps what is unsaved over a crash.
 */
export class ReviewMode implements vscode.Disposable {
  private session: Session | undefined;
  private readonly keys = new TaskQueue();
  private readonly display = new ReviewDisplay();
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly services: AnswerServices) {
    const register = (name: string, run: (given: unknown) => void | Promise<void>): vscode.Disposable =>
      vscode.commands.registerCommand(`rnnTagger.${name}`, (given?: unknown) =>
        this.keys.add(() => run(given)),
      );
    this.disposables = [
      this.display,
      register('startReview', () => this.start()),
      register('continueReview', () => this.goBack()),
      register('reviewAccept', () => this.acceptItem()),
      register('reviewKeep', () => this.keep()),
      register('reviewGive', (number) => this.give(number)),
      register('reviewUndo', () => this.undo()),
      register('leaveReview', () => this.leave()),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (this.session && event.document === this.session.document) follow(this.session.items, event);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document !== this.session?.document) return;
        this.leave();
        refuse(
          vscode.l10n.t('The file was closed, so its review has ended. Answers given so far are in it.'),
        );
      }),
      // What was drawn goes with an editor that is hidden or left for another of the same file.
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.setContext();
        if (this.session && editor?.document === this.session.document) void this.keys.add(() => this.show());
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        // Edits move the cursor without a kind: it is not somebody who leaves the word.
        if (kind === undefined || textEditor !== vscode.window.activeTextEditor) return;
        if (textEditor.document === this.session?.document) this.setContext();
      }),
    ];
    // A window keeps the key of an extension host that crashed.
    this.setContext();
  }

  dispose(): void {
    this.session = undefined;
    this.setContext();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async start(): Promise<void> {
    const active = vscode.window.activeTextEditor?.document;
    const document = active && (await wordsOf(active));
    const corpus = document && this.services.corpora.corpusOf(document.uri);
    if (!document || !corpus)
      return void refuse(vscode.l10n.t('Open a file of a corpus to review its labels.'));
    const model = this.services.models.modelFor(document);
    if (!model) return void offerModel();
    this.leave();
    const { column } = model.info;
    const items = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Looking for disagreements'),
        cancellable: true,
      },
      async (_, cancelled) =>
        (await reviewItems(document, column, this.services, cancelled)) ??
        (cancelled.isCancellationRequested ? 'cancelled' : undefined),
    );
    if (items === 'cancelled') return;
    if (!items)
      return void refuse(
        vscode.l10n.t(
          'The file could not be looked through: it changed, or the model has not learned its labels. Try again, or choose a model of this corpus.',
        ),
      );
    if (items.length === 0)
      return void vscode.window.showInformationMessage(
        vscode.l10n.t('Text and model agree: nothing to review.'),
      );
    this.session = { document, column, items, steps: new ReviewSteps(), index: 0, labels: [] };
    await this.show();
  }

  private leave(): void {
    this.session = undefined;
    // First, so that keys have their own meaning by the time that the status bar says so.
    this.setContext();
    this.display.hide();
  }

  /** Whether keys are those of the review: the cursor is on the item, or there is none left. */
  private setContext(): void {
    const { session } = this;
    const editor = vscode.window.activeTextEditor;
    const isHere = session !== undefined && editor?.document === session.document;
    const isOn = isHere && (session.reach?.contains(editor.selection.active) ?? true);
    void vscode.commands.executeCommand('setContext', 'rnnTagger.reviewing', isOn);
    void vscode.commands.executeCommand('setContext', 'rnnTagger.inReview', session !== undefined);
    if (!isHere || !session.reach) return;
    if (isOn) this.display.showPlace(placeOf(session));
    else this.display.showPaused();
  }

  /** Shows the item whose turn it is; those whose text was changed by other means are passed over. */
  private async show(): Promise<void> {
    const { session } = this;
    if (!session) return;
    if (!this.hasColumn(session)) return this.leaveWithout(session.column);
    let found = await this.current();
    while (!found && session.index < session.items.length) {
      session.index++;
      found = await this.current();
    }
    if (this.session !== session) return;
    if (!found) {
      session.reach = undefined;
      this.setContext();
      return this.display.showEnd(session.steps.counts, session.items.length);
    }
    const { document } = found.part;
    session.labels = [...new Set([...session.labels, ...labelsOnOffer(found.part)])].slice(0, 9);
    const editor = await editorOf(document);
    if (this.session !== session) return;
    const ranges = rangesOf(found);
    session.reach = reachOf(found, ranges);
    editor.selection = new vscode.Selection(ranges[0].start, ranges[0].start);
    editor.revealRange(ranges[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    const hint = hintOf(session.items[session.index], session.column, session.labels);
    this.display.showItem(editor, ranges, hint, placeOf(session));
    this.setContext();
  }

  /** Back to the item, with the keyboard in its editor. */
  private async goBack(): Promise<void> {
    const { session } = this;
    if (!session) return;
    const { document, viewColumn } = await editorOf(session.document);
    await vscode.window.showTextDocument(document, viewColumn);
    await this.show();
  }

  private hasColumn({ document, column }: Session): boolean {
    const columns = this.services.corpora.corpusOf(document.uri)?.columns ?? [];
    return columns.some(({ name }) => name === column);
  }

  private leaveWithout(column: string): void {
    this.leave();
    refuse(
      vscode.l10n.t(
        'The file has no column {0} any more, so its review has ended. Answers given so far are in it.',
        column,
      ),
    );
  }

  private async current(): Promise<AskedTokens | undefined> {
    const { session } = this;
    const item = session?.items.at(session.index);
    return session && item && session.index < session.items.length
      ? findItem(session.document, item, this.services, session.column)
      : undefined;
  }

  private async answer(
    give: (draft: LabelDraft, at: FileTokens) => Refusal | undefined,
    isGood: (found: AskedTokens) => boolean = () => true,
  ): Promise<void> {
    const { session } = this;
    if (!session) return;
    const found = await this.current();
    if (!found) {
      if (session.index < session.items.length) {
        this.keys.clear();
        refuse(changedText());
      }
      return this.show();
    }
    const { edited } = found.part;
    const before = edited.getText();
    // Keys behind it were meant for the next item.
    if (!isGood(found) || !(await giveAnswer(found.part, (draft) => give(draft, found.at))))
      return this.keys.clear();
    session.steps.answer(session.index, edited, before);
    session.index++;
    await this.show();
  }

  private async acceptItem(): Promise<void> {
    const { session } = this;
    const item = session?.items.at(session.index);
    if (!session || !item) return this.show();
    await this.answer(
      (draft, at) => accept(draft, at, item),
      ({ part }) => {
        const unknown = unknownLabel(part, item);
        return unknown === undefined || refuse(unknownText(unknown));
      },
    );
  }

  private async give(number: unknown): Promise<void> {
    const label = typeof number === 'number' ? this.session?.labels.at(number - 1) : undefined;
    if (label !== undefined) await this.answer((draft, at) => draft.label(at, label));
  }

  private async keep(): Promise<void> {
    const { session } = this;
    if (!session) return;
    if (session.index >= session.items.length) return this.show();
    session.steps.keep(session.index);
    session.index++;
    await this.show();
  }

  /** Back to the last item, and its answer out of the text. */
  private async undo(): Promise<void> {
    const { session } = this;
    if (!session) return;
    const undone = await session.steps.undo();
    if (undone === 'none') return;
    if (undone === 'edited') {
      this.keys.clear();
      return void refuse(
        vscode.l10n.t('The file was edited since: undo that first, with the editor’s own Undo in it.'),
      );
    }
    session.index = undone;
    await this.show();
  }
}

const placeOf = ({ index, items }: Session): string =>
  vscode.l10n.t('Review {0} of {1}', index + 1, items.length);

/** The editor of a document: the active one where it is its, else where it is shown, else in the active group. */
async function editorOf(document: vscode.TextDocument): Promise<vscode.TextEditor> {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor?.document === document) return activeTextEditor;
  const shown = visibleTextEditors.find((editor) => editor.document === document);
  return vscode.window.showTextDocument(document, shown?.viewColumn);
}
