import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, clearMessages, workspaceFile } from '../sample';
import { showAlone } from '../views/tree';
import { workbench } from '../workbenchClient';

describe('a folder without a corpus', () => {
  let api: ForTests;
  const item = '.statusbar-item:has-text("No corpus found: start one, or say where it is")';
  const row = (text: string): string => `.quick-input-list .monaco-list-row:has-text("${text}")`;
  const included = (): unknown =>
    vscode.workspace.getConfiguration('rnnTagger').inspect('corpora.include')?.workspaceValue;

  before(async () => {
    api = await activated();
    assert.deepEqual(api.corpora, []);
  });
  afterEach(async () => {
    await clearMessages();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace
      .getConfiguration('rnnTagger')
      .update('corpora.include', undefined, vscode.ConfigurationTarget.Workspace);
    await until('no corpus', () => api.corpora.length === 0);
  });

  it('is told in the status bar, which leads on to label plain text', async () => {
    await workbench.waitFor({ selector: item });
    assert.deepEqual(await workbench.texts({ selector: '.notification-toast' }), []);
    await workbench.screenshot('no-corpus');
    await workbench.click({ selector: item });
    for (const text of ['Label Plain Text…', 'Choose Corpus Files…', 'Train on Workspace'])
      await workbench.waitFor({ selector: row(text) });
    await workbench.screenshot('no-corpus-menu');
    await workbench.press('Enter');
    await until('the text', () =>
      vscode.window.activeTextEditor?.document.uri.path.endsWith('/stories/tale.txt'),
    );
    await workbench.waitFor({ selector: '.statusbar-item:has-text("select words and press")' });
    await workbench.screenshot('no-corpus-text');
  });

  it('takes the files that a person chooses, says what it set, and takes it back', async () => {
    await workbench.press('F1');
    await workbench.type('Choose Corpus Files');
    await workbench.waitFor({ selector: row('Choose Corpus Files…') });
    await workbench.press('Enter');
    await workbench.waitFor({ selector: row('A folder…') });
    await workbench.screenshot('choose-files');
    await workbench.press('Enter');
    await workbench.waitFor({ selector: row('data') });
    await workbench.type('data/words.lst');
    await workbench.waitFor({ selector: row('words.lst') });
    await workbench.screenshot('choose-files-dialog');
    await workbench.press('Enter');
    const toast = '.notification-toast:has-text("data/words.lst")';
    await workbench.waitFor({ selector: toast });
    assert.deepEqual(
      api.corpora.map(({ tokens }) => tokens > 100),
      [true],
    );
    assert.ok((included() as string[]).includes('data/words.lst'));
    await workbench.waitFor({ selector: '.statusbar-item:has-text("1 corpus, ")' });
    await workbench.screenshot('chosen-files');
    await workbench.click({ selector: `${toast} .monaco-button:has-text("Undo")` });
    await until('no corpus', () => api.corpora.length === 0);
    assert.equal(included(), undefined);
    await workbench.waitFor({ selector: item });
  });

  it('says so where nothing in a folder reads like a corpus, and where a file does not', async () => {
    const choose = (name: string): Thenable<unknown> =>
      vscode.commands.executeCommand('rnnTagger.chooseCorpusFiles', workspaceFile(name));
    assert.equal(await choose('stories'), false);
    await workbench.waitFor({
      selector: '.notification-toast:has-text("No file in stories reads like a corpus")',
    });
    assert.equal(included(), undefined);
    assert.equal(await choose('README.rst'), true);
    await workbench.waitFor({
      selector: '.notification-toast:has-text("README.rst is not read as a corpus: Problems says why")',
    });
    await workbench.screenshot('chosen-no-corpus');
    const outside = vscode.Uri.file('/nowhere/a.conll');
    void vscode.commands.executeCommand('rnnTagger.chooseCorpusFiles', outside);
    await workbench.waitFor({
      selector: '.notification-toast:has-text("is in no folder of this workspace")',
    });
  });

  it('is told by its view and by Train on Workspace with the same ways on', async () => {
    await showAlone('Corpora', 'rnnTagger.corpora');
    for (const text of ['Label Plain Text…', 'Choose Corpus Files…'])
      await workbench.waitFor({ selector: `.welcome-view .monaco-button:has-text("${text}")` });
    await workbench.screenshot('no-corpus-view');
    void vscode.commands.executeCommand('rnnTagger.train');
    const toast = '.notification-toast:has-text("There is no corpus in this workspace")';
    for (const text of ['Label Plain Text…', 'Choose Corpus Files…'])
      await workbench.waitFor({ selector: `${toast} .monaco-button:has-text("${text}")` });
    await workbench.screenshot('no-corpus-train');
  });
});
