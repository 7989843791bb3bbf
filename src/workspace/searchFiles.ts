import * as vscode from 'vscode';
import { walkFolder } from './folderWalk';
import { joinGlobs } from './globs';

/**
 * The files of the workspace that glob patterns find. VS Code searches folders on the disk alone: others, which an
 * extension provides, are gone through here.
 *
 * @param most no more than so many in each folder that is gone through, and of all others together.
 */
export async function searchFiles(
  include: readonly string[],
  exclude: readonly string[],
  most?: number,
  cancelled?: vscode.CancellationToken,
): Promise<vscode.Uri[]> {
  const pattern = joinGlobs(include);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (pattern === undefined || folders.length === 0) return [];
  const onDisk = folders.filter(({ uri }) => uri.scheme === 'file');
  const without = joinGlobs(exclude);
  if (onDisk.length === folders.length) return vscode.workspace.findFiles(pattern, without, most, cancelled);
  const found = await Promise.all([
    ...onDisk.map((folder) =>
      vscode.workspace.findFiles(new vscode.RelativePattern(folder, pattern), without, most, cancelled),
    ),
    ...folders
      .filter((folder) => !onDisk.includes(folder))
      .map(({ uri }) => filesBelow(uri, { include, exclude, most, cancelled })),
  ]);
  return found.flat();
}

interface Search {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly most?: number | undefined;
  readonly cancelled?: vscode.CancellationToken | undefined;
}

/** The files of a folder of any file system. */
export async function filesBelow(
  folder: vscode.Uri,
  { include, exclude, most = Infinity, cancelled }: Search,
): Promise<vscode.Uri[]> {
  const paths = await walkFolder({
    include,
    exclude: [...exclude, ...hiddenFiles(folder)],
    most,
    isCancelled: () => cancelled?.isCancellationRequested === true,
    list: async (path) => {
      const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder, path));
      return entries.map(([name, type]) => ({
        name,
        kind:
          (type & vscode.FileType.Directory) !== 0
            ? ('folder' as const)
            : (type & vscode.FileType.File) !== 0
              ? ('file' as const)
              : ('other' as const),
        isLink: (type & vscode.FileType.SymbolicLink) !== 0,
      }));
    },
  });
  return paths.map((path) => vscode.Uri.joinPath(folder, path));
}

/** What VS Code itself leaves out of a search: `files.exclude`. */
function hiddenFiles(folder: vscode.Uri): string[] {
  const all = vscode.workspace.getConfiguration('files', folder).get<Record<string, unknown>>('exclude', {});
  return Object.keys(all).filter((glob) => all[glob] === true);
}
