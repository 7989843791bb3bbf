import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, clearMessages } from '../sample';
import { workbench } from '../workbenchClient';

/** One text in a file system that cannot be written. */
class ReadOnlyText implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  private readonly content = new TextEncoder().encode('Anna goes to Oslo.\n');

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    if (path !== '/a.txt') throw vscode.FileSystemError.FileNotFound(path);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.content.length };
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    if (path !== '/a.txt') throw vscode.FileSystemError.FileNotFound(path);
    return this.content;
  }

  readDirectory(): [string, vscode.FileType][] {
    return [['a.txt', vscode.FileType.File]];
  }

  private readonly refused = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  readonly createDirectory = this.refused;
  readonly writeFile = this.refused;
  readonly delete = this.refused;
  readonly rename = this.refused;
}

describe('a text in a file system that cannot be written', () => {
  let provider: vscode.Disposable;
  before(async () => {
    await activated();
    provider = vscode.workspace.registerFileSystemProvider('read-only-text', new ReadOnlyText(), {
      isReadonly: true,
    });
  });
  after(() => provider.dispose());

  it('is not labelled, with a message that says what to do', async () => {
    const uri = vscode.Uri.from({ scheme: 'read-only-text', path: '/a.txt' });
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    editor.selection = new vscode.Selection(0, 0, 0, 4);
    await clearMessages();
    assert.notEqual(
      await vscode.commands.executeCommand('rnnTagger.labelSelection', { label: 'PER', scope: 'selection' }),
      true,
    );
    await workbench.waitFor({
      selector: '.notification-list-item:has-text("The folder of a.txt is read-only")',
    });
    await workbench.screenshot('read-only-text');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
