import * as vscode from 'vscode';
import type { ReportText } from '../corpus/report/reportWriter';
import { openDocument } from '../workspace/fileContents';

/** Reports as read-only Markdown documents whose places lead to their lines: one document for each name. */
export class ReportDocuments implements vscode.Disposable {
  static readonly scheme = 'rnn-tagger-report';
  private readonly change = new vscode.EventEmitter<vscode.Uri>();
  private readonly registered: vscode.Disposable;
  private readonly reports = new Map<string, ReportText>();

  constructor() {
    this.registered = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(ReportDocuments.scheme, {
        onDidChange: this.change.event,
        provideTextDocumentContent: ({ path }) => this.reports.get(path)?.text ?? '',
      }),
      vscode.languages.registerDocumentLinkProvider(
        { scheme: ReportDocuments.scheme },
        { provideDocumentLinks: (shown) => this.links(shown) },
      ),
    );
  }

  /** Shows a report in the place of the one that had its name before. */
  async show(name: string, report: ReportText): Promise<void> {
    const uri = vscode.Uri.from({ scheme: ReportDocuments.scheme, path: `/${name}.md` });
    const before = openDocument(uri);
    const isOther = before !== undefined && this.reports.get(uri.path)?.text !== report.text;
    const changed = isOther ? changeOf(before) : undefined;
    this.reports.set(uri.path, report);
    this.change.fire(uri);
    const shown = await vscode.workspace.openTextDocument(uri);
    // VS Code asks for the new text in its own time.
    if (shown === before) await changed;
    await vscode.window.showTextDocument(shown, { preview: false });
  }

  dispose(): void {
    vscode.Disposable.from(this.registered, this.change).dispose();
  }

  private links(shown: vscode.TextDocument): vscode.DocumentLink[] {
    const report = this.reports.get(shown.uri.path);
    // The editor may still show the text of the report before.
    if (!report || shown.getText() !== report.text) return [];
    return report.links.map(({ start, end, file, line }) => {
      const range = new vscode.Range(shown.positionAt(start), shown.positionAt(end));
      return new vscode.DocumentLink(range, vscode.Uri.parse(file).with({ fragment: `L${line + 1}` }));
    });
  }
}

/** Resolves once a document has another text, or is closed. */
function changeOf(document: vscode.TextDocument): Promise<void> {
  return new Promise((resolve) => {
    const end = (other: vscode.TextDocument): void => {
      if (other !== document) return;
      listeners.dispose();
      resolve();
    };
    const listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => end(event.document)),
      vscode.workspace.onDidCloseTextDocument(end),
    );
  });
}
