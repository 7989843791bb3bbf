import { matchesGlob } from './globMatch';

/** What a folder holds. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** A symbolic link, which may lead to a folder above. */
  readonly isLink: boolean;
}

export interface FolderWalk {
  /** @param path below the folder that is walked, with `/`; empty for itself. Rejects where it cannot be read. */
  list(path: string): PromiseLike<readonly FolderEntry[]>;
  /** Glob patterns of files, and of files and folders that are left out. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** No more files than that. */
  readonly most: number;
  isCancelled(): boolean;
}

/** Deeper folders are not looked into. */
const deepest = 64;

/**
 * The files of a folder and those below it, the upper ones first. Folders that cannot be read are passed over, and
 * of links to folders none below another is followed, so that no circle has an end to wait for.
 *
 * @returns paths below the folder, with `/`.
 */
export async function walkFolder(walk: FolderWalk): Promise<string[]> {
  const found: string[] = [];
  let level = [{ path: '', isLinked: false }];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const below: typeof level = [];
    for (const { path, isLinked } of level) {
      if (walk.isCancelled() || found.length >= walk.most) return found.slice(0, walk.most);
      for (const { name, kind, isLink } of await listed(walk, path)) {
        const own = path === '' ? name : `${path}/${name}`;
        if (walk.exclude.some((glob) => matchesGlob(glob, own))) continue;
        if (kind === 'file' && walk.include.some((glob) => matchesGlob(glob, own))) found.push(own);
        if (kind === 'folder' && !(isLink && isLinked))
          below.push({ path: own, isLinked: isLinked || isLink });
      }
    }
    level = below;
  }
  return found.slice(0, walk.most);
}

async function listed(walk: FolderWalk, path: string): Promise<readonly FolderEntry[]> {
  try {
    return await walk.list(path);
  } catch {
    return [];
  }
}
