import type { Dirent } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileOperations } from './storage';

/**
 * On Windows a virus scanner or indexer may hold a new file open for a moment: its rename then fails, and
 * works soon after.
 */
const renameAttempts = 5;
const renamePauseMs = 40;
const passing = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Storage in a folder of the local disk. */
export function nodeStorage(folder: string): FileOperations {
  const at = (path: string) => join(folder, ...path.split('/'));
  return {
    async read(path) {
      const bytes = await readFile(at(path));
      return new Uint8Array(bytes);
    },
    async write(path, content) {
      const file = await open(at(path), 'w');
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async rename(from, to) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await rename(at(from), at(to));
        } catch (error) {
          if (attempt === renameAttempts || !passing.has(codeOf(error))) throw error;
          await sleep(renamePauseMs * attempt);
        }
      }
    },
    async createFolder(path) {
      await mkdir(at(path), { recursive: true });
    },
    async folders(path) {
      return (await entriesOf(at(path))).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    },
    async files(path) {
      return (await entriesOf(at(path))).filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    async remove(path) {
      await rm(at(path), { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
