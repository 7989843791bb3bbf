import * as vscode from 'vscode';
import type { CorpusReport } from '../corpus/report/corpusReport';
import { renderReport } from '../corpus/report/render';
import type { ReportText } from '../corpus/report/render';
import type { Engine } from '../engine/engine';
import { sourceOf } from '../workspace/annotatedTexts';
import { checkCorpora } from '../workspace/corpusCheck';
import type { Settings } from '../workspace/settings';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { readingProgress } from './readingProgress';

const scheme = 'rnn-tagger-report';

/** A read-only document, made anew by each check. */
const document = vscode.Uri.from({ scheme, path: '/Corpus Report.md' });

/**
 * **Check Corpus**: what is in the workspace's corpora, as a read-only Markdown document whose places lead to
 * their lines. Takes a file's or folder's URI from a menu; without, all corpora are checked.
 */
export class CheckCommand implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<vscode.Uri>();
  private readonly registered: vscode.Disposable;
  private report: ReportText = { text: '', links: [] };

  constructor(
    private readonly engine: Engine,
    private readonly corpora: WorkspaceCorpora,
    private readonly settings: Settings,
  ) {
    this.registered = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.change.event,
        provideTextDocumentContent: () => this.report.text,
      }),
      vscode.languages.registerDocumentLinkProvider(
        { scheme },
        { provideDocumentLinks: (shown) => this.links(shown) },
      ),
    );
  }

  async run(argument: unknown): Promise<void> {
    const asked = argument instanceof vscode.Uri ? sourceOf(argument).toString() : undefined;
    const isAsked = (file: string): boolean =>
      asked === undefined || file === asked || file.startsWith(`${asked.replace(/\/$/, '')}/`);
    const title = vscode.l10n.t('RNN Tagger: checking corpora…');
    let isCancelled = false;
    const cancel = (): void => {
      isCancelled = true;
      this.corpora.stopReading();
    };
    const done = this.check(isAsked, () => isCancelled);
    const report = (await readingProgress(this.corpora, { title, done, cancel }))?.result;
    if (!report) return;
    this.report = renderReport(report, (file) => vscode.workspace.asRelativePath(vscode.Uri.parse(file)));
    this.change.fire(document);
    const shown = await vscode.workspace.openTextDocument(document);
    await vscode.window.showTextDocument(shown, { preview: false });
  }

  private async check(
    isAsked: (file: string) => boolean,
    isStopped: () => boolean,
  ): Promise<CorpusReport | undefined> {
    await this.corpora.lookAgain();
    const { replaceInvalidBytes } = this.settings.current;
    return isStopped() || this.corpora.progress?.isStopped
      ? undefined
      : checkCorpora(this.engine, this.corpora, replaceInvalidBytes, isAsked, isStopped);
  }

  dispose(): void {
    vscode.Disposable.from(this.registered, this.change).dispose();
  }

  private links(shown: vscode.TextDocument): vscode.DocumentLink[] {
    // The editor may still show the text of the check before.
    if (shown.getText() !== this.report.text) return [];
    return this.report.links.map(({ start, end, file, line }) => {
      const range = new vscode.Range(shown.positionAt(start), shown.positionAt(end));
      return new vscode.DocumentLink(range, vscode.Uri.parse(file).with({ fragment: `L${line + 1}` }));
    });
  }
}
