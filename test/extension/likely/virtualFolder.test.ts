import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { filesBelow } from '../../../src/workspace/searchFiles';

const scheme = 'rnn-tagger-test';

/** Folders in memory, by their paths. */
class Folders implements vscode.FileSystemProvider {
  private readonly change = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.change.event;
  readonly read: string[] = [];

  constructor(private readonly folders: Record<string, readonly [string, vscode.FileType][]>) {}

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    this.read.push(path);
    if (!(path in this.folders)) throw vscode.FileSystemError.FileNotFound(path);
    return [...this.folders[path]];
  }
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
  stat(): vscode.FileStat {
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }
  readFile(): Uint8Array {
    return new Uint8Array();
  }
  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }
  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }
  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }
  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }
}

describe('a folder that an extension provides', () => {
  const { File, Directory, SymbolicLink } = vscode.FileType;
  const top: [string, vscode.FileType][] = [
    ['a.conll', File],
    ['a.txt', File],
    ['.git', Directory],
    ['node_modules', Directory],
    ['more', Directory],
    ['linked.conll', File | SymbolicLink],
  ];
  const folders = new Folders({
    '/corpus': top,
    '/corpus/more': [
      ['b.conll', File],
      ['missing', Directory],
    ],
    '/corpus/node_modules': [['c.conll', File]],
    '/corpus/.git': [['d.conll', File]],
  });
  const folder = vscode.Uri.from({ scheme, path: '/corpus' });
  const search = { include: ['**/*.conll'], exclude: ['**/node_modules/**'] };
  let registered: vscode.Disposable;

  before(() => {
    registered = vscode.workspace.registerFileSystemProvider(scheme, folders);
  });
  after(() => void registered.dispose());

  it('is searched by the same patterns as one on the disk, without what VS Code hides', async () => {
    const found = await filesBelow(folder, search);
    assert.deepEqual(
      found.map((uri) => uri.toString()),
      ['a.conll', 'linked.conll', 'more/b.conll'].map((name) => `${scheme}:/corpus/${name}`),
    );
    assert.ok(!folders.read.includes('/corpus/node_modules'));
    assert.ok(!folders.read.includes('/corpus/.git'));
  });

  it('is not searched on once that is cancelled', async () => {
    folders.read.length = 0;
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    assert.deepEqual(await filesBelow(folder, { ...search, cancelled: source.token }), []);
    assert.deepEqual(folders.read, []);
    source.dispose();
  });
});
