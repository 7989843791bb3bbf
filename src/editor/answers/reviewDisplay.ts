import * as vscode from 'vscode';
import { shownName } from '../../common/shownText';
import { isReadByLines } from '../../corpus/formats';
import type { AskedTokens } from './askedTokens';
import type { ReviewItem } from './reviewItems';

/** What a review shows: a frame around the words, text behind their line, and an item of the status bar. */
export class ReviewDisplay implements vscode.Disposable {
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
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editor.foreground') },
  });

  constructor() {
    this.status.name = vscode.l10n.t('RNN Tagger: Review');
  }

  dispose(): void {
    vscode.Disposable.from(this.status, this.mark, this.hint).dispose();
  }

  /** Shows an item in one editor, and in no other. */
  showItem(editor: vscode.TextEditor, ranges: readonly vscode.Range[], hint: string, place: string): void {
    this.clear(editor);
    editor.setDecorations(this.mark, ranges);
    const { end } = editor.document.lineAt(ranges[0].start.line).range;
    editor.setDecorations(this.hint, [
      { range: new vscode.Range(end, end), renderOptions: { after: { contentText: hint } } },
    ]);
    this.showPlace(place);
  }

  /** @param place "Review 3 of 12". */
  showPlace(place: string): void {
    this.status.text = `$(checklist) ${place}`;
    this.status.tooltip = vscode.l10n.t(
      'Enter accepts, Backspace keeps, 1 to 9 give a label, U undoes, Escape leaves',
    );
    this.status.command = 'rnnTagger.leaveReview';
    this.status.show();
  }

  showPaused(): void {
    this.status.text = `$(debug-pause) ${vscode.l10n.t('Review paused: click to go on')}`;
    this.status.tooltip = vscode.l10n.t(
      'The cursor has left the word, so keys type as always. A click goes back to the word.',
    );
    this.status.command = 'rnnTagger.continueReview';
    this.status.show();
  }

  showEnd({ answered, kept }: { readonly answered: number; readonly kept: number }, items: number): void {
    this.clear();
    const done = vscode.l10n.t(
      'Review done: {0} answered, {1} kept, of {2}. Escape leaves, U undoes',
      answered,
      kept,
      items,
    );
    this.status.text = `$(check-all) ${done}`;
    this.status.tooltip = vscode.l10n.t('Escape leaves the review, U takes the last answer back');
    this.status.command = 'rnnTagger.leaveReview';
    this.status.show();
  }

  hide(): void {
    this.status.hide();
    this.clear();
  }

  /** Takes marks out of all editors but one. */
  private clear(but?: vscode.TextEditor): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor === but) continue;
      editor.setDecorations(this.mark, []);
      editor.setDecorations(this.hint, []);
    }
  }
}

/** Where the words of an item stand, each by itself. */
export function rangesOf({ part, at }: AskedTokens): vscode.Range[] {
  const { annotated, base, document } = part;
  return Array.from({ length: at.end - at.first }, (_, i) => {
    const [start, end] = [annotated.starts[at.first + i], annotated.ends[at.first + i]];
    return new vscode.Range(document.positionAt(base + start), document.positionAt(base + end));
  });
}

/** The stretch of text that stands for an item: in rows its lines, else its words. */
export function reachOf({ part }: AskedTokens, ranges: readonly vscode.Range[]): vscode.Range {
  const { start } = ranges[0];
  const { end } = ranges[ranges.length - 1];
  if (!isReadByLines(part.annotated.input.layout)) return new vscode.Range(start, end);
  return new vscode.Range(
    part.document.lineAt(start.line).range.start,
    part.document.lineAt(end.line).range.end,
  );
}

/** "text: LOC; model: PER (87 %) | NER | 1: PER · 2: LOC". */
export function hintOf(
  { gold, predicted, confidence }: ReviewItem,
  column: string,
  labels: readonly string[],
): string {
  const said = ({ label, spans }: ReviewItem['gold']): string =>
    label ?? (spans.map(({ type }) => type).join(' + ') || vscode.l10n.t('no span'));
  const keys = labels.map((label, i) => `${i + 1}: ${shownName(label, 12)}`).join(' · ');
  const [own, other] = [shownName(said(gold), 30), shownName(said(predicted), 30)];
  // A language model says none.
  const text =
    confidence === 0
      ? vscode.l10n.t('text: {0}; model: {1}', own, other)
      : vscode.l10n.t('text: {0}; model: {1} ({2} %)', own, other, Math.round(100 * confidence));
  return `${text} | ${shownName(column, 30)} | ${keys}`;
}
