import * as vscode from 'vscode';
import type { CorpusField } from '../../corpus/fieldAt';
import type { ShownToken } from './editorLabels';
import { fieldText } from './fieldText';
import type { ColumnsInfo } from './fieldText';
import { hoverText } from './hoverText';

/** A field of a corpus with what is known of its column. */
export interface ShownField {
  readonly field: CorpusField;
  readonly columns: ColumnsInfo;
}

/** What is known of a place of a document. */
export interface HoverSource {
  tokenAt(document: vscode.TextDocument, position: vscode.Position): ShownToken | undefined;
  fieldAt(document: vscode.TextDocument, position: vscode.Position): ShownField | undefined;
}

/** One hover for what stands in a field of a corpus and for the label that is shown for its token. */
export class LabelHover implements vscode.HoverProvider {
  constructor(private readonly source: HoverSource) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const shown = this.source.tokenAt(document, position);
    const inField = this.source.fieldAt(document, position);
    const parts = [
      ...(inField ? [fieldText(inField.field, inField.columns, vscode.l10n.t)] : []),
      ...(shown ? [hoverText(shown.token, shown.model.info, vscode.l10n.t)] : []),
    ];
    if (parts.length === 0) return undefined;
    const text = new vscode.MarkdownString(parts.join('\n\n---\n\n'));
    text.isTrusted = false;
    text.supportHtml = false;
    const place = inField?.field ?? shown?.token;
    return new vscode.Hover(
      text,
      place && new vscode.Range(position.line, place.startColumn, position.line, place.endColumn),
    );
  }
}
