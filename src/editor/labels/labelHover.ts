import * as vscode from 'vscode';
import type { ShownToken } from './editorLabels';
import { hoverText } from './hoverText';

/** The hover of tokens whose labels are shown; nothing elsewhere. */
export class LabelHover implements vscode.HoverProvider {
  constructor(
    private readonly tokenAt: (
      document: vscode.TextDocument,
      position: vscode.Position,
    ) => ShownToken | undefined,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const shown = this.tokenAt(document, position);
    if (!shown) return undefined;
    const { token, model } = shown;
    const text = new vscode.MarkdownString(hoverText(token, model.info, vscode.l10n.t));
    text.isTrusted = false;
    text.supportHtml = false;
    return new vscode.Hover(
      text,
      new vscode.Range(token.line, token.startColumn, token.line, token.endColumn),
    );
  }
}
