import * as vscode from 'vscode';
import type { GlobNotice } from '../../workspace/globNotice';
import { readGlobs } from '../../workspace/globs';
import type { CorpusIndex } from '../../workspace/services';
import type { TextsInProgress } from '../../workspace/textsInProgress';
import { corpusLanguages } from '../languages';
import { FileChoices, labelsVisible, setLabelsVisible } from './fileChoices';

/** Documents whose text is shown nowhere as an editor's of its own. */
const foreignSchemes = new Set([
  'output',
  'debug',
  'comment',
  'vscode-scm',
  'search-editor',
  'vscode-notebook-cell',
  'vscode-interactive-input',
  'walkThrough',
  'git',
]);

/**
 * Whether a document shows labels: all at once, for each file, and by setting. Keeps the menus' context keys.
 */
export class LabelSwitches implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly choices: FileChoices;
  private readonly included = new Map<string, boolean>();
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly corpora: CorpusIndex,
    private readonly workspaceState: vscode.Memento,
    private readonly globNotice: GlobNotice,
    private readonly progress: TextsInProgress,
  ) {
    this.choices = new FileChoices(workspaceState);
    const settingsChanged = (): void => {
      this.included.clear();
      this.fire();
    };
    this.disposables = [
      this.changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        // Labels take another form where lines wrap.
        if (['rnnTagger.labels', 'editor.wordWrap'].some((name) => event.affectsConfiguration(name)))
          settingsChanged();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(settingsChanged),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.choices.rename(oldUri.toString(), newUri.toString());
        this.fire();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri, isUntitled, isClosed }) => {
        this.included.delete(uri.toString());
        // The next untitled document may get the same name. A document whose language changes is not closed,
        // though there is such an event for it.
        if (isUntitled && isClosed) this.choices.forget(uri.toString());
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.setContextKeys()),
      corpora.onDidChange(() => this.setContextKeys()),
      progress.onDidChange(() => this.fire()),
    ];
    this.setContextKeys();
  }

  get visible(): boolean {
    return labelsVisible(this.workspaceState);
  }

  async toggleAll(): Promise<void> {
    await setLabelsVisible(this.workspaceState, !this.visible);
    this.fire();
  }

  /** Whether the document shows its labels now. */
  shows(document: vscode.TextDocument): boolean {
    return this.visible && this.isOn(document);
  }

  /** Whether the document is switched on: a corpus file always is. */
  isOn(document: vscode.TextDocument): boolean {
    if (this.corpora.corpusOf(document.uri)) return true;
    return (
      this.choices.get(document.uri.toString()) ??
      (this.isIncluded(document) || this.progress.isAmong(document.uri))
    );
  }

  /** Whether the user may switch the document on and off. */
  canToggle(document: vscode.TextDocument): boolean {
    if (foreignSchemes.has(document.uri.scheme) || this.corpora.corpusOf(document.uri)) return false;
    return (
      document.isUntitled ||
      document.languageId === 'plaintext' ||
      document.languageId === 'markdown' ||
      // Files that are named like a corpus, and are of none.
      corpusLanguages.includes(document.languageId) ||
      this.isOn(document)
    );
  }

  /** @returns whether the document is on now. */
  toggle(document: vscode.TextDocument): boolean {
    const on = !this.isOn(document);
    this.choices.set(document.uri.toString(), on);
    this.fire();
    return on;
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private isIncluded(document: vscode.TextDocument): boolean {
    const key = document.uri.toString();
    let included = this.included.get(key);
    if (included === undefined) {
      included =
        !foreignSchemes.has(document.uri.scheme) &&
        this.includeGlobs(document).some((glob) => matches(glob, document));
      this.included.set(key, included);
    }
    return included;
  }

  private includeGlobs(document: vscode.TextDocument): readonly string[] {
    const { globs, leftOut } = readGlobs(
      vscode.workspace.getConfiguration('rnnTagger.labels', document).get('include'),
    );
    this.globNotice.warn('rnnTagger.labels.include', leftOut);
    return globs;
  }

  private fire(): void {
    this.setContextKeys();
    this.changed.fire();
  }

  /**
   * `rnnTagger.labelsVisible`: whether labels are shown at all; `rnnTagger.fileLabels`: `on`, `off`, or
   * nothing to switch here.
   */
  private setContextKeys(): void {
    const document = vscode.window.activeTextEditor?.document;
    const file = document && this.canToggle(document) ? (this.isOn(document) ? 'on' : 'off') : undefined;
    void vscode.commands.executeCommand('setContext', 'rnnTagger.labelsVisible', this.visible);
    void vscode.commands.executeCommand('setContext', 'rnnTagger.fileLabels', file);
  }
}

/** Globs are relative to the workspace folder; outside of one they hold for the whole path. */
function matches(glob: string, document: vscode.TextDocument): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  return (
    vscode.languages.match({ pattern: folder ? new vscode.RelativePattern(folder, glob) : glob }, document) >
    0
  );
}
