import * as vscode from 'vscode';

/** Labels that no file has, as read-only documents. */
export class PredictedLabels implements vscode.TextDocumentContentProvider {
  static readonly scheme = 'rnn-tagger-labels';
  private readonly texts = new Map<string, string>();
  /** Those of the report that is shown: its links lead to them. */
  private reported = new Set<string>();

  provideTextDocumentContent({ query }: vscode.Uri): string {
    return this.texts.get(query) ?? vscode.l10n.t('These labels are not kept: compare again to see them.');
  }

  /** A new comparison begins: of the last one is kept what an editor shows. */
  begin(): void {
    const before = this.reported;
    this.reported = new Set();
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.query));
    for (const query of before) if (!open.has(query)) this.texts.delete(query);
  }

  add(path: string, text: string): vscode.Uri {
    // A tab that outlives a reload is not taken for a new document.
    const query = crypto.randomUUID();
    this.texts.set(query, text);
    this.reported.add(query);
    return vscode.Uri.from({ scheme: PredictedLabels.scheme, path, query });
  }

  closed({ uri }: vscode.TextDocument): void {
    if (uri.scheme === PredictedLabels.scheme && !this.reported.has(uri.query)) this.texts.delete(uri.query);
  }
}
