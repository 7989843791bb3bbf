import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LossPanel } from '../../src/panel/lossPanel';
import { until } from '../until';
import { activated, corpora, files, show, train, workspaceFile } from './sample';

/** The tabs of loss panels. */
function panelTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(LossPanel.viewType),
    );
}

/** Opens a file as a click in the explorer does: a preview. */
async function preview(name: string, viewColumn: vscode.ViewColumn): Promise<void> {
  await vscode.window.showTextDocument(workspaceFile(name), { viewColumn, preview: true });
}

const run = { corpus: corpora.upos, column: 'UPOS', epochs: 1, device: 'simd' };

describe('the loss panel’s tab', () => {
  beforeEach(async () => {
    await activated();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('all tabs to be closed', () => panelTabs().length === 0);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('stays when it was opened alone, a file covered it, a run began and another file was opened beside', async () => {
    const api = await activated();
    await vscode.commands.executeCommand('rnnTagger.showLossPanel');
    await until('the panel', () => panelTabs().length === 1);
    await show(files.upos);
    await train(api, run);
    const [tab] = await until('the panel beside the file', () => {
      const tabs = panelTabs();
      return tabs.length === 1 && tabs[0].group.viewColumn === vscode.ViewColumn.Two && tabs;
    });
    assert.equal(tab.isPreview, false);
    assert.ok(tab.isActive, 'it is visible');
    assert.ok(
      vscode.window.activeTextEditor?.document.uri.path.endsWith(files.upos),
      'the file keeps the focus',
    );
    await preview(files.names, vscode.ViewColumn.Two);
    await preview(files.letter, vscode.ViewColumn.Two);
    assert.equal(panelTabs().length, 1);
  });

  it('stays where it was moved to another column, and when it was opened beside a preview', async () => {
    await preview(files.names, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('rnnTagger.showLossPanel');
    await until('the panel', () => panelTabs().some(({ isActive }) => isActive));
    assert.equal(panelTabs()[0].isPreview, false);
    await vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup');
    await until('a lasting tab', () => panelTabs().every(({ isPreview }) => !isPreview));
    const { viewColumn } = panelTabs()[0].group;
    await preview(files.letter, viewColumn);
    await preview(files.notes, viewColumn);
    assert.equal(panelTabs().length, 1);
  });
});

describe('a loss panel that is shown in another column', () => {
  it('becomes a lasting tab there', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { extensionUri } = vscode.extensions.getExtension('rnn-tagger.rnn-tagger')!;
    const log = vscode.window.createOutputChannel('Panel test', { log: true });
    const panel = new LossPanel(extensionUri, log);
    await show(files.upos);
    panel.show(vscode.ViewColumn.Two);
    await until('the panel', () => panelTabs().some(({ isActive }) => isActive));
    panel.show(vscode.ViewColumn.One);
    await until(
      'a lasting tab in the first column',
      () =>
        panelTabs().length === 1 &&
        panelTabs()[0].group.viewColumn === vscode.ViewColumn.One &&
        !panelTabs()[0].isPreview,
    );
    await preview(files.letter, vscode.ViewColumn.One);
    assert.equal(panelTabs().length, 1);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    panel.dispose();
    log.dispose();
  });
});
