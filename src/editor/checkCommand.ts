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
 * their lines. Takes a file's or folder's URI from a menu, or `{ corpus: ID }`; without, all corpora are checked.
 */
export class CheckCommand {
  constructor(
    private readonly engine: Engine,
    private readonly corpora: WorkspaceCorpora,
    private readonly settings: Settings,
    private readonly reports: ReportDocuments,
  ) {}

  async run(argument: unknown): Promise<void> {
    const isAsked = this.meant(argument);
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
    await this.reports.show(vscode.l10n.t('Corpus Report'), renderReport(report, nameOf));
  }

  /** Which files an argument means; those of a corpus as they are once it has been read. */
  private meant(argument: unknown): (file: string) => boolean {
    const { corpus } = (argument ?? {}) as { readonly corpus?: unknown };
    if (typeof corpus === 'string') {
      let files: ReadonlySet<string> | undefined;
      return (file) => {
        const own = this.corpora.corpora.find(({ id }) => id === corpus)?.files ?? [];
        return (files ??= new Set(own.map((each) => each.file))).has(file);
      };
    }
    const asked = argument instanceof vscode.Uri ? sourceOf(argument).toString() : undefined;
    return (file) => asked === undefined || file === asked || file.startsWith(`${asked.replace(/\/$/, '')}/`);
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
