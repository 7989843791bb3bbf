import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, clearMessages, endOfRunAfter, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

describe('files that no name gives away, in VS Code', () => {
  let api: ForTests;
  before(async () => {
    api = await activated();
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration('rnnTagger')
      .update('corpora.include', undefined, vscode.ConfigurationTarget.Workspace);
    await clearMessages();
    await until('no corpus', () => api.corpora.length === 0);
  });

  it('are left alone unasked', async () => {
    assert.deepEqual(api.corpora, []);
    // What an earlier run has told may still stand there.
    assert.deepEqual(await workbench.texts({ selector: '.notification-toast:has-text("look like")' }), []);
  });

  it('are offered by Train on Workspace, those of one kind together, and trained on once one agrees', async () => {
    const before = api.runs[0]?.id;
    await vscode.commands.executeCommand('rnnTagger.train', { epochs: 1, hidden: 4 });
    const offer = '.notification-toast:has-text("names/test.txt, names/train.txt look like CoNLL columns")';
    await workbench.waitFor({ selector: offer });
    await workbench.screenshot('looks-like');
    await workbench.click({ selector: `${offer} >> a.monaco-button:has-text("Use Them")` });
    await until('the corpus', () => api.corpora.length > 0);
    assert.deepEqual(
      api.corpora.map(({ files }) => files.map(({ file, split }) => [file.split('/').pop(), split])),
      [
        [
          ['test.txt', 'test'],
          ['train.txt', 'training'],
        ],
      ],
    );
    const run = await endOfRunAfter(api, before);
    assert.equal(run.state, 'done', run.message);
    const set = vscode.workspace.getConfiguration('rnnTagger').inspect<string[]>('corpora.include');
    assert.deepEqual(set?.workspaceValue?.slice(-2), ['names/test.txt', 'names/train.txt']);
  });

  it('are no corpus any more once the message that says what was set takes it back', async () => {
    const said = '.notification-toast:has-text("names/train.txt"):has-text("of this workspace")';
    await workbench.click({ selector: `${said} >> a.monaco-button:has-text("Undo")` });
    await until('no corpus', () => api.corpora.length === 0);
    const set = vscode.workspace.getConfiguration('rnnTagger').inspect<string[]>('corpora.include');
    assert.equal(set?.workspaceValue, undefined);
    const before = api.runs[0]?.id;
    await vscode.commands.executeCommand('rnnTagger.train', { epochs: 1, hidden: 4 });
    const offer = '.notification-toast:has-text("look like CoNLL columns")';
    await workbench.click({ selector: `${offer} >> a.monaco-button:has-text("Use Them")` });
    await until('the corpus', () => api.corpora.length > 0);
    await endOfRunAfter(api, before);
  });

  it('are trained on further where that is taken back in the middle of a run, and a message stops it', async () => {
    await vscode.workspace
      .getConfiguration('rnnTagger')
      .update('corpora.include', undefined, vscode.ConfigurationTarget.Workspace);
    await until('no corpus', () => api.corpora.length === 0);
    await clearMessages();
    const before = api.runs[0]?.id;
    await vscode.commands.executeCommand('rnnTagger.train', { epochs: 100_000, hidden: 4 });
    const offer = '.notification-toast:has-text("look like CoNLL columns")';
    await workbench.click({ selector: `${offer} >> a.monaco-button:has-text("Use Them")` });
    await until('the run', () => api.runs[0]?.id !== before && api.runs[0]?.state === 'running');
    const said = '.notification-toast:has-text("names/train.txt"):has-text("of this workspace")';
    await workbench.click({ selector: `${said} >> a.monaco-button:has-text("Undo")` });
    const goesOn = '.notification-toast:has-text("is still being trained")';
    await workbench.waitFor({ selector: goesOn });
    await workbench.screenshot('taken-back-in-run');
    assert.equal(api.runs[0]?.state, 'running');
    await workbench.click({ selector: `${goesOn} >> a.monaco-button:has-text("Stop Training")` });
    const stopped = await endOfRunAfter(api, before);
    assert.equal(stopped.state, 'stopped');
    await vscode.commands.executeCommand('rnnTagger.train', { epochs: 1, hidden: 4 });
    await workbench.click({ selector: `${offer} >> a.monaco-button:has-text("Use Them")` });
    await until('the corpus', () => api.corpora.length > 0);
    await endOfRunAfter(api, stopped.id);
  });

  it('are reported on by Check Corpus, with links to their lines', async () => {
    await vscode.commands.executeCommand('rnnTagger.checkCorpus');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const text = editor.document.getText();
    assert.match(text, /^# Corpus report\n/);
    assert.match(text, /## names\n/);
    assert.match(text, /### Labels of LABEL: IOB2, 2 types\n/);
    assert.ok(editor.document.isClosed === false && !editor.document.isDirty);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      editor.document.uri,
      100,
    );
    const first = links.find(({ target }) => target?.path.endsWith('/names/test.txt'));
    assert.ok(first, JSON.stringify(links));
    assert.equal(editor.document.getText(first.range), 'names/test.txt:1');
    assert.equal(first.target?.fragment, 'L1');
    await workbench.waitFor({ selector: '.monaco-editor .detected-link' });
    await workbench.screenshot('check-corpus');
  });

  it('are read by the layout that the settings state, and again where that changes', async () => {
    const configuration = vscode.workspace.getConfiguration('rnnTagger');
    const set = (value: unknown): Thenable<void> =>
      configuration.update('corpora.layouts', value, vscode.ConfigurationTarget.Workspace);
    await set({ 'names/*.txt': { columns: ['form', 'entity'], delimiter: 'space' } });
    try {
      await until('the stated name', () => api.corpora[0]?.columns[0]?.name === 'entity');
      await set({ 'names/*.txt': { columns: ['form'], delimiter: 'space' } });
      const uri = workspaceFile('names/train.txt');
      await until('what is wrong', () =>
        vscode.languages.getDiagnostics(uri).some(({ code }) => code === 'wrong-layout'),
      );
    } finally {
      await set(undefined);
    }
    await until('the name that is told from the text', () => api.corpora[0]?.columns[0]?.name === 'LABEL');
  });
});
