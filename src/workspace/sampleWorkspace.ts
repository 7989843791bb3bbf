import * as vscode from 'vscode';

/** Copies of the sample are called so, the second one `… 2`. */
const baseName = 'RNN Tagger Sample';

/** A folder that was opened longer ago than this does not become the sample that somebody waits for. */
const openingMs = 10 * 60_000;

/** A copy of the sample. */
export interface SampleCopy {
  readonly folder: vscode.Uri;
  /** It has the shipped files and no others, as they were shipped. */
  readonly isFresh: boolean;
}

/** The sample that the package has, and the copies of it that a person works in. */
export class SampleWorkspace {
  /**
   * @param shipped the folder in the package.
   * @param storage where copies are made, and where it is kept which one is about to be opened: opening a folder
   * ends this window's extension host, and a memento may not be written by then.
   */
  constructor(
    private readonly shipped: vscode.Uri,
    readonly storage: vscode.Uri,
  ) {}

  /** The last copy that was made in a folder; undefined where there is none. */
  async lastCopy(parent: vscode.Uri): Promise<SampleCopy | undefined> {
    let last: vscode.Uri | undefined;
    for (let number = 1; await isThere(copyAt(parent, number)); number++) last = copyAt(parent, number);
    return last && { folder: last, isFresh: await this.isFresh(last) };
  }

  /** Makes a copy beside those that are there, and touches none of them. */
  async makeCopy(parent: vscode.Uri): Promise<vscode.Uri> {
    let number = 1;
    while (await isThere(copyAt(parent, number))) number++;
    const folder = copyAt(parent, number);
    // Under another name until it is whole.
    const part = vscode.Uri.joinPath(parent, `.${baseName} ${number}.part`);
    for (const [path, content] of await filesIn(this.shipped))
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(part, path), content);
    await vscode.workspace.fs.rename(part, folder, { overwrite: false });
    return folder;
  }

  /** A copy is about to be opened, in this window or another. */
  async willOpen(folder: vscode.Uri): Promise<void> {
    const mark = { folder: folder.toString(), at: Date.now() };
    await vscode.workspace.fs.writeFile(this.mark, new TextEncoder().encode(JSON.stringify(mark)));
  }

  /** Whether a folder was to be opened as the sample: once. */
  async wasToOpen(folder: vscode.Uri): Promise<boolean> {
    const bytes = await vscode.workspace.fs.readFile(this.mark).then(
      (content) => content,
      () => undefined,
    );
    const mark = bytes && asMark(new TextDecoder().decode(bytes));
    if (mark?.folder !== folder.toString()) return false;
    await vscode.workspace.fs.delete(this.mark);
    return Date.now() - mark.at < openingMs;
  }

  private get mark(): vscode.Uri {
    return vscode.Uri.joinPath(this.storage, 'opening-sample.json');
  }

  private async isFresh(folder: vscode.Uri): Promise<boolean> {
    const [shipped, own] = await Promise.all([filesIn(this.shipped), filesIn(folder)]);
    return (
      own.size === shipped.size &&
      [...shipped].every(([path, content]) => isSame(content, own.get(path) ?? new Uint8Array()))
    );
  }
}

const copyAt = (parent: vscode.Uri, number: number): vscode.Uri =>
  vscode.Uri.joinPath(parent, number === 1 ? baseName : `${baseName} ${number}`);

const isThere = (uri: vscode.Uri): Thenable<boolean> =>
  vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

/** The content of all files below a folder, by their paths in it. */
async function filesIn(folder: vscode.Uri, below = ''): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const [name, type] of await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder, below))) {
    const path = below === '' ? name : `${below}/${name}`;
    if (type === vscode.FileType.Directory)
      for (const [inside, content] of await filesIn(folder, path)) found.set(inside, content);
    else found.set(path, await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, path)));
  }
  return found;
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/** What was kept may be damaged. */
function asMark(text: string): { folder: string; at: number } | undefined {
  try {
    const { folder, at } = (JSON.parse(text) ?? {}) as { folder?: unknown; at?: unknown };
    return typeof folder === 'string' && typeof at === 'number' ? { folder, at } : undefined;
  } catch {
    return undefined;
  }
}
