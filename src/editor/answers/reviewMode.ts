import * as vscode from 'vscode';
import { shownName, withUnseenWritten } from '../../common/shownText';
import { TaskQueue } from '../../common/taskQueue';
import type { LabelDraft, FileTokens, Refusal } from '../../corpus/answers/labelDraft';
import { offerModel } from '../labels/offerModel';
import { wordsOf } from './answerPart';
import type { AnswerPart, AnswerServices } from './answerPart';
import { accept, changedText, giveAnswer, refuse } from './giveAnswer';
import { labelsOnOffer } from './labelPick';
import { findItem, follow, reviewItems } from './reviewItems';
import type { ReviewItem } from './reviewItems';
import { ReviewSteps } from './reviewSteps';

interface Session {
  readonly document: vscode.TextDocument;
  readonly items: readonly ReviewItem[];
  readonly steps: ReviewSteps;
  /** Of the item whose turn it is; behind the last one, all are done. */
  index: number;
  /** Those that 1 to 9 give: the keys keep their labels to the end. */
  labels: readonly string[];
}

/**
 * Goes through the disagreements of one file by keys, which `rnnTagger.reviewing` switches on while its editor
 * is active, to its end and until it is left: a key too many types nothing into the file. Answers leave the file unsaved, as typing does: VS Code saves it by `files.autoSave`, and keeps
 * what is unsaved over a crash.
 */
export class ReviewMode implements vscode.Disposable {
  private session: Session | undefined;
  private readonly keys = new TaskQueue();
  private readonly status = vscode.window.createStatusBarItem(
    'rnnTagger.review',
    vscode.StatusBarAlignment.Left,
    1,
  );
  private readonly mark = vscode.window.createTextEditorDecorationType({
    border: '1px solid',
    borderColor: new vscode.ThemeColor('focusBorder'),
  });
  private readonly hint = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editorCodeLens.foreground') },
  });
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly services: AnswerServices) {
    this.status.name = vscode.l10n.t('RNN Tagger: Review');
    this.status.command = 'rnnTagger.leaveReview';
    const register = (name: string, run: (given: unknown) => void | Promise<void>): vscode.Disposable =>
      vscode.commands.registerCommand(`rnnTagger.${name}`, (given?: unknown) =>
        this.keys.add(() => run(given)),
      );
    this.disposables = [
      this.status,
      this.mark,
      this.hint,
      register('startReview', () => this.start()),
      register('reviewAccept', () => this.answer((draft, at, item) => accept(draft, at, item))),
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
      vscode.window.onDidChangeActiveTextEditor(() => this.setContext()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async start(): Promise<void> {
    const active = vscode.window.activeTextEditor?.document;
    const document = active && (await wordsOf(active));
    if (!document || !this.services.corpora.corpusOf(document.uri))
      return void refuse(vscode.l10n.t('Open a file of a corpus to review its labels.'));
    if (!this.services.models.modelFor(document)) return void offerModel();
    this.leave();
    const items = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Looking for disagreements'),
        cancellable: true,
      },
      async (_, cancelled) =>
        (await reviewItems(document, this.services, cancelled)) ??
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
    this.session = { document, items, steps: new ReviewSteps(), index: 0, labels: [] };
    await this.show();
  }

  private leave(): void {
    this.session = undefined;
    // First, so that keys have their own meaning by the time that the status bar says so.
    this.setContext();
    this.status.hide();
    for (const editor of vscode.window.visibleTextEditors) this.clear(editor);
  }

  private setContext(): void {
    const reviewed = this.session?.document;
    const isOn = reviewed !== undefined && vscode.window.activeTextEditor?.document === reviewed;
    void vscode.commands.executeCommand('setContext', 'rnnTagger.reviewing', isOn);
  }

  /** Shows the item whose turn it is; those whose text was changed by other means are passed over. */
  private async show(): Promise<void> {
    const { session } = this;
    if (!session) return;
    let found = await this.current();
    while (!found && session.index < session.items.length) {
      session.index++;
      found = await this.current();
    }
    if (this.session !== session) return;
    if (!found) return this.showEnd(session);
    const { part, at } = found;
    const { annotated, base, document } = part;
    session.labels = [...new Set([...session.labels, ...labelsOnOffer(part)])].slice(0, 9);
    const editor = await editorOf(document);
    if (this.session !== session) return;
    const ranges = Array.from({ length: at.end - at.first }, (_, i) => {
      const [start, end] = [annotated.starts[at.first + i], annotated.ends[at.first + i]];
      return new vscode.Range(document.positionAt(base + start), document.positionAt(base + end));
    });
    editor.selection = new vscode.Selection(ranges[0].start, ranges[0].start);
    editor.revealRange(ranges[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    editor.setDecorations(this.mark, ranges);
    const text = this.describe(session, part);
    const end = document.lineAt(ranges[0].start.line).range.end;
    editor.setDecorations(this.hint, [
      { range: new vscode.Range(end, end), renderOptions: { after: { contentText: text } } },
    ]);
    const place = vscode.l10n.t('Review {0} of {1}', session.index + 1, session.items.length);
    this.status.text = `$(checklist) ${place}`;
    this.status.tooltip = vscode.l10n.t(
      'Enter accepts, Backspace keeps, 1 to 9 give a label, U undoes, Escape leaves',
    );
    this.setContext();
    this.status.show();
  }

  private describe(session: Session, { column }: AnswerPart): string {
    const { gold, predicted, confidence } = session.items[session.index];
    const said = ({ label, spans }: ReviewItem['gold']): string =>
      label ?? (spans.map(({ type }) => type).join(' + ') || vscode.l10n.t('no span'));
    const short = (text: string): string => withUnseenWritten(shownName(text, 30));
    const keys = session.labels
      .map((label, i) => `${i + 1}: ${withUnseenWritten(shownName(label, 12))}`)
      .join(' · ');
    const text = vscode.l10n.t(
      'text: {0}; model: {1} ({2} %)',
      short(said(gold)),
      short(said(predicted)),
      Math.round(100 * confidence),
    );
    return `${text} | ${column.name} | ${keys}`;
  }

  private async current(): Promise<Awaited<ReturnType<typeof findItem>>> {
    const { session } = this;
    const item = session?.items.at(session.index);
    return session && item && session.index < session.items.length
      ? findItem(session.document, item, this.services)
      : undefined;
  }

  private async answer(
    give: (draft: LabelDraft, at: FileTokens, item: ReviewItem) => Refusal | undefined,
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
    const item = session.items[session.index];
    const { edited } = found.part;
    const before = edited.getText();
    // Keys behind it were meant for the next item.
    if (!(await giveAnswer(found.part, (draft) => give(draft, found.at, item)))) return this.keys.clear();
    session.steps.answer(session.index, edited, before);
    session.index++;
    await this.show();
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

  private showEnd({ steps, items, document }: Session): void {
    for (const editor of vscode.window.visibleTextEditors.filter((own) => own.document === document))
      this.clear(editor);
    const { answered, kept } = steps.counts;
    const done = vscode.l10n.t(
      'Review done: {0} answered, {1} kept, of {2}. Escape leaves, U undoes',
      answered,
      kept,
      items.length,
    );
    this.status.text = `$(check-all) ${done}`;
    this.status.tooltip = vscode.l10n.t('Escape leaves the review, U takes the last answer back');
    this.setContext();
    this.status.show();
  }

  private clear(editor: vscode.TextEditor): void {
    editor.setDecorations(this.mark, []);
    editor.setDecorations(this.hint, []);
  }
}

/** The editor of a document: the active one where it is its, else where it is shown, else in the active group. */
async function editorOf(document: vscode.TextDocument): Promise<vscode.TextEditor> {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor?.document === document) return activeTextEditor;
  const shown = visibleTextEditors.find((editor) => editor.document === document);
  return vscode.window.showTextDocument(document, shown?.viewColumn);
}
