import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * The storage that all windows on one folder share. VS Code gives the second one `ID-1/EXTENSION` beside
 * `ID/EXTENSION`, and so on, for extensions whose windows cannot share one; also the only one, while a window
 * that was lost still holds its storage. The runs and models of the first would be missing there.
 */
export function sharedFolder(folder: string): string {
  const own = dirname(folder);
  const [, id] = /^(.+)-[1-9]$/.exec(basename(own)) ?? [];
  if (id === undefined) return folder;
  const first = join(dirname(own), id);
  return existsSync(first) ? join(first, basename(folder)) : folder;
}
