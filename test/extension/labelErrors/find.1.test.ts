import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../until';
import { activated, show } from '../sample';
import { workbench } from '../workbenchClient';

const file = 'names/train.conll';
const code = 'likely-label-error';

function told(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.code === code);
}

function linesTold(document: vscode.TextDocument): string[] {
  return told(document.uri).map(({ range }) => document.lineAt(range.start.line).text);
}

async function actionsAt(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  return all.filter(({ command }) => command?.command.startsWith('rnnTagger.') === true);
}

async function take(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.command);
  const { command, arguments: given = [] } = action.command;
  await vscode.commands.executeCommand(command, ...(given as unknown[]));
}

describe('label errors', () => {
  const wrong = ['Bern\tB-PER', 'Nora\tB-LOC', 'leaves\tB-PER', 'Riga\tB-PER'];
  let document: vscode.TextDocument;
  before(activated);

  const lineOf = (text: string): number => document.getText().split('\n').indexOf(text);

  it('are found, the wrong labels first, and told as problems; the message leads to the surest', async () => {
    ({ document } = await show(file));
    await vscode.commands.executeCommand('rnnTagger.findLabelErrors', { column: 'LABEL' });
    await until('the problems', () => told(document.uri).length >= wrong.length);
    const lines = linesTold(document);
    for (const row of wrong) assert.ok(lines.includes(row), `${row} is not among ${lines.join(' | ')}`);
    await workbench.waitFor({ selector: '.notification-toast:has-text("start with the surest")' });
    await workbench.screenshot('label-errors-found');
    await workbench.click({ selector: '.notification-toast .monaco-button:has-text("Show the Surest")' });
    await until('the surest', () => {
      const editor = vscode.window.activeTextEditor;
      return editor && wrong.includes(document.lineAt(editor.selection.active.line).text);
    });
  });

  it('are changed by a quick fix in one step; undo brings the label and the problem back', async () => {
    const line = lineOf('Bern\tB-PER');
    const [first] = await actionsAt(document.uri, new vscode.Range(line, 0, line, 0));
    assert.equal(first.title, 'Change “B-PER” to “B-LOC”');
    assert.equal(first.isPreferred, true);
    await take(first);
    assert.equal(document.lineAt(line).text, 'Bern\tB-LOC');
    assert.ok(!linesTold(document).includes('Bern\tB-LOC'));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.lineAt(line).text, 'Bern\tB-PER');
    await until('the problem again', () => linesTold(document).includes('Bern\tB-PER'));
  });

  it('are changed with all like them in one step', async () => {
    await show(file);
    const count = (row: string): number =>
      document
        .getText()
        .split('\n')
        .filter((own) => own === row).length;
    assert.equal(count('Riga\tB-PER'), 2);
    const right = count('Riga\tB-LOC');
    const line = lineOf('Riga\tB-PER');
    const actions = await actionsAt(document.uri, new vscode.Range(line, 0, line, 0));
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Change “B-PER” to “B-LOC”', 'Change all like this (2)', 'Keep, and never again'],
    );
    await take(actions[1]);
    assert.deepEqual([count('Riga\tB-PER'), count('Riga\tB-LOC')], [0, right + 2]);
    await vscode.commands.executeCommand('undo');
    assert.equal(count('Riga\tB-PER'), 2);
    await until(
      'the problems again',
      () => linesTold(document).filter((row) => row === 'Riga\tB-PER').length === 2,
    );
  });

  it('move with their text, and are gone with an edit of their row', async () => {
    const editor = await show(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Rita\tB-PER\nsings\tO\n\n'));
    await until('the problems at their rows', () => {
      const lines = linesTold(document);
      return wrong.every((row) => lines.includes(row));
    });
    const line = lineOf('Nora\tB-LOC');
    const { range } = document.lineAt(line);
    await editor.edit((edit) => edit.replace(range, 'Nora\tB-PER'));
    await until('no problem', () => !told(document.uri).some((own) => own.range.start.line === line));
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the problem again', () => linesTold(document).includes('Nora\tB-LOC'));
  });

  it('give no edit where the text is another by now', async () => {
    const editor = await show(file);
    const line = lineOf('leaves\tB-PER');
    const [first] = await actionsAt(document.uri, new vscode.Range(line, 0, line, 0));
    await editor.edit((edit) => edit.replace(document.lineAt(line - 1).range, 'Otto\tB-PER'));
    const before = document.getText();
    await take(first);
    assert.equal(document.getText(), before);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the problem again', () => linesTold(document).includes('leaves\tB-PER'));
  });

  it('are kept for good', async () => {
    const line = lineOf('Nora\tB-LOC');
    const actions = await actionsAt(document.uri, new vscode.Range(line, 0, line, 0));
    await take(actions.find(({ title }) => title === 'Keep, and never again'));
    await until('no problem', () => !linesTold(document).includes('Nora\tB-LOC'));
    assert.equal(document.isDirty, false);
  });

  it('are gone through by a command, by the keyboard', async () => {
    const editor = await show(file);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('rnnTagger.nextLabelError');
    await until('a label error', () => {
      const row = document.lineAt(vscode.window.activeTextEditor?.selection.active.line ?? 0).text;
      return wrong.includes(row);
    });
    await workbench.screenshot('label-error-in-the-editor');
    const line = vscode.window.activeTextEditor?.selection.active.line ?? 0;
    const row = document.lineAt(line).text;
    await vscode.commands.executeCommand('editor.action.autoFix');
    await until('the mended row', () => document.lineAt(line).text !== row);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
