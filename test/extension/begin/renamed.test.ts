import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../until';
import { activated, clearMessages, show, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const { fs } = vscode.workspace;
const { executeCommand } = vscode.commands;

const textOf = async (name: string): Promise<string | undefined> => {
  try {
    return new TextDecoder().decode(await fs.readFile(workspaceFile(name)));
  } catch {
    return undefined;
  }
};
const write = (name: string, text: string): Thenable<void> =>
  fs.writeFile(workspaceFile(name), new TextEncoder().encode(text));

/** As the explorer renames and moves files. */
async function rename(from: string, to: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(workspaceFile(from), workspaceFile(to));
  assert.ok(await vscode.workspace.applyEdit(edit));
}

function label(editor: vscode.TextEditor, words: string, type: string): Thenable<unknown> {
  const start = editor.document.getText().indexOf(words);
  const [from, to] = [start, start + words.length].map((at) => editor.document.positionAt(at));
  editor.selection = new vscode.Selection(from, to);
  return executeCommand('rnnTagger.labelSelection', { label: type, scope: 'selection' });
}

describe('labels of a text that gets another name', () => {
  before(activated);
  beforeEach(() => clearMessages());
  afterEach(async () => {
    await executeCommand('workbench.action.closeAllEditors');
    for (const name of [
      'renamed',
      'plans.dat',
      'A.TXT',
      'A.ANN',
      'plans.md.txt',
      'plans.md.txt.ann',
      'plans.md',
    ])
      await fs.delete(workspaceFile(name), { recursive: true }).then(undefined, () => undefined);
  });

  it('go with it, into another folder too, and Undo still takes them back', async () => {
    await write('renamed/plans.txt', 'Anna goes to Oslo.\n');
    const editor = await show('renamed/plans.txt');
    assert.equal(await label(editor, 'Anna', 'PER'), true);
    await rename('renamed/plans.txt', 'renamed/later/trips.txt');
    await until('the annotations there', async () => (await textOf('renamed/later/trips.ann')) !== undefined);
    assert.equal(await textOf('renamed/plans.ann'), undefined);
    assert.equal(await textOf('renamed/later/trips.ann'), 'T1\tPER 0 4\tAnna\n');
    const moved = await show('renamed/later/trips.txt');
    assert.equal(await label(moved, 'Oslo', 'LOC'), true);
    assert.equal(await textOf('renamed/later/trips.ann'), 'T1\tPER 0 4\tAnna\nT2\tLOC 13 17\tOslo\n');
    await executeCommand('rnnTagger.undoLabel');
    await executeCommand('rnnTagger.undoLabel');
    await until('no label', async () => ((await textOf('renamed/later/trips.ann')) ?? '') === '');
  });

  it('are at their words where the text has unsaved edits', async () => {
    await write('renamed/plans.txt', 'Anna goes to Oslo.\n');
    const editor = await show('renamed/plans.txt');
    assert.equal(await label(editor, 'Oslo', 'LOC'), true);
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Today ')));
    assert.ok(editor.document.isDirty);
    await rename('renamed/plans.txt', 'renamed/trips.txt');
    await until('the annotations there', async () => (await textOf('renamed/trips.ann')) !== undefined);
    const moved = await show('renamed/trips.txt');
    assert.equal(moved.document.getText(), 'Today Anna goes to Oslo.\n');
    await moved.document.save();
    await until('the label behind the edit', async () =>
      ((await textOf('renamed/trips.ann')) ?? '').startsWith('T1\tLOC 19 23\tOslo'),
    );
    assert.equal(await label(moved, 'Anna', 'PER'), true);
    assert.equal(await textOf('renamed/trips.ann'), 'T1\tLOC 19 23\tOslo\nT2\tPER 6 10\tAnna\n');
  });

  it('stay with a message where others have the name, or it is no text any more', async () => {
    await write('renamed/plans.txt', 'Anna goes to Oslo.\n');
    await write('renamed/plans.ann', 'T1\tPER 0 4\tAnna\n');
    await write('renamed/trips.ann', 'T1\tPER 0 3\tTor\n');
    await rename('renamed/plans.txt', 'renamed/trips.txt');
    await workbench.waitFor({ selector: '.notification-list-item:has-text("There is another trips.ann")' });
    assert.equal(await textOf('renamed/plans.ann'), 'T1\tPER 0 4\tAnna\n');
    assert.equal(await textOf('renamed/trips.ann'), 'T1\tPER 0 3\tTor\n');
    await rename('renamed/trips.txt', 'plans.dat');
    await workbench.waitFor({ selector: '.notification-list-item:has-text("plans.dat is no .txt")' });
    await workbench.screenshot('renamed-no-text');
    assert.equal(await textOf('renamed/trips.ann'), 'T1\tPER 0 3\tTor\n');
  });

  it('stay where it is deleted, and go too by a click', async () => {
    await write('renamed/plans.txt', 'Anna goes to Oslo.\n');
    await write('renamed/plans.ann', 'T1\tPER 0 4\tAnna\n');
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(workspaceFile('renamed/plans.txt'));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await workbench.waitFor({ selector: '.notification-list-item:has-text("plans.txt is deleted")' });
    await workbench.screenshot('deleted-text');
    assert.equal(await textOf('renamed/plans.ann'), 'T1\tPER 0 4\tAnna\n');
    await workbench.click({ selector: '.notification-list-item a:has-text("Delete Them Too")' });
    await until('no annotations', async () => (await textOf('renamed/plans.ann')) === undefined);
  });

  it('are given, and taken back, whatever the text is called', async () => {
    for (const [name, beside] of [
      ['A.TXT', 'A.ANN'],
      ['plans.md.txt', 'plans.md.txt.ann'],
    ]) {
      await write(name, 'Anna goes to Oslo.\n');
      const editor = await show(name);
      assert.equal(await label(editor, 'Oslo', 'LOC'), true, name);
      assert.equal(await textOf(beside), 'T1\tLOC 13 17\tOslo\n');
      await executeCommand('rnnTagger.undoLabel');
      await until(`no label of ${name}`, async () => ((await textOf(beside)) ?? '') === '');
      // Annotations without a line are none, and get lines again.
      await write(beside, '');
      assert.equal(await label(editor, 'Anna', 'PER'), true, name);
      assert.equal(await textOf(beside), 'T1\tPER 0 4\tAnna\n');
    }
  });
});
