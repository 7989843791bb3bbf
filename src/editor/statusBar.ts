import * as vscode from 'vscode';
import type { Corpus } from '../corpus/corpus';
import { splitLabel } from '../corpus/labels/notation';
import { stateElsewhere } from '../record/runRecord';
import { emptyHistory } from '../run/history';
import type { WorkspaceModels } from '../workspace/modelLibrary';
import type { RunStore } from '../workspace/runStore';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { isFirstLabelling, isPlainText } from './gettingStarted/labelText';
import { hintText, noCorpusText, statusText } from './statusText';
import type { Beginning, CurrentRun, StatusText } from './statusText';
import type { TrainingController } from './trainingController';

/** As the manifest has it, for the system that VS Code's window is on: only macOS has another one. */
const labelKey = process.platform === 'darwin' ? '⌘⌥L' : 'Ctrl+Alt+L';

/** How many spans of a corpus have labels. */
function spansIn({ columns }: Corpus): number {
  return columns
    .slice(0, 1)
    .flatMap(({ labels, scheme }) => labels.filter(({ label }) => splitLabel(label, scheme).prefix === 'B'))
    .reduce((sum, { count }) => sum + count, 0);
}

/**
 * The status bar's item: what to do next where labelling has just begun, which corpora there are, or how the
 * run goes. A click does what it says, or opens the menu.
 */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'rnnTagger.status',
    vscode.StatusBarAlignment.Left,
    0,
  );
  private readonly listeners: vscode.Disposable[];
  /** Before that, it is not known that there is no corpus. */
  private isRead = false;

  constructor(
    private readonly corpora: WorkspaceCorpora,
    private readonly training: TrainingController,
    private readonly runs: RunStore,
    private readonly models: WorkspaceModels,
  ) {
    this.item.name = 'RNN Tagger';
    const update = (): void => this.update();
    this.listeners = [
      corpora.onDidChange(update),
      training.onDidChange(update),
      runs.onDidChange(update),
      models.onDidChange(update),
      vscode.window.onDidChangeActiveTextEditor(update),
    ];
    this.update();
    void corpora.ready.then(() => {
      this.isRead = true;
      this.update();
    });
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.listeners).dispose();
  }

  /** The run of this window, else one of another. */
  private get current(): CurrentRun | undefined {
    const { current } = this.training;
    if (current) return { run: current.run, state: current.session.state };
    const run = this.runs.runs.find(({ id }) => this.runs.isElsewhere(id));
    return run && { run, state: stateElsewhere(run, emptyHistory), elsewhere: true };
  }

  /** Where a person stands who labels text, until there is a model; undefined for anybody else. */
  private get beginning(): Beginning | undefined {
    const { corpora } = this.corpora;
    if (!isFirstLabelling(corpora, this.models.hasModel)) return undefined;
    if (corpora.length > 0)
      return { kind: 'labelled', labels: corpora.reduce((sum, corpus) => sum + spansIn(corpus), 0) };
    const document = vscode.window.activeTextEditor?.document;
    return document && isPlainText(document) && !this.corpora.progress
      ? { kind: 'nothing labelled' }
      : undefined;
  }

  private statusOf(current: CurrentRun | undefined): StatusText | undefined {
    const { corpora, models } = this;
    const entry = models.entryFor(vscode.window.activeTextEditor?.document);
    const model = entry && { entry, locale: vscode.env.language };
    const hasFolder = (vscode.workspace.workspaceFolders ?? []).length > 0;
    const isMissing = this.isRead && hasFolder && !corpora.progress && corpora.corpora.length === 0;
    return (
      statusText(corpora.corpora, current, vscode.l10n.t, model) ??
      (isMissing ? noCorpusText(vscode.l10n.t) : undefined)
    );
  }

  private update(): void {
    const { current, beginning } = this;
    const hint = !current && beginning ? hintText(beginning, labelKey, vscode.l10n.t) : undefined;
    const status = hint ?? this.statusOf(current);
    if (!status) return this.item.hide();
    this.item.command = hint?.command ?? 'rnnTagger.menu';
    if (this.item.text !== status.text) this.item.text = status.text;
    if (this.item.tooltip !== status.tooltip) {
      this.item.tooltip = status.tooltip;
      this.item.accessibilityInformation = status.spoken === undefined ? undefined : { label: status.spoken };
    }
    this.item.show();
  }
}
