import * as vscode from 'vscode';
import type { CorpusReport } from '../corpus/report/corpusReport';
import { renderReport } from '../corpus/report/render';
import type { Engine } from '../engine/engine';
import { sourceOf } from '../workspace/annotatedTexts';
import { checkCorpora } from '../workspace/corpusCheck';
import type { Settings } from '../workspace/settings';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { readingProgress } from './readingProgress';
import type { ReportDocuments } from './reportDocuments';

/**
 * **Check Corpus**: what is in the workspace's corpora, as a read-only Markdown document whose places lead to
 * their lines. Takes a file's or folder's URI from a menu; without, all corpora are checked.
 */
export class CheckCommand {
  constructor(
    private readonly engine: Engine,
    private readonly corpora: WorkspaceCorpora,
    private readonly settings: Settings,
    private readonly reports: ReportDocuments,
  ) {}

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
    const nameOf = (file: string): string => vscode.workspace.asRelativePath(vscode.Uri.parse(file));
    await this.reports.show('Corpus Report', renderReport(report, nameOf));
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
}
