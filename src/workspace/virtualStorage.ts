import * as vscode from 'vscode';
import { nodeStorage } from './nodeStorage';
import type { FileOperations } from './storage';

/**
 * Storage below a URI: on the local disk with fsync and an atomic rename, elsewhere through the editor's file
 * systems.
 */
export function storageAt(folder: vscode.Uri): FileOperations {
  return folder.scheme === 'file' ? nodeStorage(folder.fsPath) : virtualStorage(folder);
}

function virtualStorage(folder: vscode.Uri): FileOperations {
  const at = (path: string) => vscode.Uri.joinPath(folder, path);
  const fs = vscode.workspace.fs;
  return {
    read: async (path) => new Uint8Array(await fs.readFile(at(path))),
    write: async (path, content) => fs.writeFile(at(path), content),
    rename: async (from, to) => fs.rename(at(from), at(to), { overwrite: true }),
    createFolder: async (path) => fs.createDirectory(at(path)),
    async folders(path) {
      try {
        const entries = await fs.readDirectory(at(path));
        return entries.filter(([, type]) => (type & vscode.FileType.Directory) !== 0).map(([name]) => name);
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
    async remove(path) {
      try {
        await fs.delete(at(path), { recursive: true });
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
