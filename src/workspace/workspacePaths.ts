/** How files of several workspace folders are named by path. */

/** A workspace folder: its name, and its URI's path. */
export interface FolderPath {
  readonly name: string;
  readonly path: string;
}

/** Names of workspace folders that are distinct: a second folder of the same name becomes `name (2)`. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let i = 2; taken.has(distinct); i++) distinct = `${name} (${i})`;
    taken.add(distinct);
    return distinct;
  });
}

/** The path below the workspace folder that holds the file, beginning with the folder's name. */
export function pathInWorkspace(path: string, folder: FolderPath): string {
  const below = path.startsWith(folder.path) ? path.slice(folder.path.length) : path;
  return `${folder.name}/${below.replace(/^\/+/, '')}`;
}

/**
 * The URIs of the folders above the given files, up to and including the workspace folders that hold them.
 */
export function foldersAbove(files: readonly string[], workspaceFolders: readonly string[]): Set<string> {
  const roots = workspaceFolders.map(withoutSlashesBehind);
  const folders = new Set<string>();
  // Many files share a folder: each is looked at once.
  const seen = new Set<string>();
  for (const file of files) {
    const own = above(file);
    if (seen.has(own)) continue;
    seen.add(own);
    const root = roots
      .filter((folder) => file.startsWith(`${folder}/`))
      .sort((a, b) => a.length - b.length)[0];
    if (root === undefined) continue;
    for (
      let folder = above(file);
      folder.length >= root.length && !folders.has(folder);
      folder = above(folder)
    )
      folders.add(folder);
  }
  return folders;
}

function above(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

/** Not by a regular expression: that would try each slash of a long row as the first of those at the end. */
function withoutSlashesBehind(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}
