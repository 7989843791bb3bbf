import * as vscode from 'vscode';
import { sourceOf } from '../../workspace/annotatedTexts';
import { Throttle } from '../../workspace/schedule';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import { childrenOf, corpusItemText, hasChildren, nodeId } from './corpusItems';
import type { CorpusNode } from './corpusItems';

/** Problems change with each key that is typed. */
const showEveryMs = 1000;

/** The items of **Corpora**. */
export class CorpusTree implements vscode.TreeDataProvider<CorpusNode>, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<undefined>();
  private readonly showing = new Throttle(() => this.show(), showEveryMs);
  private readonly listeners: vscode.Disposable;
  /** Problems by the file that a corpus knows. */
  private problems: ReadonlyMap<string, number> = new Map();

  readonly onDidChangeTreeData = this.change.event;

  constructor(private readonly corpora: WorkspaceCorpora) {
    this.problems = problemCounts();
    this.listeners = vscode.Disposable.from(
      corpora.onDidChange(() => this.showing.request()),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => corpora.corpusOf(sourceOf(uri)) !== undefined)) this.showing.request();
      }),
    );
  }

  getTreeItem(node: CorpusNode): vscode.TreeItem {
    const { label, description, tooltip, spoken } = corpusItemText(node, this.problemsOf, vscode.l10n.t);
    const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
    const open = node.kind === 'corpus' && this.corpora.corpora.length === 1 ? Expanded : Collapsed;
    const item = new vscode.TreeItem(label, hasChildren(node) ? open : None);
    item.id = nodeId(node);
    item.description = description;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: spoken };
    item.contextValue = node.kind;
    item.iconPath = iconOf(node);
    item.command = commandOf(node);
    if (node.kind === 'file') item.resourceUri = vscode.Uri.parse(node.file.file);
    return item;
  }

  getChildren(node?: CorpusNode): CorpusNode[] {
    return childrenOf(node, this.corpora.corpora, this.problemsOf);
  }

  dispose(): void {
    this.showing.cancel();
    vscode.Disposable.from(this.listeners, this.change).dispose();
  }

  private readonly problemsOf = (file: string): number => this.problems.get(file) ?? 0;

  private show(): void {
    this.problems = problemCounts();
    this.change.fire(undefined);
  }
}

export function isCorpusNode(value: unknown): value is CorpusNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'corpus' in value;
}

function problemCounts(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) {
    const own = diagnostics.filter(({ source }) => source === 'RNN Tagger').length;
    const file = sourceOf(uri).toString();
    if (own > 0) counts.set(file, (counts.get(file) ?? 0) + own);
  }
  return counts;
}

function iconOf({ kind }: CorpusNode): vscode.ThemeIcon {
  switch (kind) {
    case 'corpus':
      return new vscode.ThemeIcon('library');
    case 'split':
      return vscode.ThemeIcon.Folder;
    case 'file':
      return vscode.ThemeIcon.File;
    case 'column':
      return new vscode.ThemeIcon('symbol-field');
    case 'label':
      return new vscode.ThemeIcon('tag');
    case 'problems':
      return new vscode.ThemeIcon('warning');
  }
}

function commandOf(node: CorpusNode): vscode.Command | undefined {
  switch (node.kind) {
    case 'file':
      return {
        command: 'vscode.open',
        title: vscode.l10n.t('Open'),
        arguments: [vscode.Uri.parse(node.file.file)],
      };
    case 'label':
      return { command: 'rnnTagger.openLabelItem', title: vscode.l10n.t('Show Count') };
    case 'problems':
      return { command: 'workbench.actions.view.problems', title: vscode.l10n.t('Show Problems') };
    case 'corpus':
    case 'split':
    case 'column':
      return undefined;
  }
}
