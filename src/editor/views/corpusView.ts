import * as vscode from 'vscode';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import { filesText } from '../readingProgress';
import { withoutIcons } from '../translate';
import { labelCountText } from './corpusItems';
import type { CorpusNode } from './corpusItems';
import { CorpusTree, isCorpusNode } from './corpusTree';
import { itemOpened, itemsMeant } from './focusedItems';

const shownMs = 15_000;

/** The view **Corpora**, with the commands of its items. */
export function registerCorpusView(corpora: WorkspaceCorpora): vscode.Disposable {
  const tree = new CorpusTree(corpora);
  const view = vscode.window.createTreeView('rnnTagger.corpora', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const tellProgress = (): void => {
    const { progress } = corpora;
    view.message = progress && vscode.l10n.t('Reading: {0}', filesText(progress.read, progress.found));
  };
  tellProgress();
  // Before that, it is not known that there is none.
  void corpora.ready.then(() => vscode.commands.executeCommand('setContext', 'rnnTagger.corporaRead', true));
  const forNode = (name: string, run: (node: CorpusNode) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`rnnTagger.${name}`, async (item?: unknown) => {
      const [node] = await itemsMeant(view, isCorpusNode, item);
      if (node) await run(node);
    });
  const choice = (node: CorpusNode): { corpus: string; column?: string } => ({
    corpus: node.corpus.id,
    ...(node.kind === 'column' && { column: node.column.name }),
  });
  const pass = (name: string, command: string): vscode.Disposable =>
    forNode(name, (node) => vscode.commands.executeCommand(`rnnTagger.${command}`, choice(node)));
  return vscode.Disposable.from(
    tree,
    view,
    corpora.onDidChange(tellProgress),
    pass('trainOnCorpus', 'train'),
    pass('findLabelErrorsInCorpus', 'findLabelErrors'),
    forNode('checkListedCorpus', ({ corpus: { id } }) =>
      vscode.commands.executeCommand('rnnTagger.checkCorpus', { corpus: id }),
    ),
    forNode('openCorpusLayouts', () =>
      vscode.commands.executeCommand('rnnTagger.openSettings', 'rnnTagger.corpora.layouts'),
    ),
    forNode('showLabelCount', showCount),
    vscode.commands.registerCommand('rnnTagger.openLabelItem', async () => {
      const node = await itemOpened(view);
      if (node) showCount(node);
    }),
  );
}

function showCount(node: CorpusNode): void {
  if (node.kind === 'label')
    vscode.window.setStatusBarMessage(`$(tag) ${withoutIcons(labelCountText(node, vscode.l10n.t))}`, shownMs);
}
