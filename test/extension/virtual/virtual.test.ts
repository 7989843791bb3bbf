import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, clearMessages, labelled, show, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';
import { MemoryFiles } from './memoryFiles';

const people = ['Rita', 'Tom', 'Ada', 'Hugo', 'Mira', 'Ben', 'Lea', 'Otto'];
const towns = ['Rome', 'Oslo', 'Lima', 'Bonn', 'Kyiv', 'Cork'];

/** Sentences of a person and a town, one token a line. */
const sentences = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => {
    const [person, town] = [people[(from + i) % people.length], towns[(from + 2 * i) % towns.length]];
    return `${person} B-PER\nlives O\nin O\n${town} B-LOC\n. O\n\n`;
  }).join('');

const run = (command: string, ...given: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`rnnTagger.${command}`, ...given);
const box = (text: string): string => `.notification-toast:has-text("${text}")`;

describe('a workspace whose only folder is provided by an extension', () => {
  let api: ForTests;
  let provider: vscode.Disposable;
  const dev = 'dev.conll';
  // The label of the first word is wrong.
  const files = new MemoryFiles({
    '/names/train.conll': sentences(0, 60),
    [`/names/${dev}`]: sentences(3, 12).replace('B-PER', 'B-LOC'),
    '/names/letter.txt': 'Rita lives in Oslo. Tom lives in Rome.\n',
  });

  before(async () => {
    provider = vscode.workspace.registerFileSystemProvider('rnn-tagger-memory', files);
    api = await activated();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    provider.dispose();
  });

  it('is trained on, and its files and text are labelled', async () => {
    assert.deepEqual(
      vscode.workspace.workspaceFolders?.map(({ uri }) => uri.scheme),
      ['rnn-tagger-memory'],
    );
    await show(dev);
    const done = await train(api, { epochs: 8, hidden: 16 });
    assert.equal(done.state, 'done', done.message);
    assert.deepEqual(
      api.corpora.map(({ files: own }) => own.map(({ file, split }) => `${file} ${split}`).sort()),
      [
        [
          `${workspaceFile(dev).toString()} development`,
          `${workspaceFile('train.conll').toString()} training`,
        ],
      ],
    );
    await workbench.screenshot('virtual-trained');
    await show(dev);
    const lines = await labelled(dev);
    assert.ok(lines.some(({ labels }) => labels.some(({ label }) => label.includes('PER'))));
    await show('letter.txt');
    await run('toggleFileLabels');
    await labelled('letter.txt');
    await workbench.screenshot('virtual-letter');
  });

  it('has its labels reviewed', async () => {
    const editor = await show(dev);
    await run('startReview');
    await workbench.waitFor({ selector: '.statusbar-item:has-text("Review 1 of 1")' });
    await run('reviewAccept');
    await until('the answer', () => editor.document.getText().startsWith('Hugo B-PER'));
    await run('leaveReview');
    assert.ok(editor.document.isDirty);
    assert.ok(await editor.document.save());
    assert.ok(new TextDecoder().decode(files.readFile(workspaceFile(dev))).startsWith('Hugo B-PER'));
  });

  it('is compared with models and files, and a message says that Git knows no such files', async () => {
    await show(dev);
    await clearMessages();
    await run('compareLabels', { commit: true });
    await workbench.waitFor({ selector: box('Git knows only files on the disk') });
    await workbench.screenshot('virtual-commit');
    await run('compareLabels', { models: [api.runs[0].id] });
    await until('the comparison', () =>
      vscode.window.visibleTextEditors.some(({ document }) => document.getText().includes('κ')),
    );
    await workbench.screenshot('virtual-compared');
  });

  it('has its text labelled beside it, with Undo', async () => {
    const editor = await show('letter.txt');
    editor.selection = new vscode.Selection(0, 0, 0, 4);
    assert.equal(await run('labelSelection', { label: 'PER', scope: 'selection' }), true);
    const annotations = workspaceFile('letter.ann');
    assert.equal(new TextDecoder().decode(files.readFile(annotations)), 'T1\tPER 0 4\tRita\n');
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await workbench.press('ControlOrMeta+z');
    await until('no label', () => !files.has(annotations));
  });

  it('has a queue of what a model would learn from', async () => {
    await run('queue.focus');
    await workbench.waitFor({ selector: '.pane-body .monaco-list-row' });
    await workbench.screenshot('virtual-queue');
  });

  it('has many labels accepted with a preview', async () => {
    const editor = await show(dev);
    const line = editor.document.lineAt(3).text;
    assert.match(line, / B-LOC$/);
    assert.ok(
      await editor.edit((edit) => edit.replace(editor.document.lineAt(3).range, line.replace('LOC', 'PER'))),
    );
    const done = run('acceptMany', { scope: 'file', confidence: 0 });
    await workbench.waitFor({ selector: '.bulk-edit-panel .monaco-list-row', nth: 1 });
    await workbench.screenshot('virtual-many');
    await workbench.click({ selector: '.bulk-edit-panel .edit-checkbox', nth: 1 });
    await vscode.commands.executeCommand('refactorPreview.apply');
    assert.equal(await done, 1);
    await until('the label', () => editor.document.lineAt(3).text === line);
  });
});
