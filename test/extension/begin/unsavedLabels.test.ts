import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { AnnotationJournal } from '../../../src/workspace/annotationJournal';
import { storageAt } from '../../../src/workspace/virtualStorage';
import { until } from '../../until';
import { activated, workspaceFile } from '../sample';

const { fs } = vscode.workspace;
const [text, annotations] = ['unsaved/a.txt', 'unsaved/a.ann'].map(workspaceFile);
const words = 'Anna goes to Oslo.\n';
const label = 'T1\tLOC 13 17\tOslo\n';

const read = async (uri: vscode.Uri): Promise<string> => new TextDecoder().decode(await fs.readFile(uri));
const write = async (uri: vscode.Uri, content: string): Promise<void> =>
  fs.writeFile(uri, new TextEncoder().encode(content));

describe('labels below unsaved ones whose text is saved', () => {
  let api: ForTests;
  before(async () => {
    api = await activated();
    await write(text, words);
    await write(annotations, label);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await fs.delete(vscode.Uri.joinPath(text, '..'), { recursive: true });
  });

  /** What is kept for a window that comes after this one. */
  const kept = async (): Promise<vscode.Uri | undefined> => {
    const folder = vscode.Uri.joinPath(api.storage, 'annotations');
    const entries = await fs.readDirectory(folder).then(
      (all) => all.map(([name]) => name).filter((name) => name.endsWith('.json')),
      () => [],
    );
    for (const name of entries) {
      const uri = vscode.Uri.joinPath(folder, name);
      if ((await read(uri).catch(() => '')).includes('"isBelow":true')) return uri;
    }
    return undefined;
  };

  it('follow it where the window is closed without saving those, and none is lost where they are saved', async () => {
    const editor = await vscode.window.showTextDocument(text);
    const beside = await vscode.workspace.openTextDocument(annotations);
    const added = new vscode.WorkspaceEdit();
    added.insert(annotations, new vscode.Position(1, 0), 'T2\tPER 0 4\tAnna\n');
    assert.ok(await vscode.workspace.applyEdit(added));
    assert.ok(beside.isDirty);
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Today ')));
    assert.ok(await editor.document.save());
    await until('the unsaved labels follow', () => beside.getText().includes('PER 6 10\tAnna'));
    const entry = await until('what becomes of those below', kept);
    assert.equal(await read(annotations), label, 'they are still of the text before');

    // As the next window finds it: both files as they are, and what was kept.
    const left = vscode.Uri.joinPath(text, '..', 'left');
    await fs.copy(entry, vscode.Uri.joinPath(left, 'annotations', entry.path.split('/').at(-1) ?? ''));
    await vscode.window.showTextDocument(beside);
    assert.ok(await beside.save());
    await until('nothing is kept once they are saved', async () => (await kept()) === undefined);
    assert.match(await read(annotations), /T1\tLOC 19 23\tOslo\nT2\tPER 6 10\tAnna/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await write(annotations, label);
    const log = vscode.window.createOutputChannel('The next window', { log: true });
    const isGone = (): boolean => false;
    await new AnnotationJournal(storageAt(left), log, isGone).recover();
    log.dispose();
    assert.equal(await read(annotations), 'T1\tLOC 19 23\tOslo\n');
  });
});
