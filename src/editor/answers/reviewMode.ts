import * as vscode from 'vscode';
import { TaskQueue } from '../../common/taskQueue';
import type { LabelDraft, FileTokens, Refusal } from '../../corpus/answers/labelDraft';
import { openedDocument } from '../../workspace/openedDocument';
import { offerModel } from '../labels/offerModel';
import { wordsOf } from './answerPart';
import type { AnswerServices } from './answerPart';
import type { AskedTokens } from './askedTokens';
import {
  accept,
  changedText,
  giveAnswer,
  refuse,
  savedFirst,
  unknownLabel,
  unknownText,
  unsavedText,
} from './giveAnswer';
import { labelsOnOffer } from './labelsOnOffer';
import { hintOf, rangesOf, reachOf, ReviewDisplay } from './reviewDisplay';
import { findItem, follow, reviewItems } from './reviewItems';
import type { ReviewItem } from './reviewItems';
import { ReviewSteps } from './reviewSteps';
import type { LastStep } from './reviewSteps';
import { takeBack } from './takeBack';

interface Session {
  /** The one with the item whose turn it is. */
  document: vscode.TextDocument;
  /** Versions of the documents with the labels, which in brat are other ones, as the last answer, or its undoing, left them. */
  readonly versions: Map<string, number | undefined>;
  /** The label column that is reviewed, whatever model labels meanwhile. */
  readonly column: string;
  readonly items: readonly ReviewItem[];
  readonly steps: ReviewSteps;
  /** Of the item whose turn it is; behind the last one, all are done. */
  index: number;
  /** Those that 1 to 9 give: the keys keep their labels to the end. */
  keys: readonly string[];
  /** Where the item is shown; undefined at the end. Elsewhere keys have their own meaning. */
  reach?: vscode.Range;
  readonly told: ReviewListener;
}

/** Hears of decisions that no text shows. */
export interface ReviewListener {
  /** The text's label stays; or, after an undo, that is open again. */
  kept?(index: number, isKept: boolean): void;
}

/**
 * Goes through disagreements, of one file or of several, by keys, which `rnnTagger.reviewing` switches on while its
 * editor is active and the cursor is on the word whose turn it is, to its end and until it is left: a key too many types
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
        this.keys.add(async () => {
          await this.followTexts();
          await run(given);
        }),
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
        const { session } = this;
        const file = event.document.uri.toString();
        follow(session?.items.filter((item) => item.file === file) ?? [], event);
        if (session?.versions.has(file)) void this.keys.add(() => this.followTexts());
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
    await this.begin(document, column, items);
  }

  /**
   * Goes through places of any files, in their order. A review that goes on is left.
   *
   * @param column the label column that is reviewed.
   * @returns whether the first of them could be opened.
   */
  async review(items: readonly ReviewItem[], column: string, told: ReviewListener = {}): Promise<boolean> {
    const hasBegun = await this.keys.add(async () => {
      for (const { file } of items) {
        const document = await openedDocument(vscode.Uri.parse(file));
        if (!document) continue;
        this.leave();
        await this.begin(document, column, items, told);
        return true;
      }
      return false;
    });
    return hasBegun === true;
  }

  private async begin(
    document: vscode.TextDocument,
    column: string,
    items: readonly ReviewItem[],
    told: ReviewListener = {},
  ): Promise<void> {
    const [steps, versions] = [new ReviewSteps(), new Map<string, number>()];
    this.session = { document, versions, column, items, steps, index: 0, keys: [], told };
    await this.show();
    if (this.session?.items !== items) return;
    // From wherever it was begun, its keys are for the editor.
    const { viewColumn } = await editorOf(this.session.document);
    await vscode.window.showTextDocument(this.session.document, viewColumn);
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
    const isOfOneFile = session.items.every(({ file }) => file === session.items[0].file);
    if (isOfOneFile && !this.hasColumn(session)) return this.leaveWithout(session.column);
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
    session.document = document;
    session.keys = [...new Set([...session.keys, ...labelsOnOffer(found.part)])].slice(0, 9);
    const editor = await editorOf(document);
    if (this.session !== session) return;
    const ranges = rangesOf(found);
    session.reach = reachOf(found, ranges);
    editor.selection = new vscode.Selection(ranges[0].start, ranges[0].start);
    editor.revealRange(ranges[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    const hint = hintOf(session.items[session.index], session.column, session.keys);
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
    if (!session || !item) return undefined;
    const { document } = session;
    const isHere = !document.isClosed && document.uri.toString() === item.file;
    const own = isHere ? document : await openedDocument(vscode.Uri.parse(item.file));
    return own && findItem(own, item, this.services, session.column);
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
    const part = isGood(found) ? await savedFirst(found.part, this.services) : undefined;
    const before = part?.edited.getText() ?? '';
    // Keys behind it were meant for the next item.
    if (!part || !(await giveAnswer(part, (draft) => give(draft, found.at), this.services)))
      return this.keys.clear();
    const { edited } = part;
    const words = edited === part.document ? undefined : part.input.text;
    session.steps.answer(session.index, edited.uri.toString(), before, edited.getText(), words);
    session.versions.set(edited.uri.toString(), edited.version);
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
    const label = typeof number === 'number' ? this.session?.keys.at(number - 1) : undefined;
    if (label !== undefined) await this.answer((draft, at) => draft.label(at, label));
  }

  private async keep(): Promise<void> {
    const { session } = this;
    if (!session) return;
    if (session.index >= session.items.length) return this.show();
    session.steps.keep(session.index);
    session.told.kept?.(session.index, true);
    session.index++;
    await this.show();
  }

  /** Back to the last item, and its answer out of the text. */
  private async undo(): Promise<void> {
    const { session } = this;
    if (!session) return;
    const { items, steps, versions } = session;
    if (!(await this.settleLast(session))) return this.keys.clear();
    const { last } = steps;
    if (last === 'none') return;
    const file = last === 'edited' ? undefined : last.edit?.file;
    const edited = file === undefined ? undefined : await openedDocument(vscode.Uri.parse(file));
    const isDone =
      last !== 'edited' && (!last.edit || (await this.takenBack(items[last.index], last.edit, edited)));
    if (last === 'edited' || !isDone) {
      this.keys.clear();
      return void refuse(
        vscode.l10n.t('The file was edited since: undo that first, with the editor’s own Undo in it.'),
      );
    }
    steps.takenBack();
    if (file !== undefined) versions.set(file, (await openedDocument(vscode.Uri.parse(file)))?.version);
    if (!last.edit) session.told.kept?.(last.index, false);
    session.index = last.index;
    await this.show();
  }

  /** A text of annotations that was edited since the last answer is saved, as before an answer: they follow it. */
  private async settleLast({ steps, items }: Session): Promise<boolean> {
    const { last } = steps;
    if (typeof last === 'string' || !last.edit) return true;
    const { file } = last.edit;
    const document = await openedDocument(vscode.Uri.parse(items[last.index].file));
    if (!document || document.uri.toString() === file) return true;
    if (!(await this.services.annotations.settle(document))) return refuse(unsavedText(document));
    const edited = await openedDocument(vscode.Uri.parse(file));
    if (edited) steps.move(file, edited.getText(), document.getText());
    return true;
  }

  /** @param edited the document with the labels, which may be gone. */
  private async takenBack(
    item: ReviewItem,
    edit: NonNullable<LastStep['edit']>,
    edited: vscode.TextDocument | undefined,
  ): Promise<boolean> {
    const document = await openedDocument(vscode.Uri.parse(item.file));
    if (!document || !edited) return false;
    const isLast = edited.version === this.session?.versions.get(edit.file);
    return takeBack({ document, edited }, edit, isLast, this.services);
  }

  /** Undo and Redo of the editor take answers back, and give them again: the review goes along. */
  private async followTexts(): Promise<void> {
    const { session } = this;
    if (!session) return;
    for (const file of session.versions.keys()) {
      const edited = await openedDocument(vscode.Uri.parse(file));
      const index = edited && session.steps.follow(file, edited.getText());
      if (index === undefined) continue;
      session.versions.set(file, edited?.version);
      session.index = index;
      await this.show();
    }
  }
}

const placeOf = ({ index, items }: Session): string =>
  vscode.l10n.t('Review {0} of {1}', index + 1, items.length);

/** The editor of a document: the active one where it is its, else where it is shown, else beside what is no text. */
async function editorOf(document: vscode.TextDocument): Promise<vscode.TextEditor> {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor?.document === document) return activeTextEditor;
  const shown = visibleTextEditors.find((editor) => editor.document === document);
  const other = activeTextEditor ?? visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined);
  const column = shown?.viewColumn ?? other?.viewColumn ?? vscode.ViewColumn.One;
  return vscode.window.showTextDocument(document, column);
}
