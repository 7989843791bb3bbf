import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, clearMessages, endOfRunAfter, labelled, show, workspaceFile } from '../sample';
import { rows, showAlone } from '../views/tree';
import { workbench } from '../workbenchClient';

describe('training on text that was labelled from nothing', () => {
  let api: ForTests;

  /** Labels words, and the others like it in a scope. */
  const label = async (file: string, words: string, type: string, scope: string): Promise<void> => {
    const editor = await show(file);
    const { document } = editor;
    const start = document.getText().indexOf(words);
    assert.ok(start >= 0, words);
    editor.selection = new vscode.Selection(
      document.positionAt(start),
      document.positionAt(start + words.length),
    );
    assert.equal(
      await vscode.commands.executeCommand('rnnTagger.labelSelection', { label: type, scope }),
      true,
    );
  };
  const statusSays = (text: string): Promise<void> =>
    workbench.waitFor({ selector: `.statusbar-item:has-text("${text}")` });

  before(async () => {
    api = await activated();
    for (const name of ['travel.ann', 'notes/winter.ann', 'notes/summer.md.ann'])
      await Promise.resolve(vscode.workspace.fs.delete(workspaceFile(name))).catch(() => undefined);
    await until('no corpus', () => api.corpora.length === 0);
  });

  it('is led to by the status bar, and asks nothing', async () => {
    await show('travel.txt');
    await statusSays('select words and press');
    await label('travel.txt', 'Anna', 'PER', 'file');
    await statusSays('more to train a model');
    for (const place of ['Oslo', 'New York', 'Rome']) await label('travel.txt', place, 'LOC', 'file');
    for (const name of ['Mia', 'Tor', 'Rita', 'Paul']) await label('travel.txt', name, 'PER', 'file');
    await statusSays('train a model now');
    await workbench.screenshot('begin-train');
    const before = api.runs[0]?.id;
    await workbench.click({ selector: '.statusbar-item:has-text("train a model now")' });
    const run = await endOfRunAfter(api, before);
    assert.equal(run.state, 'done', run.message);
    await workbench.waitFor({ selector: '.notification-toast:has-text("is trained")' });
    await workbench.screenshot('begin-trained');
    await clearMessages();
  });

  it('gives labels to the rest of the text, and to the other texts', async () => {
    await show('travel.txt');
    const lines = await labelled('travel.txt');
    await workbench.screenshot('begin-model');
    assert.ok(lines.flatMap(({ labels }) => labels).length > 0);
    await show('notes/winter.txt');
    await labelled('notes/winter.txt');
    await workbench.screenshot('begin-other-text');
  });

  it('goes on by itself after a pause, once there are more labels, and keeps one such run', async () => {
    await workbench.waitFor({ selector: '#rnn-tagger\\.rnn-tagger\\.rnnTagger\\.keepTraining' });
    const byHand = api.runs[0].id;
    await label('travel.txt', 'Lima', 'LOC', 'file');
    const first = await endOfRunAfter(api, byHand);
    assert.equal(first.state, 'done', first.message);
    assert.deepEqual(await workbench.texts({ selector: '.notification-toast' }), []);
    await label('travel.txt', 'Bergen', 'LOC', 'file');
    const second = await endOfRunAfter(api, first.id);
    assert.equal(second.state, 'done', second.message);
    await until('one run by itself', () => api.runs.length === 2);
    assert.deepEqual(
      api.runs.map(({ id }) => id),
      [second.id, byHand],
    );
    await workbench.screenshot('begin-by-itself');
  });

  it('leaves a text with unsaved edits unsaved where questions about it are looked for', async () => {
    const { document } = await show('travel.txt');
    const { size } = await vscode.workspace.fs.stat(document.uri);
    // In the copy nothing is labelled, so that the queue asks about names that are known.
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(document.getText().length), `\n\n${document.getText()}`);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await showAlone('Queue', 'rnnTagger.queue');
    await until('a question about the copy', async () =>
      (await rows('Queue')).some((own) => /^(Anna|Mia|Tor|Rita|Paul)– → PER/.test(own)),
    );
    await workbench.screenshot('begin-queue');
    assert.ok(document.isDirty);
    assert.equal((await vscode.workspace.fs.stat(document.uri)).size, size);
    await show('travel.txt');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is switched off by a click', async () => {
    await workbench.click({ selector: '#rnn-tagger\\.rnn-tagger\\.rnnTagger\\.keepTraining' });
    const isOn = (): unknown => vscode.workspace.getConfiguration('rnnTagger').get('labels.keepTraining');
    await until('the setting', () => isOn() === false);
    await workbench.click({ selector: '#rnn-tagger\\.rnn-tagger\\.rnnTagger\\.keepTraining' });
    await until('the setting', () => isOn() === true);
  });
});
