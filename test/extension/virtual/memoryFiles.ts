import * as vscode from 'vscode';

/** Files in memory, as an extension provides a folder that is not on the disk. */
export class MemoryFiles implements vscode.FileSystemProvider {
  private readonly change = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.change.event;
  /** By their paths. Folders are where files are. */
  private readonly files = new Map<string, { readonly content: Uint8Array; readonly mtime: number }>();
  private clock = 0;

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files))
      this.files.set(path, { content: new TextEncoder().encode(text), mtime: ++this.clock });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.files.get(uri.path);
    if (file) {
      const { content, mtime } = file;
      return { type: vscode.FileType.File, ctime: 0, mtime, size: content.length };
    }
    if (this.below(uri).length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const entries = new Map<string, vscode.FileType>();
    for (const path of this.below(uri)) {
      const [name, ...more] = path.split('/');
      entries.set(name, more.length > 0 ? vscode.FileType.Directory : vscode.FileType.File);
    }
    return [...entries];
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const file = this.files.get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file.content;
  }

  has(uri: vscode.Uri): boolean {
    return this.files.has(uri.path);
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const type = this.files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.files.set(uri.path, { content: content.slice(), mtime: ++this.clock });
    this.change.fire([{ type, uri }]);
  }

  delete(uri: vscode.Uri): void {
    if (!this.files.delete(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
    this.change.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.writeFile(to, this.readFile(from));
    this.delete(from);
  }

  createDirectory(): void {
    // A folder is where its files are.
  }

  /** The paths of the files in a folder, as seen from there. */
  private below({ path }: vscode.Uri): string[] {
    const folder = path.endsWith('/') ? path : `${path}/`;
    return [...this.files.keys()]
      .filter((file) => file.startsWith(folder))
      .map((file) => file.slice(folder.length));
  }
}
